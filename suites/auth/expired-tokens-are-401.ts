import {
  defineCheck,
  everyDoor,
  everyRevision,
  expectAllShut,
  jwtIn,
  letIn,
  visitors,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'An expired token is answered with 401, at the first request and at every later one',
  requirement: 'auth-expired-token-401',
  needs: ['auth', 'oauth', 'credentials', 'expired-token'],
  revisions: everyRevision,
  hint: 'Check exp on every request, with seconds, not milliseconds; a cache of verified tokens must not outlive them.',
  async run(client) {
    await expectAllShut(
      client,
      await everyDoor(client),
      visitors(client, { 'the expired token': client.given.bad.expired! }),
    )
  },
  fault: letIn((_request, shown, good) => {
    const claims = jwtIn(shown)?.claims
    return shown !== good && (claims?.exp ?? Number.POSITIVE_INFINITY) * 1000 < Date.now()
  }),
})
