import {
  defineCheck,
  everyRevision,
  expectAllShut,
  intruders,
  letIn,
  signedIn,
  stranger,
  streamDoor,
} from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The GET stream opens for nobody without good credentials',
  requirement: 'auth-every-request-verified',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'The GET handler needs the same guard as POST: whatever the server tells a session over this stream is the user’s data.',
  async run(client) {
    if (client.facts.transport === 'streamable-http' && !client.facts.getStream)
      notApplicable('GET opens no event stream on this server')
    const session = await signedIn(client)
    const resuming = {
      ...stranger,
      name: 'without credentials but with Last-Event-ID',
      headers: { 'last-event-id': session.opening.lastEventId ?? '0' },
    }
    await expectAllShut(client, [streamDoor(client, session)], [...intruders(client), resuming])
  },
  fault: letIn(
    (request, shown, good) =>
      request.method === 'GET' && shown !== good && /event-stream/.test(request.headers.accept ?? ''),
  ),
})
