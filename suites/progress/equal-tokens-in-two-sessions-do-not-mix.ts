import { defineCheck, progressOfTwo, standstill } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Two clients that use the same progressToken at the same time each get their own, increasing progress',
  requirement: 'progress-monotonic',
  needs: ['tool'],
  hint: 'Tokens are unique within one client only: a map from token to stream needs the session in its key.',
  async run(client) {
    for (const { seen } of await progressOfTwo(client)) {
      const values = standstill(seen)
      expect(
        !values,
        'progress of two clients with equal tokens came together in one session',
        'a greater value each time',
        values,
      )
    }
  },
  fault: {
    message(message) {
      return message.method === 'notifications/progress' ? [message, message] : undefined
    },
  },
})
