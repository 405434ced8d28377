import { defineCheck, isObject, isServerRequest } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server cancels only requests that it sent itself',
  requirement: 'cancellation-own-inflight-only',
  needs: ['tool'],
  hint: 'Acknowledge nothing: when a client cancels its own call, the server sends no notifications/cancelled back.',
  async run(client) {
    const session = await client.session()
    await session.notify('notifications/cancelled', {
      requestId: client.canary(),
      reason: 'mcp-gauntlet tests cancellation',
    })
    await session.request('ping')
    for (const { received } of [await client.survey(), session]) {
      for (const [i, { message }] of received.entries()) {
        if (!isObject(message) || message.method !== 'notifications/cancelled') continue
        const own = received
          .slice(0, i)
          .some((earlier) => isServerRequest(earlier.message) && earlier.message.id === message.params?.requestId)
        expect(own, 'the server cancelled a request that it had not sent', 'the id of a request of the server', message)
      }
    }
  },
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !('result' in message)) return undefined
      return [{ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: message.id } }, message]
    },
  },
})
