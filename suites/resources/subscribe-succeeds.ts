import { defineCheck, listedUris, onAnswer, rpcError, whileListed } from '../../src/conformance/check.js'
import { expectResult, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With subscribe declared every listed resource can be subscribed to, unsubscribed and subscribed to again',
  requirement: 'resources-subscribe-works',
  needs: ['capability:resources.subscribe'],
  hint: 'Handle resources/subscribe and resources/unsubscribe, or do not declare subscribe.',
  async run(client) {
    const uris = listedUris(await client.survey()).slice(0, 5)
    if (uris.length === 0) notTestable('resources/list shows no resources')
    for (const uri of uris) {
      await whileListed(client, 'resources/list', uri, async () => {
        for (const method of ['subscribe', 'unsubscribe', 'subscribe', 'unsubscribe'])
          expectResult(await client.request(`resources/${method}`, { uri }), `resources/${method} of ${uri}`)
      })
    }
  },
  fault: onAnswer('resources/unsubscribe', () => rpcError(-32601, 'Method not found')),
})
