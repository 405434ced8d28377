import { defineCheck, handshake, offerAll, onResult } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

const offers = ['2999-01-01', '1900-01-01', 'not-a-version']

export default defineCheck({
  title: 'The version offered to a client with an unknown one is the newest the server supports',
  requirement: 'versioning-counteroffer-latest',
  hint: 'Fall back to the newest version of your list, whether the client asked for something older or newer.',
  async run(client) {
    const newest = client.facts.revisions.at(-1)!
    await offerAll(client, offers)
    for (const offer of offers) {
      const opening = await handshake(client, offer)
      const version: unknown = opening.response?.result?.protocolVersion
      assume(
        typeof version === 'string' && version !== offer,
        `initialize with ${offer} is answered with another version`,
        opening,
      )
      expect(
        version >= newest,
        `asked for ${offer}, the server offers ${version} although it speaks ${newest}`,
        newest,
        version,
      )
    }
  },
  fault: onResult('initialize', (result, _message, { call }) =>
    call?.params.protocolVersion === '2999-01-01' ? { ...result, protocolVersion: '2024-11-05' } : result,
  ),
})
