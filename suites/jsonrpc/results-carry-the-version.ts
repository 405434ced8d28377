import { defineCheck, isResponse } from '../../src/conformance/check.js'
import { assumeResult, expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The first and every later answer of a session carries jsonrpc: "2.0"',
  requirement: 'jsonrpc-version-member',
  async run(client) {
    const session = await client.open({ id: client.canary('init') })
    assumeResult(session.opening, 'initialize')
    for (const id of [client.canary('id'), -31, 0]) await session.request(client.plainMethod, {}, { id })
    for (const { message } of session.received)
      if (isResponse(message)) expectEqual(message.jsonrpc, '2.0', 'the jsonrpc member of an answer')
  },
  fault: { message: (message) => ('result' in message ? { ...message, jsonrpc: '1.0' } : undefined) },
})
