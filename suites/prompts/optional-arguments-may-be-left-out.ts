import { defineCheck, onAnswer, rpcError, throttled, usablePrompts } from '../../src/conformance/check.js'
import { describe, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Optional prompt arguments may be left out',
  requirement: 'prompts-arguments-validated',
  needs: ['capability:prompts'],
  hint: 'Mark an argument as required in prompts/list when prompts/get insists on it.',
  async run(client) {
    const prompts = (await usablePrompts(client)).filter((prompt) => prompt.declared.length > prompt.required.length)
    if (prompts.length === 0) notTestable('no prompt that could be fetched has optional arguments')
    for (const { name, required, arguments: args } of prompts) {
      const kept = Object.fromEntries(required.map((one) => [one, args[one]]))
      const reply = await client.request('prompts/get', { name, arguments: kept })
      const served = throttled(reply) || reply.response?.result !== undefined
      expect(served, `${name} refuses a call with only its required arguments`, 'a result', describe(reply))
    }
  },
  fault: onAnswer('prompts/get', (_, params) =>
    Object.keys(params.arguments ?? {}).length < 2 ? rpcError(-32602) : undefined,
  ),
})
