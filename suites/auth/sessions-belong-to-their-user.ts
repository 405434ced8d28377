import {
  calls,
  defineCheck,
  everyRevision,
  expectTurnedAway,
  notification,
  request,
  signedIn,
  takeForOwner,
} from '../../src/conformance/check.js'
import { assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A session serves no other user than the one who opened it',
  requirement: 'session-bound-to-user',
  needs: ['auth', 'credentials', 'second-token', 'session'],
  revisions: everyRevision,
  hint: 'Keep the user (the sub claim, not the token itself, which is refreshed) with the session and compare it on every request; answer 404 or 403 to others.',
  async run(client) {
    const session = await signedIn(client)
    const other = await client.open({ identity: 'second' })
    assume(other.id !== undefined, 'the second user can open a session', other.opening)
    for (const payload of [
      request('tools/list'),
      request('ping'),
      request('tools/call', { name: client.canary(), arguments: {} }),
      notification('notifications/initialized'),
      { jsonrpc: '2.0', id: client.canary(), result: {} },
    ]) {
      const reply = await session.post(payload, {}, { identity: 'second' })
      expectTurnedAway(reply, `${'method' in payload ? payload.method : 'a response'} of another user in this session`)
    }
  },
  fault: takeForOwner(
    (request, shown, owner) => shown !== undefined && shown !== owner && calls('tools/list')(request),
  ),
})
