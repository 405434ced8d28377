import { askAll, defineCheck, expectNoCrash, hungUpOn, onAnswer, usablePrompts } from '../../src/conformance/check.js'
import { notTestable } from '../../src/conformance/expect.js'

const texts = [
  '',
  ' ',
  'a'.repeat(100_000),
  '\u0000\u001b[31m',
  '\ud83d\ude00 \u202e',
  '\\"\'`{}[]<>$&|;%s%n',
  '__proto__',
]

export default defineCheck({
  title: 'Prompt arguments that are empty, huge, odd or unknown do not make the server fail',
  requirement: 'prompts-arguments-validated',
  needs: ['capability:prompts'],
  hint: 'Bound the length of arguments and refuse or ignore those the prompt does not declare.',
  async run(client) {
    const prompts = await usablePrompts(client)
    if (prompts.length === 0) notTestable('no listed prompt could be fetched')
    const all = prompts.slice(0, 2).flatMap(({ name, arguments: args }) =>
      texts.flatMap((text) => {
        const filled = Object.fromEntries(Object.keys(args).map((key) => [key, text]))
        const sets = [{ ...args, [client.canary()]: text }, { ...args, constructor: text }, filled]
        return sets.map((one) => ({ name, arguments: one }))
      }),
    )
    for (const { params, reply, what } of await askAll(client, 'prompts/get', all)) {
      if (!hungUpOn(params, reply)) expectNoCrash(reply, what)
    }
  },
  fault: onAnswer('prompts/get', (_, params) =>
    Object.keys(params.arguments ?? {}).some((key) => key.startsWith('gauntlet'))
      ? { error: { code: -32603, message: "Cannot read properties of undefined (reading 'type')" } }
      : undefined,
  ),
})
