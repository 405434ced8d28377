import { defineCheck, subscriptionRun } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'After unsubscribe no more updates of that resource come',
  requirement: 'resources-subscribe-works',
  needs: ['capability:resources.subscribe', 'tool'],
  hint: 'Remove exactly the URI that was subscribed, of exactly that session, when resources/unsubscribe comes.',
  async run(client) {
    const { updates, afterwards } = await subscriptionRun(client)
    if (updates.length === 0)
      notTestable('no named tool led to an update of a subscribed resource: name one that changes a listed resource')
    expect(afterwards.length === 0, 'an update came after everything had been unsubscribed', 'silence', afterwards[0])
  },
  fault: {
    request(request) {
      if (request.message?.method !== 'resources/unsubscribe') return undefined
      return { ...request, body: JSON.stringify({ ...request.message, method: 'ping', params: {} }) }
    },
  },
})
