import { defineCheck, handshake, offerAll, onResult } from '../../src/conformance/check.js'
import { assume, expectEqual } from '../../src/conformance/expect.js'

const offers = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25', '1900-01-01']

export default defineCheck({
  title: 'Every version the server offers of itself is agreed to when asked for',
  requirement: 'versioning-echo-supported',
  hint: 'Answer initialize with params.protocolVersion whenever your list of versions holds it.',
  async run(client) {
    const offered = new Set<string>()
    await offerAll(client, offers)
    for (const offer of offers) {
      const opening = await handshake(client, offer)
      const version: unknown = opening.response?.result?.protocolVersion
      if (typeof version === 'string' && version !== offer) offered.add(version)
    }
    for (const version of offered) {
      const opening = await handshake(client, version)
      const result = opening.response?.result
      assume(result !== undefined, `initialize with ${version} is answered`, opening)
      expectEqual(
        result.protocolVersion,
        version,
        `the version agreed to when asked for ${version}, which the server itself had offered,`,
      )
    }
  },
  fault: onResult('initialize', (result, _message, { call }) => ({
    ...result,
    protocolVersion: call?.params.protocolVersion === '2025-11-25' ? '2025-06-18' : result.protocolVersion,
  })),
})
