import { defineCheck } from '../../src/conformance/check.js'
import { assume, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'GET with an unsupported MCP-Protocol-Version header is answered with 400',
  requirement: 'versioning-header-unsupported-400',
  needs: ['streamable', 'get-stream'],
  hint: 'The header is sent with every HTTP request, GET included: check it before opening the stream.',
  async run(client) {
    for (const version of ['1900-01-01', 'not-a-version']) {
      const reply = await client.get({ 'mcp-protocol-version': version })
      reply.close()
      if (reply.status !== 405) expectStatus(reply, 400, `GET with MCP-Protocol-Version: ${version}`)
    }
    const control = await client.get()
    control.close()
    assume(control.status === 200, 'GET with the agreed version opens a stream', control)
  },
  fault: {
    request: (r) =>
      r.method === 'GET' && r.headers['mcp-protocol-version']
        ? { ...r, headers: { ...r.headers, 'mcp-protocol-version': '2025-11-25' } }
        : undefined,
  },
})
