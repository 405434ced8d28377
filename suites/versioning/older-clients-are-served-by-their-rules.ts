import { defineCheck, instead, json, metaKey } from '../../src/conformance/check.js'
import { assumeResult, expectEqual, expectResult, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server of both eras that takes initialize serves that client by the version it agreed to',
  requirement: 'versioning-dual-era-initialize',
  needs: ['modern'],
  hint: 'Ask nothing of 2026-07-28 from a client that has shaken hands: no _meta, no Mcp-Method, no Mcp-Name.',
  async run(client) {
    const { otherEra } = client.facts
    if (!otherEra) notApplicable('the server serves no clients with a handshake')
    for (const revision of otherEra) {
      const session = await client.open({ revision })
      const { protocolVersion, capabilities } = assumeResult(session.opening, `initialize at ${revision}`)
      expectEqual(protocolVersion, revision, 'the version that initialize agrees to')
      const lists = ['tools', 'prompts', 'resources'].filter((one) => capabilities?.[one]).map((one) => `${one}/list`)
      for (const method of ['ping', ...lists])
        expectResult(await session.request(method), `${method} of a client of ${revision}`)
    }
  },
  fault: instead(
    ({ message }) =>
      message?.id !== undefined && message.method === 'tools/list' && !message.params?._meta?.[metaKey.protocolVersion],
    ({ message }) =>
      json(400, { jsonrpc: '2.0', id: message?.id, error: { code: -32602, message: '_meta is missing' } }),
  ),
})
