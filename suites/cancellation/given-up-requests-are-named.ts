import { defineCheck, givenUp, notification, putsForms } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that gives up a request of its own cancels that one, and none of its client',
  requirement: 'cancellation-own-inflight-only',
  needs: ['tool'],
  slow: true,
  hint: 'Put the id under which the server sent its request into notifications/cancelled, not the id of the call that waits for it.',
  async run(client) {
    for (const { what, request, foreign } of await givenUp(client))
      expect(foreign.length === 0, `beside ${what} something else was taken back`, `${request.id}`, foreign[0])
  },
  fault: () =>
    putsForms(1500, (_, call) =>
      notification('notifications/cancelled', { requestId: call?.id, reason: 'broken on purpose' }),
    ),
})
