import { allows, crossOrigin, defineCheck, listedIn, withCors } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A page that is served can read its session id',
  requirement: 'advice-cors-exposes-session',
  needs: ['session'],
  hint: 'Access-Control-Expose-Headers: Mcp-Session-Id on the answers themselves, not only on the preflight (Starlette: expose_headers=["Mcp-Session-Id"]; cors: exposedHeaders). Without it a browser loses its session: "Missing session ID".',
  async run(client) {
    const { origin, hello } = await crossOrigin(client)
    assume(allows(hello, origin) && hello.header('mcp-session-id') !== undefined, 'a page gets a session', hello)
    const exposed = listedIn(hello, 'access-control-expose-headers')
    const read = exposed.includes('mcp-session-id') || (exposed.includes('*') && !client.given.credential)
    expect(read, `the answer to initialize hides Mcp-Session-Id from ${origin}`, 'mcp-session-id', exposed)
  },
  fault: withCors(({ headers: { 'access-control-expose-headers': _, ...headers }, ...reply }) => ({
    ...reply,
    headers,
  })),
})
