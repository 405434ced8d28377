import { acknowledgmentsOf, defineCheck, listeningRun, onSubscription, opened } from '../../src/conformance/check.js'
import { expectShape, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The acknowledgment has the form the schema gives it',
  requirement: 'schema-subscription-ack',
  needs: ['subscriptions'],
  hint: 'params.notifications is the filter that is honoured: an object, be it empty.',
  async run(client) {
    const acknowledged = acknowledgmentsOf(opened((await listeningRun(client)).subscriptions))
    if (acknowledged.length === 0) notTestable('no acknowledgment came: see subscriptions/acknowledgment-comes-first')
    for (const message of acknowledged)
      expectShape(message, 'SubscriptionsAcknowledgedNotification', client.revision, 'an acknowledgment')
  },
  fault: onSubscription((message) => {
    const { notifications, ...params } = message.params
    return notifications ? { ...message, params } : undefined
  }),
})
