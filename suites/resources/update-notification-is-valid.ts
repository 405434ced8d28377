import { defineCheck, subscriptionRun } from '../../src/conformance/check.js'
import { expectShape, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'notifications/resources/updated names the URI of the resource',
  requirement: 'schema-resource-updated-notification',
  needs: ['capability:resources.subscribe', 'tool'],
  async run(client) {
    const { updates } = await subscriptionRun(client)
    if (updates.length === 0)
      notTestable('no named tool led to an update of a subscribed resource: name one that changes a listed resource')
    for (const update of updates) expectShape(update, 'ResourceUpdatedNotification', client.revision, 'a notification')
  },
  fault: {
    message: (message) =>
      message.method === 'notifications/resources/updated' ? { ...message, params: {} } : undefined,
  },
})
