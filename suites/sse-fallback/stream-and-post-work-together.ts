import { connectOld, defineCheck, greetOld } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What is posted to the announced URI is answered on the stream, for every connection',
  requirement: 'legacy-sse-two-endpoints',
  needs: ['legacy-sse'],
  hint: 'Keep one transport per connection, found by the id in the announced URI, and write its answers to that connection alone.',
  async run(client) {
    const connections = [await connectOld(client), await connectOld(client)]
    for (const old of connections) {
      assume(old.stream.status === 200 && old.stream.isStream, 'GET opens an event stream', old.stream)
      expect(
        await greetOld(old, client.timeoutMs),
        'initialize posted to the announced URI must be answered on the stream',
        'a result',
        old.stream.messages,
      )
    }
    const [one, other] = connections
    await one!.post({ jsonrpc: '2.0', id: 'mine', method: 'ping' })
    const came = await one!.stream.until(
      (reply) => reply.messages.some((message: any) => message?.id === 'mine'),
      client.timeoutMs,
    )
    await client.pause(50)
    for (const { stream } of connections) stream.close()
    expect(
      came,
      'a request of the first connection must still be answered after a second was opened',
      'a response',
      one!.stream.messages,
    )
    expect(
      !JSON.stringify(other!.stream.messages).includes('"mine"'),
      "an answer went to another client's stream",
      'nothing',
      other!.stream.messages,
    )
  },
  fault: {
    message: (message, { request }) => (request.headers['cache-control'] && message.id === 'mine' ? null : undefined),
  },
})
