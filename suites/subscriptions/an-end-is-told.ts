import {
  acknowledgmentOf,
  closingResult,
  defineCheck,
  deliveredOn,
  endsSubscriptions,
  everySubscription,
  opened,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A subscription that the server ends is ended with a result',
  requirement: 'subscriptions-graceful-result',
  needs: ['subscriptions'],
  last: true,
  hint: 'Send the result of subscriptions/listen before you close the stream, so that the client knows it did not just break.',
  async run(client) {
    const ended = opened(await everySubscription(client)).filter(
      (one) => one.reply.ended === 'complete' && acknowledgmentOf(one),
    )
    if (ended.length === 0) notApplicable('the server ended no subscription while it was watched')
    for (const one of ended) {
      // One page asks for this notification instead; over HTTP either will do.
      const cancelled = deliveredOn(one).some(({ method }) => method === 'notifications/cancelled')
      expect(
        closingResult(one) !== undefined || cancelled,
        `the server ended a subscription to ${JSON.stringify(one.filter)} without a word`,
        'a result',
        one.reply.messages.at(-1),
      )
    }
  },
  fault: endsSubscriptions(),
})
