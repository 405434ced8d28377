import { defineCheck, isServerRequest, request } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server uses no request id twice within a session',
  requirement: 'jsonrpc-server-request-id-unique',
  hint: 'One counter for all requests of a session, shared by all its streams.',
  async run(client) {
    const session = await client.open({ capabilities: { roots: { listChanged: true }, sampling: {}, elicitation: {} } })
    const stream = client.facts.getStream ? await session.get() : undefined
    const calls = [...client.tools, ...client.tools].map((tool) => request('tools/call', { ...tool }))
    await Promise.all(calls.map((call) => session.post(call)))
    stream?.close()
    const ids = session.received
      .map(({ message }) => message)
      .filter(isServerRequest)
      .map((message) => message.id)
    if (ids.length < 2) notTestable('the server asked the client for less than two things')
    const twice = ids.find((id, at) => ids.indexOf(id) !== at)
    expect(twice === undefined, 'the server used the id of a request again', 'an id of its own for each request', ids)
  },
  fault: { message: (message) => (isServerRequest(message) ? { ...message, id: 1 } : undefined) },
})
