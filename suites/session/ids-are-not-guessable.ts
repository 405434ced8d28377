import { bitsThatDiffer, defineCheck, guessedId, onReply, sampleSessionIds } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Session ids are no counters, clock readings or hashes of small numbers',
  requirement: 'session-id-nondeterministic',
  needs: ['session'],
  opensChain: true,
  hint: 'Whoever can guess the next id can take the next session: use randomUUID() or another cryptographic generator.',
  async run(client) {
    const ids = await sampleSessionIds(client)
    expect(new Set(ids).size > ids.length / 2, 'sessions are given the same id again', 'random ids', ids.slice(-4))
    const bits = Math.round(bitsThatDiffer(ids))
    expect(bits >= 30, `session ids differ in ${bits} bits at most: they can be guessed`, 'random ids', ids.slice(-4))
    const hashed = await guessedId(client)
    expect(hashed === undefined, `a session id is the hash of "${hashed?.text}"`, 'random ids', hashed?.id)
  },
  fault: () => {
    let count = 0
    return onReply(
      (request) => request.message?.method === 'initialize',
      (reply) => ({ ...reply, headers: { ...reply.headers, 'mcp-session-id': `session-${++count}` } }),
    )
  },
})
