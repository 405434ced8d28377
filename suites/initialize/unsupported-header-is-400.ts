import { type Client, defineCheck, request } from '../../src/conformance/check.js'
import { assume, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests with an unsupported or malformed MCP-Protocol-Version header are answered with 400',
  requirement: 'versioning-header-unsupported-400',
  needs: ['streamable'],
  hint: 'Compare the header with the versions you negotiate before handing the message on; the SDKs do it in their transport.',
  async run(client) {
    const { tools, resources, prompts } = client.facts.capabilities
    const canary = client.canary()
    const versions = [
      '1900-01-01',
      '2999-01-01',
      '2025-06-19',
      'not-a-version',
      `${client.revision}-beta`,
      `${client.revision}, 1900-01-01`,
    ]
    const calls: [string, object, string[], unknown][] = [
      ['tools/list', {}, versions, tools],
      ['tools/call', { name: canary, arguments: {} }, versions.slice(0, 1), tools],
      ['resources/list', {}, versions.slice(0, 1), resources],
      ['resources/read', { uri: `gauntlet-canary:///${canary}` }, versions.slice(0, 1), resources],
      ['prompts/list', {}, versions.slice(0, 1), prompts],
      ['prompts/get', { name: canary }, versions.slice(0, 1), prompts],
    ]
    const control = await client.request('ping')
    assume(control.status === 200, 'ping with the agreed version is answered', control)
    await expectCompared(client, 'ping', {}, versions)
    for (const [method, params, wrong, offered] of calls)
      if (offered && (await client.request(method, { ...params })).status === 200)
        await expectCompared(client, method, params, wrong)
  },
  fault: {
    request: (r) =>
      r.headers['mcp-protocol-version'] === 'not-a-version'
        ? { ...r, headers: { ...r.headers, 'mcp-protocol-version': '2025-11-25' } }
        : undefined,
  },
})

async function expectCompared(client: Client, method: string, params: object, versions: string[]): Promise<void> {
  for (const version of versions) {
    const headers = { 'mcp-protocol-version': version }
    const reply = await client.post(request(method, { ...params }), headers, { resume: false })
    expectStatus(reply, 400, `${method} with MCP-Protocol-Version: ${version}`)
  }
}
