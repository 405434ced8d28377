import {
  defineCheck,
  everyRevision,
  expectTokensRefused,
  jwtIn,
  letIn,
  rewrittenTokens,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A JSON Web Token whose signature does not fit is answered with 401',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'oauth'],
  revisions: everyRevision,
  hint: 'Reading the claims of a token is not verifying it: check the signature against the keys of the issuer first.',
  async run(client) {
    await expectTokensRefused(client, rewrittenTokens(client))
  },
  fault: letIn((_request, shown) => jwtIn(shown)?.claims.sub === 'gauntlet-admin'),
})
