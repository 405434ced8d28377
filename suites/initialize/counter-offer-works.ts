import { defineCheck, handshake, onResult, request } from '../../src/conformance/check.js'
import { assume, expect, expectEqual, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The version offered to a client with an unknown one can be used',
  requirement: 'versioning-counteroffer',
  hint: 'Offer only versions that your own header check and handlers accept.',
  async run(client) {
    for (const offer of ['1900-01-01', '2999-01-01']) {
      const session = await client.open({ offer })
      const version: unknown = session.opening.response?.result?.protocolVersion
      assume(
        typeof version === 'string' && version !== offer,
        `initialize with ${offer} is answered with another version`,
        session.opening,
      )
      const header = version >= '2025-06-18' ? { 'mcp-protocol-version': version } : {}
      expectResult(
        await session.post(request('ping'), header),
        `ping in a session that settled on the offered ${version}`,
      )
      const second = await handshake(client, version)
      const agreed = second.response?.result
      expect(
        agreed !== undefined,
        `a client that asks for the offered ${version} must be served`,
        version,
        second.text.slice(0, 300),
      )
      expectEqual(agreed.protocolVersion, version, `the version agreed to when asked for the offered ${version}`)
    }
  },
  fault: onResult('initialize', (result, _message, { call }) =>
    /^(1900|2999)|^not/.test(call?.params.protocolVersion) ? { ...result, protocolVersion: '2023-01-01' } : result,
  ),
})
