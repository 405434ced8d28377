import {
  acknowledgedFilter,
  asksFor,
  changeKinds,
  closingResult,
  defineCheck,
  endsSubscriptions,
  everySubscription,
  throttled,
} from '../../src/conformance/check.js'
import { advise, assume, describe, expect } from '../../src/conformance/expect.js'

/** A subscription that the server ends sooner than this, in ms, is no long-lived stream. */
const shortMs = 5000

export default defineCheck({
  title: 'A subscription is an event stream that stays open',
  requirement: 'subscriptions-listen-stream',
  needs: ['subscriptions'],
  last: true,
  hint: 'Answer subscriptions/listen with text/event-stream, and end the stream when its client has gone, not before.',
  async run(client) {
    for (const one of await everySubscription(client)) {
      const { reply, filter } = one
      if (throttled(reply) || reply.response?.error) continue
      assume(reply.ok, 'subscriptions/listen is answered with success', reply)
      const what = `the answer to subscriptions/listen with ${JSON.stringify(filter)}`
      expect(reply.isStream, `${what} must be an event stream`, 'text/event-stream', describe(reply))
      const honoured = acknowledgedFilter(one)
      // A subscription to nothing may end at once.
      if (!changeKinds.some(({ member }) => asksFor(honoured, member))) continue
      const ended = (reply.ended === 'complete' || reply.ended === 'reset') && (reply.at.end ?? 0) < shortMs
      const message = `${what} was ended by the server after ${Math.round(reply.at.end ?? 0)} ms`
      if (closingResult(one)) advise(!ended, message, 'an open stream', reply.ended)
      expect(!ended, message, 'an open stream', reply.ended)
    }
  },
  fault: endsSubscriptions(),
})
