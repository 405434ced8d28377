import { defineCheck, instead } from '../../src/conformance/check.js'
import { assume, expectStatus, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'DELETE with an unsupported MCP-Protocol-Version header is answered with 400',
  requirement: 'versioning-header-unsupported-400',
  needs: ['streamable', 'session'],
  hint: 'The header is sent with every HTTP request, DELETE included: check it before ending the session.',
  async run(client) {
    const control = await (await client.open()).delete()
    if (control.status === 405) notApplicable('the server refuses to end sessions by DELETE (405), which is its right')
    assume(control.ok, 'DELETE with the agreed version ends a session', control)
    const reply = await client.delete({ 'mcp-protocol-version': '1900-01-01' })
    // A server of several eras may route the unknown version to one that has no DELETE.
    expectStatus(reply, [400, 405], 'DELETE with MCP-Protocol-Version: 1900-01-01')
  },
  fault: instead(
    (request) => request.method === 'DELETE' && request.headers['mcp-protocol-version'] === '1900-01-01',
    () => ({ status: 204, headers: {} }),
  ),
})
