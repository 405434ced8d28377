import { defineCheck, everyRevision, expectTokensRefused, letIn } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A token that nobody issued is answered with 401',
  requirement: 'auth-invalid-token-401',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'That a token is present proves nothing. Look it up or verify it, and answer 401 (not 403, 400 or 500) when that fails.',
  async run(client) {
    const tokens = {
      'a garbage token': client.canary('gk'),
      'a token of one character': 'x',
      'a long garbage token': client.canary('gk').repeat(60),
      'a garbage token of digits': '0'.repeat(32),
    }
    await expectTokensRefused(client, tokens)
  },
  fault: letIn((_request, shown) => /\b0{32}$/.test(shown ?? '')),
})
