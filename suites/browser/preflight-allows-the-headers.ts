import { allows, crossOrigin, defineCheck, listedIn, sentHeaders, withCors } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The preflight allows the headers that clients send',
  requirement: 'advice-cors-allows-headers',
  needs: ['streamable'],
  hint: 'Allow Content-Type, Authorization, Mcp-Session-Id, MCP-Protocol-Version and Last-Event-ID, for 2026-07-28 Mcp-Method and Mcp-Name too. A short list fails with the second request only.',
  async run(client) {
    const { origin, preflight } = await crossOrigin(client)
    assume(allows(preflight, origin), 'the preflight lets the page in', preflight)
    const allowed = listedIn(preflight, 'access-control-allow-headers')
    const missing = sentHeaders(client).filter(
      (name) => !allowed.includes(name) && (name === 'authorization' || !allowed.includes('*')),
    )
    expect(missing.length === 0, `the preflight does not allow ${missing.join(', ')}`, sentHeaders(client), allowed)
  },
  fault: withCors((reply) => ({
    ...reply,
    headers: { ...reply.headers, 'access-control-allow-headers': 'content-type, authorization' },
  })),
})
