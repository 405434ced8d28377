import { completables, completing, defineCheck, expectErrorCode, wrongCode } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'completion/complete without ref, argument or one of their members yields error -32602',
  requirement: 'completion-missing-argument-32602',
  needs: ['capability:completions'],
  hint: 'Validate the params before use; what a validator throws has to be turned into -32602, or it becomes -32603.',
  async run(client) {
    const [one] = await completables(client)
    const { ref, argument } = completing(one!)
    const cases: Record<string, Record<string, unknown>> = {
      argument: { ref },
      ref: { argument },
      'argument.name': { ref, argument: { value: '' } },
      'argument.value': { ref, argument: { name: one!.argument } },
      'ref.type': { ref: { ...ref, type: undefined }, argument },
      everything: {},
    }
    for (const [missing, params] of Object.entries(cases)) {
      expectErrorCode(
        await client.request('completion/complete', params),
        -32602,
        `completion/complete without ${missing}`,
      )
    }
  },
  fault: wrongCode('completion/complete', -32603),
})
