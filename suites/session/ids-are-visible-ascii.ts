import { defineCheck, onReply, sampleSessionIds } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Session ids hold visible ASCII characters only',
  requirement: 'session-id-visible-ascii',
  needs: ['session'],
  opensChain: true,
  hint: 'Use a UUID, or hex or base64url text of random bytes.',
  async run(client) {
    const session = await client.session()
    const ids = [session.id, ...(await sampleSessionIds(client))]
    const odd = ids.find((id) => !/^[\x21-\x7e]+$/.test(id ?? 'a'))
    expect(odd === undefined, 'a session id holds a character outside 0x21 to 0x7E', 'visible ASCII', odd)
  },
  fault: onReply(
    (request) => request.message?.method === 'initialize',
    (reply) => ({ ...reply, headers: { ...reply.headers, 'mcp-session-id': 'session of gauntlet' } }),
  ),
})
