import { calls, defineCheck, instead, json, listeningRun, throttled } from '../../src/conformance/check.js'
import { advise, assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'subscriptions/listen is served',
  requirement: 'subscriptions-listen-supported',
  needs: ['modern'],
  hint: 'A capability like tools.listChanged promises notifications, and subscriptions/listen is the only way to them.',
  async run(client) {
    const { tools, prompts, resources } = client.facts.capabilities
    const declared = [tools?.listChanged, prompts?.listChanged, resources?.listChanged, resources?.subscribe]
    const { subscriptions } = await listeningRun(client)
    for (const { reply, filter } of subscriptions) {
      if (throttled(reply)) continue
      assume(reply.status !== 0, 'subscriptions/listen is answered', reply)
      const served = reply.ok && reply.messages.length > 0 && reply.response?.error === undefined
      const what = `subscriptions/listen with ${JSON.stringify(filter)}`
      if (declared.includes(true)) expect(served, `${what} must be served`, 'an acknowledgment', describe(reply))
      advise(served, `${what} should be served, though nothing is declared`, 'an acknowledgment', describe(reply))
    }
  },
  fault: instead(calls('subscriptions/listen'), ({ message }) =>
    json(404, { jsonrpc: '2.0', id: message?.id, error: { code: -32601, message: 'Method not found' } }),
  ),
})
