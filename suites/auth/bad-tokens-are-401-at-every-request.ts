import {
  calls,
  defineCheck,
  everyDoor,
  everyRevision,
  expectAllShut,
  letIn,
  signedIn,
  streamDoor,
  visitors,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The token is verified on every request of a live session, not only on the first',
  requirement: 'auth-every-request-verified',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Do not remember in the session that the user has signed in; verify the token of each request, also while a stream is open.',
  async run(client) {
    const session = await signedIn(client)
    const stream = client.facts.getStream ? await streamDoor(client, session).knock('own') : undefined
    await expectAllShut(client, await everyDoor(client), visitors(client, { 'a garbage token': client.canary('gk') }))
    stream?.close()
  },
  fault: letIn(
    (request, shown, good) => shown !== undefined && shown !== good && calls(/^(ping|prompts\/list)$/)(request),
  ),
})
