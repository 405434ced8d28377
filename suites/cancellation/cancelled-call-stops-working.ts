import { cancelledCalls, defineCheck } from '../../src/conformance/check.js'
import { expect, notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call that was cancelled stops: no more progress comes from it',
  requirement: 'cancellation-stops-work',
  needs: ['tool'],
  hint: 'Look at the abort signal between two steps of the work, or the tool goes on for a client that no longer waits.',
  async run(client) {
    const calls = await cancelledCalls(client)
    if (calls.every(({ reports, before, after }) => !reports && before.length + after.length === 0))
      notApplicable(`${calls[0]?.tool.name} sends no progress that would show whether it goes on`)
    for (const { after, what } of calls)
      expect(after.length === 0, `${what} sent progress after it had been cancelled`, 'no progress', after[0]?.message)
    if (calls.every(({ late }) => late)) notTestable(`${calls[0]?.tool.name} was too near its end to be seen to stop`)
  },
  fault: {
    request: (request) =>
      request.message?.method === 'notifications/cancelled' ? { status: 202, headers: {}, body: '' } : undefined,
  },
})
