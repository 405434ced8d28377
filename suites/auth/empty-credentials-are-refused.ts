import { defineCheck, everyRevision, expectKeptOut, letIn, type Visitor } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'An empty credential is no credential',
  requirement: 'auth-invalid-token-401',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Often an unset secret is compared with an empty token, and both are "". Refuse empty tokens first, and refuse to start without a secret.',
  async run(client) {
    const { header, scheme } = client.given.credential ?? { header: 'authorization', scheme: 'Bearer' }
    const values = scheme ? ['', scheme, `${scheme} `, `${scheme} ""`] : ['', ' ', '""']
    const guests = values.map(
      (value): Visitor => ({
        name: `with ${header}: ${JSON.stringify(value)}`,
        identity: [[header, value]],
        also: [400],
      }),
    )
    await expectKeptOut(client, guests)
  },
  fault: letIn((_request, shown) => shown !== undefined && /^(\S+\s*)?$/.test(shown) && shown.length < 10),
})
