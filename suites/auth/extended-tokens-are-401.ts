import { defineCheck, everyRevision, expectTokensRefused, extendedTokens, letIn } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The good token with more around it is not the good token',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Compare whole tokens: startsWith and includes accept whatever else is sent along.',
  async run(client) {
    await expectTokensRefused(client, extendedTokens(client.given.credential!.token))
  },
  fault: letIn(
    (_request, shown, good) => good !== shown && shown !== undefined && shown.startsWith(good.replace(/=+$/, '')),
  ),
})
