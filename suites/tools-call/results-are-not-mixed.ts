import {
  defineCheck,
  expectOwnAnswers,
  mixedAnswers,
  nextId,
  quickTools,
  withFreeText,
} from '../../src/conformance/check.js'
import { notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Results of tools that run at the same time never carry data of another call',
  requirement: 'transport-multiple-clients',
  needs: ['tool'],
  alone: true,
  hint: 'Arguments, user and result of a call must not live in module variables or on a shared tool object: another call overwrites them at the next await.',
  async run(client) {
    const tools = (await quickTools(client)).filter(
      (tool) => withFreeText(tool.definition.inputSchema, tool.arguments, client.canary()).length > 0,
    )
    if (tools.length === 0) notTestable('no named tool takes free text, by which its results could be told apart')
    const sessions = await Promise.all([client.open(), client.open(), client.open()])
    const each = Math.max(2, Math.floor(30 / (tools.length * sessions.length)))
    const calls = tools.flatMap((tool) =>
      sessions.flatMap((session) =>
        Array.from({ length: each }, () => {
          const canary = client.canary()
          return {
            session,
            id: nextId(),
            name: tool.name,
            arguments: withFreeText(tool.definition.inputSchema, tool.arguments, canary)[0]!.arguments,
            canary,
          }
        }),
      ),
    )
    await expectOwnAnswers(client, calls)
  },
  fault: mixedAnswers,
})
