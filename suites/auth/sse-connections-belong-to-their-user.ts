import {
  defineCheck,
  everyRevision,
  notification,
  request,
  signedIn,
  takeForOwner,
} from '../../src/conformance/check.js'
import { assume, expectRefused } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Messages of another user are not taken into an HTTP+SSE connection',
  requirement: 'session-bound-to-user',
  needs: ['auth', 'credentials', 'second-token', 'legacy-sse'],
  revisions: everyRevision,
  hint: 'The session id in the message URL is no credential: keep the user with the connection and compare it on every POST.',
  async run(client) {
    const session = await signedIn(client)
    const other = await client.open({ identity: 'second' })
    assume(other.opening.response?.result !== undefined, 'the second user can connect', other.opening)
    for (const payload of [request('ping'), request('tools/list'), notification('notifications/initialized')]) {
      const reply = await session.post(payload, {}, { identity: 'second' })
      expectRefused(reply, `${payload.method} posted by another user into this connection`)
    }
    assume((await session.request('ping')).response?.result !== undefined, 'the connection still works for its user')
  },
  fault: takeForOwner((request, shown, owner) => shown !== undefined && shown !== owner && request.method === 'POST'),
})
