import { defineCheck, isObject, isServerRequest, type Session } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server cancels only requests that it sent itself',
  requirement: 'cancellation-own-inflight-only',
  needs: ['tool'],
  hint: 'Acknowledge nothing: when a client cancels its own call, the server sends no notifications/cancelled back.',
  last: true,
  async run(client) {
    const session = await client.session()
    await session.notify('notifications/cancelled', {
      requestId: client.canary(),
      reason: 'mcp-gauntlet tests cancellation',
    })
    await session.request('ping')
    for (const one of [(await client.survey()).session, session]) {
      for (const { message, at } of one.received) {
        if (!isObject(message) || message.method !== 'notifications/cancelled') continue
        const open = await requestsOpenAt(one, at)
        expect(
          open.includes(message.params?.requestId),
          'the server cancelled what was no request of its own in progress',
          open.length > 0 ? open : 'the id of a request of the server',
          message,
        )
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

/** Cancellations that cross an answer on its way are nobody's fault: so many ms after it was taken they no longer do. */
const crossingMs = 250

/** Ids of the requests the server had sent before that time, without those whose answers it had taken well before it. */
async function requestsOpenAt(session: Session, at: number): Promise<unknown[]> {
  const asked = session.received
    .filter((one) => one.at < at)
    .map(({ message }) => message)
    .filter(isServerRequest)
  const taken = await Promise.all(
    session.answered.map(async ({ message, reply }) => {
      const { ok, started, at: times } = await reply
      return ok && started + (times.head ?? 0) + crossingMs < at ? message : undefined
    }),
  )
  return asked.filter((request) => !taken.includes(request)).map(({ id }) => id)
}
