import {
  alsoOnSubscriptions,
  asksFor,
  changeKinds,
  defineCheck,
  deliveredOn,
  listeningRun,
  opened,
  tagged,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

/** Kinds that are no news: how a server may tell that it ends the subscription. */
const ends = ['notifications/cancelled']

export default defineCheck({
  title: 'A subscription carries only kinds of notification that it asked for',
  requirement: 'subscriptions-only-requested-types',
  needs: ['subscriptions'],
  hint: 'Look at the filter of each subscription before you send; false and a missing member both mean no.',
  async run(client) {
    const subscriptions = opened((await listeningRun(client)).subscriptions)
    for (const one of subscriptions) {
      const { filter } = one
      for (const message of deliveredOn(one)) {
        const kind = changeKinds.find(({ method }) => method === message.method)
        const wanted = kind ? asksFor(filter, kind.member) : ends.includes(String(message.method))
        expect(wanted, `a subscription to ${JSON.stringify(filter)} got ${message.method}`, 'silence', message)
      }
    }
    if (!subscriptions.some((one) => deliveredOn(one).length > 0))
      notTestable('no notification came on any subscription: name a tool that changes a resource or a list')
  },
  fault: alsoOnSubscriptions((listen) => tagged(listen, 'notifications/prompts/list_changed')),
})
