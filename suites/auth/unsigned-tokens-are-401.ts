import {
  defineCheck,
  everyRevision,
  expectTokensRefused,
  jwtIn,
  letIn,
  unsignedTokens,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A JSON Web Token without a signature is answered with 401',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'oauth'],
  revisions: everyRevision,
  hint: 'Verify with a fixed list of algorithms (jwtVerify with algorithms: [...]); never take the algorithm from the token, and never just decode it.',
  async run(client) {
    await expectTokensRefused(client, unsignedTokens(client))
  },
  fault: letIn((_request, shown) => jwtIn(shown)?.header.alg === 'none'),
})
