import { defineCheck, endedSession, onReply } from '../../src/conformance/check.js'
import { expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'GET with the id of a terminated session is answered with 404',
  requirement: 'session-terminated-404',
  needs: ['session', 'get-stream'],
  hint: 'Look the session up before opening the stream; clients reconnect for ever to a stream of a session that is gone.',
  async run(client) {
    const session = await endedSession(client)
    const stream = await session.get()
    stream.close()
    expectStatus(stream, 404, 'GET in a terminated session')
    const again = await session.get({ 'last-event-id': 'gauntlet-0' })
    again.close()
    expectStatus(again, 404, 'GET with Last-Event-ID in a terminated session')
  },
  fault: onReply(
    (request) => request.method === 'GET',
    (reply) => (reply.status === 404 ? { ...reply, status: 400 } : reply),
  ),
})
