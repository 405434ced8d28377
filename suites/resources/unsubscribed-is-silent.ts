import {
  arrived,
  type Client,
  defineCheck,
  heardAfter,
  type Message,
  subscriptionRun,
  updatesIn,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

/**
 * A resource that changes by itself, or by what other checks do: the tour's own subscription to it is ended and listened to for a
 * while more, once per run. At first `ms` are given for updates to come; where none come, it is tried again when the run ends.
 */
async function silence(client: Client, ms = 0): Promise<{ unasked: number; late?: Message }> {
  const survey = await client.survey()
  const updates = () => updatesIn(survey.received)
  await arrived(survey.session, () => updates().length > 1, ms)
  const uri = updates().at(-1)?.params?.uri
  if (updates().length < 2 || !survey.subscribed.includes(uri)) return { unasked: updates().length }
  return client.once('silence after unsubscribing', async (one) => {
    const left = await survey.session.request('resources/unsubscribe', { uri })
    if (left.response?.result === undefined) return { unasked: updates().length }
    // What was under way on another connection when the server heard of it may still come.
    const heard = await heardAfter(one, survey.session, 200)
    await one.pause(500)
    const late = updates().find((update, at) => at >= heard && update.params?.uri === uri)
    return { unasked: updates().length, ...(late ? { late } : {}) }
  })
}

export default defineCheck({
  title: 'After unsubscribe no more updates of that resource come',
  requirement: 'resources-subscribe-works',
  needs: ['capability:resources.subscribe'],
  last: true,
  hint: 'Remove exactly the URI that was subscribed, of exactly that session, when resources/unsubscribe comes.',
  early: (client) => silence(client, 500),
  async run(client) {
    const { late, unasked } = await silence(client)
    expect(!late, 'an update came after unsubscribing', 'silence', late)
    const { updates, afterwards, othersLost } = await subscriptionRun(client)
    expect(!othersLost, 'who unsubscribed ended the subscription of others as well', 'updates', 'silence')
    if (updates.length === 0 && unasked > 1) return
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
