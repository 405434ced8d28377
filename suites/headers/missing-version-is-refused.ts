import { defineCheck, eachRefused, expectNoResult, overlooksHeader } from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A request without the MCP-Protocol-Version header is refused',
  requirement: 'headers-version-required',
  hint: 'Gateways go by the header: a request that names its version in the body alone has to be refused.',
  async run(client) {
    if (client.facts.otherEra?.some((revision) => revision < '2025-06-18'))
      notApplicable('the server also serves clients of revisions that did not know the header')
    await eachRefused(client, { headers: { 'mcp-protocol-version': null } }, (reply, method) =>
      expectNoResult(reply, `${method} without the header`),
    )
  },
  fault: overlooksHeader('mcp-protocol-version'),
})
