import { defineCheck, everyRevision, expectTokensRefused, jwtIn, letIn, readJwt } from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A JSON Web Token under the signature of another one is answered with 401',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'oauth', 'credentials', 'second-token'],
  revisions: everyRevision,
  hint: 'The signature must fit these very claims; a signature that is genuine elsewhere proves nothing.',
  async run(client) {
    const [first, second] = [client.given.credential!.token, client.given.second!.token].map(readJwt)
    if (!first || !second) notApplicable('the tokens are no JSON Web Tokens')
    const tokens = {
      'the first token under the signature of the second': `${first.signed}.${second.signature}`,
      'the second token under the signature of the first': `${second.signed}.${first.signature}`,
    }
    await expectTokensRefused(client, tokens)
  },
  fault: letIn((_request, shown, good) => shown !== good && jwtIn(shown)?.signed === jwtIn(good)?.signed),
})
