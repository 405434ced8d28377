import { defineCheck, onReply } from '../../src/conformance/check.js'
import { advise, assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A session keeps its id and goes on being served through many requests',
  requirement: 'session-id-secure',
  needs: ['session'],
  hint: 'Issue the id with the answer to initialize and never again; clients that take a later one lose their session.',
  async run(client) {
    const session = await client.session()
    const control = await session.request('ping')
    assume(control.ok, 'a first ping in the session is answered', control)
    for (let round = 0; round < 3; round++) {
      const replies = await Promise.all(Array.from({ length: 4 }, () => session.request('ping')))
      for (const reply of replies) {
        advise(
          reply.response?.result !== undefined,
          'a session that is in use should go on being served',
          'an answer',
          describe(reply),
        )
        const id = reply.header('mcp-session-id')
        expect(
          id === undefined || id === session.id,
          'an answer within the session carries another session id',
          session.id,
          id,
        )
      }
    }
  },
  fault: onReply(
    (request) => request.message?.method === 'ping',
    (reply) => ({ ...reply, headers: { ...reply.headers, 'mcp-session-id': 'ffffffff-ffff-4fff-bfff-ffffffffffff' } }),
  ),
})
