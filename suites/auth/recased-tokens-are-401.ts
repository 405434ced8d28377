import { defineCheck, everyRevision, expectTokensRefused, letIn } from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The good token in another case is not the good token',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Lower-casing the whole Authorization header to find the scheme also lower-cases the token; a column with a case-insensitive collation does the same.',
  async run(client) {
    const { token } = client.given.credential!
    const tokens = {
      'the good token in upper case': token.toUpperCase(),
      'the good token in lower case': token.toLowerCase(),
    }
    if (Object.values(tokens).every((one) => one === token)) notApplicable('the good token has no letters')
    await expectTokensRefused(client, tokens)
  },
  fault: letIn((_request, shown, good) => shown !== good && shown?.toLowerCase() === good.toLowerCase()),
})
