import {
  acknowledgmentOf,
  defineCheck,
  deliveredOn,
  everySubscription,
  onSubscription,
  opened,
  subscriptionIdIn,
} from '../../src/conformance/check.js'
import { expectEqual, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The id of a subscription is the id of its request, a text as a text and a number as a number',
  requirement: 'subscriptions-id-equals-request-id',
  needs: ['subscriptions'],
  last: true,
  hint: 'Keep the id of each subscriptions/listen request as it came; a counter of your own, or "7" for 7, cannot be matched.',
  async run(client) {
    let seen = 0
    for (const one of opened(await everySubscription(client))) {
      for (const message of [acknowledgmentOf(one) ?? {}, ...deliveredOn(one)]) {
        const id = subscriptionIdIn(message.params)
        if (id === undefined) continue
        seen++
        expectEqual(id, one.id, `the subscription id of ${message.method}`)
      }
    }
    if (seen === 0)
      notTestable('no notification with a subscription id came: see subscriptions/acknowledgment-has-an-id')
  },
  fault: onSubscription((message) => {
    const { _meta, ...params } = message.params ?? {}
    const [[key, id] = ['', '']] = Object.entries(_meta ?? {})
    return { ...message, params: { ...params, _meta: { [key]: Number(id) || String(id) } } }
  }),
})
