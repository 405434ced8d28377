import { defineCheck, isResponse, isServerRequest, provokedRequests } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests of the server carry a string or an integer as id',
  requirement: 'jsonrpc-server-request-id',
  callsTools: true,
  last: true,
  early: provokedRequests,
  hint: 'Count the requests of the server up from 0 or 1 for each session; null is no id in MCP.',
  async run(client) {
    const survey = await client.survey()
    const toured = survey.received.map(({ message }) => message).filter(isServerRequest)
    const asked = [...toured, ...(await provokedRequests(client))]
    if (asked.length === 0) notTestable('the server asked the client for nothing')
    for (const message of asked)
      expect(
        typeof message.id === 'string' || Number.isInteger(message.id),
        'a request of the server has no usable id',
        'a string or an integer',
        message,
      )
  },
  fault: {
    message: (message, { channel }) =>
      channel !== 'json' && isResponse(message) ? [{ jsonrpc: '2.0', id: null, method: 'ping' }, message] : undefined,
  },
})
