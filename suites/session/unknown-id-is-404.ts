import { defineCheck, onReply, request } from '../../src/conformance/check.js'
import { advise, assume, describe, expectRefused } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests with a session id the server never issued are refused, best with 404',
  requirement: 'session-terminated-404',
  needs: ['session'],
  hint: 'The SDK examples answer 400 for ids they do not know; after a restart that keeps clients from starting a new session.',
  async run(client) {
    const control = await client.request('ping')
    assume(control.ok, 'a ping with the issued id is answered', control)
    for (const id of [client.uuid(), client.canary()]) {
      for (const method of ['ping', 'tools/list']) {
        const reply = await client.post(request(method), { 'mcp-session-id': id })
        expectRefused(reply, `${method} with a session id that was never issued`)
        advise(
          reply.status === 404,
          `${method} with an unknown session id should be answered with 404`,
          'HTTP 404',
          describe(reply),
        )
      }
      if (!client.facts.getStream) continue
      const stream = await client.get({ 'mcp-session-id': id })
      stream.close()
      expectRefused(stream, 'GET with a session id that was never issued')
      advise(
        stream.status === 404,
        'GET with an unknown session id should be answered with 404',
        'HTTP 404',
        describe(stream),
      )
    }
  },
  fault: onReply(
    () => true,
    (reply) => (reply.status === 404 ? { ...reply, status: 400 } : reply),
  ),
})
