import { defineCheck, handshake, offerAll, onResult, request } from '../../src/conformance/check.js'
import { advise, expect, expectEqual } from '../../src/conformance/expect.js'

const known = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const

export default defineCheck({
  title: 'A supported protocol version is agreed to when a client asks for it',
  requirement: 'versioning-echo-supported',
  hint: 'Answer initialize with params.protocolVersion whenever your list of versions holds it; offer your newest only for the others.',
  async run(client) {
    const { revisions, transport } = client.facts
    await offerAll(client, revisions)
    for (const revision of revisions) {
      const agreed = (await handshake(client, revision)).response?.result?.protocolVersion
      if (known.includes(agreed)) expectEqual(agreed, revision, `the version agreed to when asked for ${revision}`)
    }
    const others = known.filter((one) => !revisions.includes(one))
    if (transport === 'http+sse') {
      advise(
        !others.includes('2024-11-05'),
        'the server speaks the transport of 2024-11-05 but does not agree to that version',
        '2024-11-05',
        revisions,
      )
      return
    }
    const bogus = await client.post(request('ping'), { 'mcp-protocol-version': '1900-01-01' }, { resume: false })
    if (bogus.status !== 400) return
    for (const revision of others) {
      const reply = await client.post(request('ping'), { 'mcp-protocol-version': revision })
      const served = reply.response?.result !== undefined || bogus.text.includes(revision)
      expect(
        !served,
        `${revision} is supported (its header is served or a refusal lists it) but initialize does not agree to it`,
        revision,
        'another version',
      )
    }
  },
  fault: onResult('initialize', (result) => ({ ...result, protocolVersion: '2025-11-25' })),
})
