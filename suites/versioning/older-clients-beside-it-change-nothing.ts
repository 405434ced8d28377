import { defineCheck, eachServed, onReply } from '../../src/conformance/check.js'
import { assumeResult, expect, expectResult, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server of both eras serves requests with _meta without a session, whoever has shaken hands with it',
  requirement: 'versioning-dual-era-modern-request',
  needs: ['modern'],
  hint: 'Decide by the request: one that names its version in _meta needs no session, and gets none.',
  async run(client) {
    const older = client.facts.otherEra?.at(-1)
    if (!older) notApplicable('the server serves no clients with a handshake')
    const session = await client.open({ revision: older })
    assumeResult(session.opening, `initialize at ${older}`)
    await eachServed(client, {}, (reply, method) => {
      expectResult(reply, `${method}, beside a client of ${older},`)
      const id = reply.header('mcp-session-id')
      expect(id === undefined, `${method} is answered with a session id`, 'none', id)
    })
  },
  fault: onReply(
    ({ headers }) => headers['mcp-protocol-version'] === '2026-07-28',
    (reply) => ({ ...reply, headers: { ...reply.headers, 'mcp-session-id': 'gauntlet-1' } }),
  ),
})
