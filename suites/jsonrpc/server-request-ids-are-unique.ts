import {
  type Client,
  defineCheck,
  isResponse,
  isServerRequest,
  type Received,
  request,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server uses no request id twice within a session',
  requirement: 'jsonrpc-server-request-id-unique',
  callsTools: true,
  last: true,
  hint: 'One counter for all requests of a session, shared by all its streams.',
  early: provoked,
  async run(client) {
    const survey = await client.survey()
    const asked = [await provoked(client), survey.received].map(idsAsked)
    if (asked.every((ids) => ids.length < 2)) notTestable('the server asked the client for less than two things')
    for (const ids of asked) {
      const twice = ids.find((id, at) => ids.indexOf(id) !== at)
      expect(twice === undefined, 'the server used the id of a request again', 'an id of its own for each request', ids)
    }
  },
  fault: {
    message: (message, { channel }) =>
      channel !== 'json' && isResponse(message)
        ? [{ jsonrpc: '2.0', id: 'again', method: 'ping' }, message]
        : undefined,
  },
})

/** What a client that can be asked for everything receives over two streams and many tool calls, once per run. */
function provoked(client: Client): Promise<readonly Received[]> {
  return client.once('requests of the server', async (one) => {
    const session = await one.open({ capabilities: { roots: { listChanged: true }, sampling: {}, elicitation: {} } })
    // Some servers greet each stream with a ping: two streams in a row show whether they count on.
    for (let streams = 0; one.facts.getStream && streams < 2; streams++) {
      const stream = await session.get()
      await one.pause(60)
      stream.close()
    }
    const calls = [...one.tools, ...one.tools].map((tool) => request('tools/call', { ...tool }))
    await Promise.all(calls.map((call) => session.post(call)))
    return session.received
  })
}

function idsAsked(received: readonly Received[]): unknown[] {
  const asked = received.map(({ message }) => message).filter(isServerRequest)
  return asked.map((message) => message.id)
}
