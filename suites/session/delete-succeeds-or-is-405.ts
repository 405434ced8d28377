import { defineCheck, onReply } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'DELETE of a live session succeeds or is refused with 405',
  requirement: 'advice-delete-2xx-or-405',
  needs: ['session'],
  hint: 'Route DELETE to the transport, or answer 405: a 404 without a route tells clients that their session is gone.',
  async run(client) {
    const session = await client.open()
    const control = await session.request('ping')
    assume(control.ok, 'a ping in the live session is answered', control)
    const reply = await session.delete()
    expect(
      reply.ok || reply.status === 405,
      'DELETE of a live session was neither done nor refused with 405',
      'HTTP 2xx or 405',
      describe(reply),
    )
  },
  fault: onReply((request) => request.method === 'DELETE', { status: 500 }),
})
