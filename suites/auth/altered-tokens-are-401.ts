import { alteredTokens, defineCheck, everyRevision, expectTokensRefused, letIn } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The good token with one character changed is not the good token',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Compare every character, and verify the signature of a JWT before reading its claims.',
  async run(client) {
    await expectTokensRefused(client, alteredTokens(client.given.credential!.token))
  },
  fault: letIn(
    (_request, shown, good) =>
      good !== shown && shown?.length === good.length && shown.slice(0, -4) === good.slice(0, -4),
  ),
})
