import { defineCheck, notification } from '../../src/conformance/check.js'
import { assume, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Notifications and responses with an unsupported MCP-Protocol-Version header are answered with 400',
  requirement: 'versioning-header-unsupported-400',
  needs: ['streamable'],
  hint: 'Check the header for every POST, not only for those that carry a request.',
  async run(client) {
    const message = notification('notifications/cancelled', { requestId: client.canary() })
    const control = await client.post(message)
    assume(control.ok, 'the notification is accepted with the agreed version', control)
    for (const version of ['1900-01-01', 'not-a-version']) {
      const reply = await client.post(message, { 'mcp-protocol-version': version })
      expectStatus(reply, 400, `a notification with MCP-Protocol-Version: ${version}`)
    }
    const response = { jsonrpc: '2.0', id: client.canary(), result: {} }
    if (!(await client.post(response)).ok) return
    const reply = await client.post(response, { 'mcp-protocol-version': '1900-01-01' })
    expectStatus(reply, 400, 'a response with MCP-Protocol-Version: 1900-01-01')
  },
  fault: {
    request: (r) =>
      r.message && !('id' in r.message)
        ? { ...r, headers: { ...r.headers, 'mcp-protocol-version': '2025-11-25' } }
        : undefined,
  },
})
