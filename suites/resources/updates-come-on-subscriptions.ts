import { defineCheck, expectTold, forgetsSubscribers, listeningRun, opened } from '../../src/conformance/check.js'
import { notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'When a resource changes each subscription that names it is told',
  requirement: 'resources-updated-on-listen',
  needs: ['capability:resources.subscribe', 'subscriptions', 'tool'],
  hint: 'Send notifications/resources/updated on every open subscription whose resourceSubscriptions name the resource.',
  async run(client) {
    const listening = await listeningRun(client)
    const uris = new Set(opened(listening.subscriptions).flatMap((one) => one.filter.resourceSubscriptions ?? []))
    const changed = listening.changed.filter((name) => uris.has(name))
    if (changed.length === 0)
      notTestable('no named tool changed a resource that one can subscribe to: name one that does')
    for (const uri of changed) expectTold(listening, uri)
  },
  fault: forgetsSubscribers('notifications/resources/updated'),
})
