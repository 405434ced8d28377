import {
  acknowledgmentsOf,
  defineCheck,
  listeningRun,
  onSubscription,
  opened,
  subscriptionIdIn,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The acknowledgment carries the id of its subscription',
  requirement: 'subscriptions-ack-has-id',
  needs: ['subscriptions'],
  hint: 'Put io.modelcontextprotocol/subscriptionId into params._meta of the acknowledgment.',
  async run(client) {
    const acknowledged = acknowledgmentsOf(opened((await listeningRun(client)).subscriptions))
    if (acknowledged.length === 0) notTestable('no acknowledgment came: see subscriptions/acknowledgment-comes-first')
    for (const message of acknowledged)
      expect(
        subscriptionIdIn(message.params) !== undefined,
        'an acknowledgment does not say to which subscription it belongs',
        '_meta with io.modelcontextprotocol/subscriptionId',
        message,
      )
  },
  fault: onSubscription((message) => {
    const { _meta, ...params } = message.params
    return message.method === 'notifications/subscriptions/acknowledged' ? { ...message, params } : undefined
  }),
})
