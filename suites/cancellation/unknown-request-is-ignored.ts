import { defineCheck, expectIgnored, instead, json } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A cancellation of a request that never was is ignored',
  requirement: 'cancellation-invalid-ignored',
  hint: 'A notification is never answered with an error: look the id up, and do nothing when it is not there.',
  async run(client) {
    const session = await client.session()
    for (const requestId of [client.canary(), 987_654_321, -1, 0, ''])
      await expectIgnored(session, { requestId, reason: 'mcp-gauntlet tests cancellation' }, true)
    await expectIgnored(session, { requestId: client.canary() }, true)
  },
  fault: instead(
    (request) => request.message?.method === 'notifications/cancelled',
    () => json(500, { jsonrpc: '2.0', id: null, error: { code: -32602, message: 'Unknown request' } }),
  ),
})
