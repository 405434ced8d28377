import {
  defineCheck,
  deliveredOn,
  everySubscription,
  onSubscription,
  opened,
  subscriptionIdIn,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every notification of a subscription carries its id',
  requirement: 'subscriptions-id-on-notifications',
  needs: ['subscriptions'],
  last: true,
  hint: 'Stamp io.modelcontextprotocol/subscriptionId into params._meta where you write to the stream, for list_changed as for updated.',
  async run(client) {
    const messages = opened(await everySubscription(client)).flatMap(deliveredOn)
    for (const message of messages)
      expect(
        subscriptionIdIn(message.params) !== undefined,
        `${message.method} does not say to which subscription it belongs`,
        '_meta with io.modelcontextprotocol/subscriptionId',
        message,
      )
    if (messages.length === 0)
      notTestable('no notification came on any subscription: name a tool that changes a resource or a list')
  },
  fault: onSubscription((message) => {
    const { _meta, ...params } = message.params ?? {}
    return message.method === 'notifications/resources/updated' ? { ...message, params } : undefined
  }),
})
