import { type Client, defineCheck, instead, json, notification, request } from '../../src/conformance/check.js'
import { assume, expect, expectResult, notApplicable } from '../../src/conformance/expect.js'

const without = { 'mcp-protocol-version': null }

export default defineCheck({
  title: 'Messages without MCP-Protocol-Version are served',
  requirement: 'versioning-header-missing-assumed',
  needs: ['streamable'],
  hint: 'Older clients do not know the header: take the version negotiated in the session, or 2025-03-26.',
  async run(client) {
    if (!client.facts.sessions && !client.facts.revisions.includes('2025-03-26'))
      notApplicable('a server without sessions that does not speak 2025-03-26 cannot assume it')
    for (const method of ['ping', ...(client.facts.capabilities.tools ? ['tools/list'] : [])]) {
      const control = await client.request(method)
      assume(control.response?.result !== undefined, `${method} with the header is answered`, control)
      expectResult(await client.post(request(method), without), `${method} without MCP-Protocol-Version`)
    }
    await expectSameStatus(client)
    const message = notification('notifications/cancelled', { requestId: client.canary() })
    const [named, told] = [await client.post(message), await client.post(message, without)]
    expect(told.ok || !named.ok, 'a notification without MCP-Protocol-Version is accepted', 'HTTP 202', told.status)
    if (client.facts.getStream) {
      const stream = await client.get(without)
      stream.close()
      expect(stream.status === 200, 'GET without MCP-Protocol-Version opens the stream', 'HTTP 200', stream.status)
    }
    if (!client.facts.sessions) return
    const { status } = await client.delete(without)
    expect(status !== 400, 'DELETE without MCP-Protocol-Version ends the session', 'another status than 400', status)
  },
  fault: instead(
    (request) =>
      request.method === 'POST' &&
      request.message?.method !== 'initialize' &&
      request.headers['mcp-protocol-version'] === undefined,
    () => json(400, { jsonrpc: '2.0', error: { code: -32600, message: 'MCP-Protocol-Version is required' } }),
  ),
})

/** A call of a tool that is not there fails in the same way with and without the header. */
async function expectSameStatus(client: Client): Promise<void> {
  if (!client.facts.capabilities.tools) return
  const call = () => request('tools/call', { name: client.canary(), arguments: {} })
  const [named, plain] = [await client.post(call()), await client.post(call(), without)]
  expect(plain.status === named.status, 'tools/call without MCP-Protocol-Version', `HTTP ${named.status}`, plain.status)
}
