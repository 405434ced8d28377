import { alsoOnSubscriptions, defineCheck, everySubscription, isObject, tagged } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const cancelled = 'notifications/cancelled'

export default defineCheck({
  title: 'The server sends notifications/cancelled for nothing but subscriptions it ends',
  requirement: 'cancellation-server-use-listen-only',
  needs: ['modern'],
  last: true,
  hint: 'A call that was closed needs no notice: nobody listens for it any more.',
  async run(client) {
    const { received } = await client.survey()
    const foreign = received.find(
      ({ message, channel }) => channel !== 'listen-stream' && isObject(message) && message.method === cancelled,
    )
    expect(!foreign, `${cancelled} came on the stream of a request`, 'the answer', foreign?.message)
    for (const { id, reply } of await everySubscription(client)) {
      const sent = reply.messages.filter((message) => isObject(message) && message.method === cancelled)
      const other = sent.find((message: any) => message.params?.requestId !== id)
      expect(!other, `${cancelled} came for another request than the subscription it came on`, id, other)
    }
  },
  fault: alsoOnSubscriptions((listen, call) => tagged(listen, cancelled, { requestId: call.id })),
})
