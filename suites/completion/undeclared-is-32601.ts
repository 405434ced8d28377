import { defineCheck, greeting, isObject, onAnswer, rpcError } from '../../src/conformance/check.js'
import { assumeResult, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Without the completions capability completion/complete yields error -32601',
  requirement: 'completion-unsupported-32601',
  hint: 'Answer methods you do not have with -32601 (Method not found).',
  async run(client) {
    const { capabilities } = assumeResult((await client.session()).opening, 'initialize')
    if (isObject(capabilities?.completions)) return
    const [prompt] = (await client.survey()).prompts
    const name = prompt?.name ?? client.canary()
    const argument = { name: prompt?.arguments?.[0]?.name ?? 'argument', value: '' }
    const reply = await client.request('completion/complete', { ref: { type: 'ref/prompt', name }, argument })
    const { error, result } = reply.response ?? {}
    const right = error ? error.code === -32601 : result === undefined
    expect(right, 'completion/complete of a server without completions', 'error -32601', describe(reply))
  },
  fault: {
    message(message, context) {
      if (greeting.test(String(context.call?.method)) && message.result) {
        const { completions: _, ...capabilities } = message.result.capabilities
        return { ...message, result: { ...message.result, capabilities } }
      }
      return onAnswer('completion/complete', () => rpcError(-32603)).message?.(message, context)
    },
  },
})
