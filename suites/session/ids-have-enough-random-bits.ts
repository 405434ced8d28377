import { bitsThatDiffer, defineCheck, onReply, sampleSessionIds } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Session ids hold enough random bits to be cryptographically secure',
  requirement: 'session-id-secure',
  needs: ['session'],
  opensChain: true,
  hint: 'Use randomUUID() or at least 16 bytes from a cryptographic generator.',
  async run(client) {
    const ids = await sampleSessionIds(client)
    const bits = Math.round(bitsThatDiffer(ids))
    // A small sample shows less of what there is.
    expect(
      bits >= (ids.length < 24 ? 40 : 48),
      `session ids differ in ${bits} bits at most`,
      'what 64 random bits or more show',
      ids.slice(0, 4),
    )
  },
  fault: onReply(
    (request) => request.message?.method === 'initialize',
    (reply) => ({
      ...reply,
      headers: { ...reply.headers, 'mcp-session-id': String(reply.headers['mcp-session-id']).slice(0, 8) },
    }),
  ),
})
