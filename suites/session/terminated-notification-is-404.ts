import { defineCheck, endedSession, nextId, notification, onReply } from '../../src/conformance/check.js'
import { expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Notifications and responses with the id of a terminated session are answered with 404',
  requirement: 'session-terminated-404',
  needs: ['session'],
  hint: 'Look the session up before looking at the message: a notification for a session that is gone is no 202.',
  async run(client) {
    const session = await endedSession(client)
    for (const method of ['notifications/initialized', 'notifications/cancelled']) {
      const reply = await session.post(notification(method, { requestId: nextId() }))
      expectStatus(reply, 404, `${method} in a terminated session`)
    }
    const response = await session.post({ jsonrpc: '2.0', id: nextId(), result: {} })
    expectStatus(response, 404, 'a response in a terminated session')
  },
  fault: onReply(
    (request) => !!request.message && !('id' in request.message),
    (reply) => (reply.status === 404 ? { status: 202, headers: {}, body: '' } : reply),
  ),
})
