import { answersToOldHeader, defineCheck, expectServedAsEver, json } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request with an Mcp-Session-Id is served like any other',
  requirement: 'transport-ignore-session-id',
  needs: ['modern-only'],
  hint: 'Do not look at the header at all: there is no session that could be unknown or have ended.',
  async run(client) {
    for (const { what, reply } of await answersToOldHeader(client, 'mcp-session-id')) expectServedAsEver(reply, what)
  },
  fault: {
    request: ({ message, headers }) =>
      headers['mcp-session-id'] && message
        ? json(404, { jsonrpc: '2.0', id: message.id, error: { code: -32001, message: 'Session not found' } })
        : undefined,
  },
})
