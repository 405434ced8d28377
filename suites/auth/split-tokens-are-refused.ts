import { defineCheck, everyRevision, expectKeptOut, letIn, visitors } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The good token with white space inside is not the good token',
  requirement: 'auth-invalid-token-401',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Take the token as it stands after the scheme; neither remove white space from it nor cut it there.',
  async run(client) {
    const { token } = client.given.credential!
    const [left, right] = [token.slice(0, token.length >> 1), token.slice(token.length >> 1)]
    const tokens = {
      'the good token with a space inside': `${left} ${right}`,
      'the good token with a tab inside': `${left}\t${right}`,
      'the good token with a comma inside': `${left},${right}`,
    }
    const guests = visitors(client, tokens).map((guest) => ({ ...guest, also: [400] }))
    await expectKeptOut(client, guests)
  },
  fault: letIn((_request, shown, good) => shown !== good && shown?.replace(/\s/g, '') === good.replace(/\s/g, '')),
})
