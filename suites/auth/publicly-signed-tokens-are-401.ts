import {
  defineCheck,
  everyRevision,
  expectTokensRefused,
  issuerKeys,
  publiclySignedTokens,
  takesPublicKeyForSecret,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A JSON Web Token signed with the public key of the issuer as a secret is answered with 401',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'oauth'],
  revisions: everyRevision,
  hint: 'Fix the algorithm by the key (RS256 or ES256 for a public one) and refuse HS256: whoever can read the key could sign with it.',
  async run(client) {
    await expectTokensRefused(client, publiclySignedTokens(client, await issuerKeys(client)))
  },
  fault: takesPublicKeyForSecret,
})
