import { defineCheck, everyRevision, signedIn, takeForOwner } from '../../src/conformance/check.js'
import { assume, describe, expect, expectRefused } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A session is ended by no other user',
  requirement: 'session-bound-to-user',
  needs: ['auth', 'credentials', 'second-token', 'session'],
  revisions: everyRevision,
  hint: 'DELETE must compare the user with the one who opened the session, as POST does.',
  async run(client) {
    const session = await signedIn(client)
    const other = await client.open({ identity: 'second' })
    assume(other.id !== undefined, 'the second user can open a session', other.opening)
    const reply = await session.delete({}, { identity: 'second' })
    const after = await session.request('ping')
    expect(after.status === 200, 'a DELETE of another user ended the session', 'the session lives on', describe(after))
    expectRefused(reply, 'a DELETE of another user')
  },
  fault: takeForOwner((request, shown, owner) => shown !== undefined && shown !== owner && request.method === 'DELETE'),
})
