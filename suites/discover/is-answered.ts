import { calls, defineCheck, instead, isObject, json } from '../../src/conformance/check.js'
import { expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'server/discover is answered: first or later, alone or many at once, whatever the client says of itself',
  requirement: 'discover-implemented',
  needs: ['modern'],
  hint: 'server/discover is the one method that every server has; it needs no other request before it, and may be asked again.',
  async run(client) {
    const later = await client.as({ capabilities: { elicitation: {}, sampling: {}, roots: {} } })
    const asked = [
      client.request('server/discover'),
      client.request('server/discover', undefined, { id: client.canary() }),
      client.request('server/discover', undefined, { id: 0 }),
      client.request('server/discover', undefined, { meta: { clientInfo: undefined } }),
      client.request('server/discover', {}, { meta: { progressToken: client.canary() } }),
      later.request('server/discover'),
    ]
    for (const reply of [...(await Promise.all(asked)), await client.request('server/discover')]) {
      const { supportedVersions, capabilities } = expectResult(reply, 'server/discover')
      expect(
        Array.isArray(supportedVersions) && isObject(capabilities),
        'server/discover must tell versions and capabilities',
        '{"supportedVersions": [...], "capabilities": {...}}',
        reply.response?.result,
      )
    }
  },
  fault: instead(calls('server/discover'), ({ message }) =>
    json(404, { jsonrpc: '2.0', id: message?.id, error: { code: -32601, message: 'Method not found' } }),
  ),
})
