import { askAll, defineCheck, expectNoCrash, onAnswer, usablePrompts } from '../../src/conformance/check.js'
import { notTestable } from '../../src/conformance/expect.js'

const values: unknown[] = [42, 0, true, null, ['gauntlet'], { gauntlet: 'gauntlet' }]

export default defineCheck({
  title: 'Prompt arguments of other types than text do not make the server fail',
  requirement: 'prompts-arguments-validated',
  needs: ['capability:prompts'],
  hint: 'Every argument is a string by the schema: refuse others with -32602 before a string method is called on them.',
  async run(client) {
    const prompts = await usablePrompts(client)
    if (prompts.length === 0) notTestable('no listed prompt could be fetched')
    const all = prompts.slice(0, 2).flatMap(({ name, arguments: args }) =>
      values.flatMap((value) => {
        const changed = Object.fromEntries(Object.keys(args).map((key) => [key, value]))
        return [
          { name, arguments: changed },
          { name, arguments: value },
          { name: value, arguments: args },
        ]
      }),
    )
    for (const { reply, what } of await askAll(client, 'prompts/get', [undefined, {}, ...all]))
      expectNoCrash(reply, what)
  },
  fault: onAnswer('prompts/get', (_, params) => {
    const odd = Object.values(params.arguments ?? {}).some((value) => typeof value !== 'string')
    return odd ? { error: { code: -32603, message: 'value.trim is not a function' } } : undefined
  }),
})
