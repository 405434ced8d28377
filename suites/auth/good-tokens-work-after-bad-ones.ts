import { defineCheck, everyRevision, mainDoors, signedIn, visitors } from '../../src/conformance/check.js'
import { assume, describe, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Bad tokens do no harm to the session of somebody with a good one',
  requirement: 'auth-every-request-verified',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Judge each request by its own token. State that a failed attempt leaves in the session or the process locks out its owner.',
  async run(client) {
    const session = await signedIn(client)
    const control = await session.request(client.plainMethod)
    assume(control.status >= 200 && control.status < 300, 'a ping with the good token is answered', control)
    const doors = await mainDoors(client)
    const tokens = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`garbage ${index}`, client.canary('gk')]),
    )
    for (const guest of visitors(client, tokens))
      for (const reply of await Promise.all(doors.map((door) => door.knock(guest.identity)))) reply.close()
    const after = await session.request(client.plainMethod)
    if (after.status === 429) notTestable('the server limits the rate of requests (429), which is its right')
    expect(
      after.response?.result !== undefined,
      'after bad tokens of others the good one is refused in its own session',
      'a result',
      describe(after),
    )
    const anew = await client.open({ fresh: true })
    expect(
      anew.opening.response?.result !== undefined || anew.opening.status === 429,
      'after bad tokens of others the good one opens no session',
      'a result',
      describe(anew.opening),
    )
  },
  fault: () => {
    let bad = 0
    return {
      reply: (reply) => (reply.status === 401 ? void bad++ : undefined),
      request: (request) =>
        bad > 12 ? { ...request, headers: { ...request.headers, authorization: 'Bearer locked' } } : undefined,
    }
  },
})
