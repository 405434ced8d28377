import { defineCheck, isResponse, isServerRequest, provokedRequests } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server uses no request id twice within a session',
  requirement: 'jsonrpc-server-request-id-unique',
  callsTools: true,
  last: true,
  hint: 'One counter for all requests of a session, shared by all its streams.',
  early: provokedRequests,
  async run(client) {
    const survey = await client.survey()
    const toured = survey.received.map(({ message }) => message).filter(isServerRequest)
    const asked = [await provokedRequests(client), toured].map((requests) => requests.map(({ id }) => id))
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
