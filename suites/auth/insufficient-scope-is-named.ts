import { challengeOf, defineCheck, onChallenge, scopeRefusals } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The refusal of a token with too little scope carries a Bearer challenge with error insufficient_scope',
  requirement: 'auth-insufficient-scope-challenge',
  needs: ['auth', 'oauth', 'credentials', 'insufficient-scope-token'],
  hint: 'Send WWW-Authenticate: Bearer error="insufficient_scope" with the 403.',
  async run(client) {
    for (const { name, reply } of await scopeRefusals(client)) {
      const error = challengeOf(reply, 'Bearer')?.params.error
      expect(
        error === 'insufficient_scope',
        `the refusal of ${name} does not name its reason`,
        'WWW-Authenticate: Bearer error="insufficient_scope"',
        reply.header('www-authenticate'),
      )
    }
  },
  fault: onChallenge((value) => value.replace('insufficient_scope', 'invalid_token')),
})
