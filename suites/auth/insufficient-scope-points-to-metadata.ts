import { challengeOf, defineCheck, onChallenge, scopeRefusals } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The refusal of a token with too little scope points to the resource metadata',
  requirement: 'auth-insufficient-scope-metadata',
  needs: ['auth', 'oauth', 'credentials', 'insufficient-scope-token'],
  hint: 'Add resource_metadata="..." to the challenge of the 403, as to that of the 401.',
  async run(client) {
    for (const { name, reply } of await scopeRefusals(client)) {
      const url = challengeOf(reply, 'Bearer')?.params.resource_metadata
      expect(
        url !== undefined && URL.canParse(url),
        `the refusal of ${name} does not point to the metadata`,
        'resource_metadata="https://..." in the challenge',
        reply.header('www-authenticate'),
      )
    }
  },
  fault: onChallenge((value) =>
    value.includes('insufficient_scope') ? value.replace(/,?\s*resource_metadata="[^"]*"/, '') : value,
  ),
})
