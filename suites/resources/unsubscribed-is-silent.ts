import { defineCheck, subscriptionRun, updatesIn } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'After unsubscribe no more updates of that resource come',
  requirement: 'resources-subscribe-works',
  needs: ['capability:resources.subscribe'],
  last: true,
  hint: 'Remove exactly the URI that was subscribed, of exactly that session, when resources/unsubscribe comes.',
  async run(client) {
    const survey = await client.survey()
    const unasked = updatesIn(survey.received)
    const uri = unasked.at(-1)?.params?.uri
    if (unasked.length > 1 && survey.subscribed.includes(uri)) {
      // A resource that changes by itself: the tour's own subscription to it is ended and listened to for a while more.
      await survey.session.request('resources/unsubscribe', { uri })
      const heard = updatesIn(survey.received).length
      await client.pause(500)
      const late = updatesIn(survey.received).slice(heard)
      expect(
        !late.some((update) => update.params?.uri === uri),
        'an update came after unsubscribing',
        'silence',
        late[0],
      )
    }
    const { updates, afterwards } = await subscriptionRun(client)
    if (updates.length === 0 && unasked.length > 1) return
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
