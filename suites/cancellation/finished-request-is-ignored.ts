import { defineCheck, expectIgnored, plainRequest, request } from '../../src/conformance/check.js'
import { assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A cancellation of a request that has been answered is ignored',
  requirement: 'cancellation-invalid-ignored',
  hint: 'Cancellations are often late: remove the request from the map when it ends, and do nothing when it is gone.',
  async run(client) {
    const session = await client.session()
    for (const id of [client.canary(), undefined]) {
      const ping = request(client.plainMethod, undefined, id)
      const reply = await session.post(ping)
      assume(reply.response !== undefined, 'a ping is answered', reply)
      await expectIgnored(session, { requestId: ping.id, reason: 'mcp-gauntlet tests cancellation' }, true)
      await expectIgnored(session, { requestId: ping.id }, true)
    }
  },
  fault() {
    const known = new Set<unknown>()
    return {
      request({ message }) {
        if (message && plainRequest.test(String(message.method))) known.add(message.id)
        if (message?.method !== 'notifications/cancelled' || !known.has(message.params?.requestId)) return undefined
        return { status: 500, headers: { 'content-type': 'text/plain' }, body: 'aborted' }
      },
    }
  },
})
