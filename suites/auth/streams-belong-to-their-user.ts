import { defineCheck, everyRevision, expectTurnedAway, signedIn, takeForOwner } from '../../src/conformance/check.js'
import { assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The stream of a session opens for no other user',
  requirement: 'session-bound-to-user',
  needs: ['auth', 'credentials', 'second-token', 'session', 'get-stream'],
  revisions: everyRevision,
  hint: 'The GET handler finds the session by its id alone: compare the user there as well, and for Last-Event-ID too.',
  async run(client) {
    const session = await signedIn(client)
    const other = await client.open({ identity: 'second' })
    assume(other.id !== undefined, 'the second user can open a session', other.opening)
    for (const headers of [{}, { 'last-event-id': session.opening.lastEventId ?? '0' }]) {
      const reply = await session.get(headers, { identity: 'second' })
      expectTurnedAway(reply, 'a GET of another user in this session')
    }
  },
  fault: takeForOwner((request, shown, owner) => shown !== undefined && shown !== owner && request.method === 'GET'),
})
