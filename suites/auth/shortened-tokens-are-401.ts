import { defineCheck, everyRevision, expectTokensRefused, letIn, shortenedTokens } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A part of the good token is not the good token',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Compare whole tokens: startsWith, a truncated hash or a database column that is too short make a prefix as good as the whole.',
  async run(client) {
    await expectTokensRefused(client, shortenedTokens(client.given.credential!.token))
  },
  fault: letIn(
    (_request, shown, good) => shown !== undefined && shown.length > 12 && good !== shown && good.startsWith(shown),
  ),
})
