import { type Client, defineCheck, request } from '../../src/conformance/check.js'
import { assume, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests with an unsupported or malformed MCP-Protocol-Version header are answered with 400',
  requirement: 'versioning-header-unsupported-400',
  needs: ['streamable'],
  hint: 'Compare the header with the versions you negotiate before handing the message on; the SDKs do it in their transport.',
  async run(client) {
    const { tools } = client.facts.capabilities
    const versions = ['1900-01-01', '2999-01-01', '2025-06-19', 'not-a-version', `${client.revision}-beta`]
    await expectCompared(client, 'ping', {}, versions)
    if (!tools) return
    await expectCompared(client, 'tools/list', {}, versions)
    await expectCompared(client, 'tools/call', { name: client.canary(), arguments: {} }, versions.slice(0, 1))
  },
  fault: {
    request: (r) =>
      r.headers['mcp-protocol-version'] === 'not-a-version'
        ? { ...r, headers: { ...r.headers, 'mcp-protocol-version': '2025-11-25' } }
        : undefined,
  },
})

async function expectCompared(client: Client, method: string, params: object, versions: string[]): Promise<void> {
  const control = await client.request(method, { ...params })
  assume(control.status === 200, `${method} with the agreed version is answered`, control)
  for (const version of versions) {
    const headers = { 'mcp-protocol-version': version }
    const reply = await client.post(request(method, { ...params }), headers, { resume: false })
    expectStatus(reply, 400, `${method} with MCP-Protocol-Version: ${version}`)
  }
}
