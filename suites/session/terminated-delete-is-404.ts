import { defineCheck, endedSession, onReply } from '../../src/conformance/check.js'
import { expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A second DELETE of the same session is answered with 404',
  requirement: 'session-terminated-404',
  needs: ['session'],
  hint: 'Answer DELETE for an id that is not in the session map like any other request: with 404.',
  async run(client) {
    const session = await endedSession(client)
    expectStatus(await session.delete(), 404, 'DELETE in a terminated session')
  },
  fault: onReply(
    (request) => request.method === 'DELETE',
    (reply) => (reply.status === 404 ? { status: 200, headers: {}, body: '' } : reply),
  ),
})
