import {
  defineCheck,
  everyRevision,
  expectTokensRefused,
  jwtIn,
  letIn,
  selfSignedTokens,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A JSON Web Token signed with a key of the bearer is answered with 401',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'oauth'],
  revisions: everyRevision,
  hint: 'Take keys from the issuer alone: never from the token (jwk, jku, x5u), and never a secret that can be guessed.',
  async run(client) {
    await expectTokensRefused(client, selfSignedTokens(client))
  },
  fault: letIn((_request, shown) => jwtIn(shown)?.header.jwk?.kty === 'RSA'),
})
