import {
  askAll,
  completables,
  completing,
  defineCheck,
  expectNoCrash,
  servesRefused,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A completion for a reference or argument of the wrong kind suggests nothing and does no harm',
  requirement: 'completion-inputs-validated',
  needs: ['capability:completions'],
  hint: 'Check types and the kind of reference before looking anything up, and refuse the rest with -32602.',
  async run(client) {
    const [one] = await completables(client)
    const { ref, argument } = completing(one!)
    const unfit: Record<string, unknown>[] = [
      { ref: { ...ref, type: 'ref/tool' }, argument },
      { ref: { ...ref, type: 7 }, argument },
      { ref: 'ref/prompt', argument },
      { ref: null, argument },
      { ref: [ref], argument },
      { ref: { type: 'ref/prompt', name: 7 }, argument },
      { ref: { type: 'ref/resource', uri: 7 }, argument },
      { ref, argument: one!.argument },
      { ref, argument: null },
      { ref, argument: { name: 7, value: '' } },
      { ref, argument: { name: one!.argument, value: { a: 1 } } },
    ]
    for (const { reply, what } of await askAll(client, 'completion/complete', unfit)) {
      expectNoCrash(reply, what)
      const values = reply.response?.result?.completion?.values
      expect(!Array.isArray(values) || values.length === 0, `${what} must not succeed`, 'a JSON-RPC error', values)
    }
  },
  fault: servesRefused('completion/complete', () => ({ completion: { values: ['some'] } })),
})
