import { defineCheck, onReply, toldNotifications } from '../../src/conformance/check.js'
import { advise, assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Notifications are answered with 202, or with an error status',
  requirement: 'transport-notification-202',
  needs: ['streamable'],
  hint: 'Answer every message without an id with 202 before it reaches the code that builds responses.',
  async run(client) {
    const told = await toldNotifications(client)
    for (const { what, reply } of told) {
      assume(reply.status !== 0 && reply.status !== 429, `the answer to ${what} arrived`, reply)
      expect(
        reply.status === 202 || reply.status >= 400,
        `${what} must be answered with 202`,
        'HTTP 202',
        describe(reply),
      )
      advise(
        what !== 'notifications/initialized' || reply.status === 202,
        'notifications/initialized of a correct client is refused',
        'HTTP 202',
        describe(reply),
      )
    }
  },
  fault: onReply((request) => request.message?.method === 'notifications/cancelled', { status: 204 }),
})
