import { challengeOf, defineCheck, onChallenge, scopeRefusals } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The refusal of a token with too little scope names the scopes that are needed',
  requirement: 'auth-insufficient-scope-names-scopes',
  needs: ['auth', 'oauth', 'credentials', 'insufficient-scope-token'],
  hint: 'Add scope="..." to the challenge of the 403, so that clients know what to ask for.',
  async run(client) {
    for (const { name, reply } of await scopeRefusals(client)) {
      const scope = challengeOf(reply, 'Bearer')?.params.scope
      expect(
        scope !== undefined && scope.trim() !== '',
        `the refusal of ${name} does not say which scopes are needed`,
        'scope="..." in the challenge',
        reply.header('www-authenticate'),
      )
    }
  },
  fault: onChallenge((value) =>
    value.includes('insufficient_scope') ? value.replace(/,?\s*scope="[^"]*"/, '') : value,
  ),
})
