import {
  alsoOnSubscriptions,
  defineCheck,
  deliveredOn,
  everySubscription,
  opened,
  tagged,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

const updated = 'notifications/resources/updated'

export default defineCheck({
  title: 'Updates come only for resources that the subscription names, or for parts of them',
  requirement: 'subscriptions-updated-uri-scope',
  needs: ['subscriptions', 'capability:resources.subscribe'],
  last: true,
  hint: 'Compare the URI of each update with resourceSubscriptions of each stream; do not broadcast.',
  async run(client) {
    let seen = 0
    for (const one of opened(await everySubscription(client))) {
      const uris = one.filter.resourceSubscriptions ?? []
      for (const message of deliveredOn(one).filter(({ method }) => method === updated)) {
        seen++
        const inScope = uris.some((uri) => String(message.params?.uri).startsWith(uri))
        expect(inScope || uris.length === 0, 'an update came for a resource that was not named', uris, message)
      }
    }
    if (seen === 0) notTestable('no update came: name a tool that changes a resource')
  },
  fault: alsoOnSubscriptions((listen) => tagged(listen, updated, { uri: 'gauntlet://unasked' })),
})
