import { defineCheck, givenUp, notification, putsForms } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An answer to a request that the server has taken back does no harm',
  requirement: 'cancellation-late-response-ignored',
  needs: ['tool'],
  slow: true,
  hint: 'Look up what an answer belongs to; where nothing waits for it any longer, accept it and forget it.',
  async run(client) {
    const late = (await givenUp(client)).flatMap((one) => (one.late ? [{ ...one.late, what: one.what }] : []))
    if (late.length === 0) notApplicable('the server took back none of its requests')
    for (const { answer, ping, what } of late) {
      const taken = answer.status >= 200 && answer.status < 500
      expect(taken, `a late answer to ${what} must be ignored`, 'HTTP 202, or 4xx', describe(answer))
      const served = ping.response?.result !== undefined
      expect(served, `after a late answer to ${what} the session must go on`, 'an answer to ping', describe(ping))
    }
  },
  fault: () => {
    const gone = new Set<unknown>()
    const forms = putsForms(1500, (id) => {
      gone.add(id)
      return notification('notifications/cancelled', { requestId: id, reason: 'broken on purpose' })
    })
    const isLate = (message: object | undefined) => message && !('method' in message) && gone.has((message as any).id)
    return {
      ...forms,
      request: (request) =>
        isLate(request.message) ? { status: 500, headers: {}, body: 'TypeError' } : forms.request?.(request),
    }
  },
})
