import {
  askAll,
  completables,
  completing,
  defineCheck,
  expectNoCrash,
  hungUpOn,
  onAnswer,
} from '../../src/conformance/check.js'

const values: unknown[] = [
  42,
  null,
  true,
  ['a'],
  '',
  'a'.repeat(100_000),
  '\u0000',
  '(',
  '[a-',
  '*',
  '\\',
  '.*(a+)+$',
  '%00',
  '\ud83d\ude00',
  '__proto__',
  "' OR 1=1 --",
]

export default defineCheck({
  title: 'Odd values, unknown arguments and odd contexts do not make completion fail',
  requirement: 'completion-inputs-validated',
  needs: ['capability:completions'],
  hint: 'Never build a regular expression or a query from the typed value; compare with startsWith, and bound its length.',
  async run(client) {
    const [one] = await completables(client)
    const { ref, argument } = completing(one!)
    const odd = values.map((value) => ({ ref, argument: { ...argument, value } }))
    const names = [client.canary(), '__proto__', 'constructor']
    const unknown = names.map((name) => ({ ref, argument: { name, value: 'a' } }))
    const contexts = [{}, null, 'a', { arguments: null }, { arguments: { a: 7 } }]
    const all = [...odd, ...unknown, ...contexts.map((context) => ({ ref, argument, context }))]
    for (const { params, reply, what } of await askAll(client, 'completion/complete', all)) {
      if (!hungUpOn(params, reply)) expectNoCrash(reply, what)
    }
  },
  fault: onAnswer('completion/complete', (_, params) =>
    params.argument?.value === '('
      ? { error: { code: -32603, message: 'boom\n    at new RegExp (complete.js:3:11)' } }
      : undefined,
  ),
})
