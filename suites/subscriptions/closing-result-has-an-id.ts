import {
  calls,
  closingResult,
  defineCheck,
  everySubscription,
  instead,
  json,
  subscriptionIdIn,
} from '../../src/conformance/check.js'
import { expectEqual, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The result that ends a subscription carries its id',
  requirement: 'subscriptions-result-has-id',
  needs: ['subscriptions'],
  last: true,
  hint: 'The result has _meta with io.modelcontextprotocol/subscriptionId like every other message of the stream.',
  async run(client) {
    const ended = (await everySubscription(client)).filter(closingResult)
    if (ended.length === 0) notApplicable('the server ended no subscription with a result while it was watched')
    for (const one of ended)
      expectEqual(subscriptionIdIn(closingResult(one)), one.id, 'the subscription id of the result')
  },
  fault: instead(calls('subscriptions/listen'), ({ message }) =>
    json(200, { jsonrpc: '2.0', id: message?.id, result: { resultType: 'complete' } }),
  ),
})
