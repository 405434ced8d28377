import { defineCheck, eachRefused, expectNoResult, overlooksHeader } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request whose MCP-Protocol-Version header differs from its _meta is refused',
  requirement: 'headers-version-mismatch-rejected',
  hint: 'Compare the header with io.modelcontextprotocol/protocolVersion on every request, before you act on either.',
  async run(client) {
    const mismatches = [
      { meta: { protocolVersion: '1999-01-01' }, headers: { 'mcp-protocol-version': client.revision } },
      { headers: { 'mcp-protocol-version': '1999-01-01' } },
    ]
    for (const mismatch of mismatches)
      await eachRefused(client, mismatch, (reply, method) =>
        expectNoResult(reply, `${method} with one version in the header and another in _meta`),
      )
  },
  fault: overlooksHeader('mcp-protocol-version'),
})
