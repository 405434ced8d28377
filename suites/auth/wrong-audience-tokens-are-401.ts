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
  title: 'A token that was issued for another server is answered with 401',
  requirement: 'auth-audience-validated',
  needs: ['auth', 'oauth', 'credentials', 'wrong-audience-token'],
  revisions: everyRevision,
  hint: 'Compare the aud claim with your own resource identifier (jwtVerify with audience). The signature alone shows only who issued the token.',
  async run(client) {
    await expectAllShut(
      client,
      await everyDoor(client),
      visitors(client, { 'the wrong-audience token': client.given.bad['wrong-audience']! }),
    )
  },
  fault: letIn((_request, shown, good) => {
    const claims = jwtIn(shown)?.claims
    return shown !== good && claims !== undefined && claims.aud !== jwtIn(good)?.claims.aud
  }),
})
