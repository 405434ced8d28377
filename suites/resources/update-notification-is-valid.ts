import { defineCheck, subscriptionRun, updatesIn } from '../../src/conformance/check.js'
import { expectShape, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'notifications/resources/updated names the URI of the resource',
  requirement: 'schema-resource-updated-notification',
  needs: ['capability:resources.subscribe'],
  last: true,
  async run(client) {
    const toured = updatesIn((await client.survey()).received)
    const updates = toured.length > 0 ? toured : (await subscriptionRun(client)).updates
    if (updates.length === 0)
      notTestable('no named tool led to an update of a subscribed resource: name one that changes a listed resource')
    for (const update of updates) expectShape(update, 'ResourceUpdatedNotification', client.revision, 'a notification')
  },
  fault: {
    message: (message) =>
      message.method === 'notifications/resources/updated' ? { ...message, params: {} } : undefined,
  },
})
