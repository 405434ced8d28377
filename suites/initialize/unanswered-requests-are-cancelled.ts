import { defineCheck, givenUp, putsForms } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What the server asked of its client and gave up is taken back by notifications/cancelled',
  requirement: 'lifecycle-timeout-cancel-sent',
  needs: ['tool'],
  slow: true,
  hint: 'When the time is up, send notifications/cancelled with the id of the request: else the user goes on filling in what nobody reads.',
  async run(client) {
    for (const { what, request, cancelled } of await givenUp(client))
      expect(cancelled, `${what} was not taken back`, `notifications/cancelled of ${request.id}`, request)
  },
  fault: () => putsForms(1500),
})
