import { bearing, defineCheck, everyRevision, expectKeptOut, letIn, type Visitor } from '../../src/conformance/check.js'

const schemes = ['Bearer', 'bearer', 'Basic', 'Token', 'Digest', 'Negotiate', 'ApiKey']

export default defineCheck({
  title: 'A garbage secret is refused under every scheme',
  requirement: 'auth-401-when-required',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'A guard that looks at Bearer tokens only must refuse every other scheme, not let it pass on.',
  async run(client) {
    const canary = client.canary()
    const basic = Buffer.from(`admin:${canary}`).toString('base64')
    const wrong = schemes.map((scheme): Visitor => {
      const value = `${scheme} ${scheme === 'Digest' ? `username="${canary}"` : scheme === 'Basic' ? basic : canary}`
      return {
        name: `with Authorization: ${scheme} and a garbage secret`,
        identity: [['authorization', value]],
        also: /bearer/i.test(scheme) ? [] : [400],
      }
    })
    const bare: Visitor = {
      name: 'with a garbage secret and no scheme',
      identity: [['authorization', canary]],
      also: [400],
    }
    const double: Visitor = {
      name: 'with the scheme named twice',
      identity: bearing(client, `Bearer ${canary}`),
      also: [400],
    }
    await expectKeptOut(client, [...wrong, bare, double])
  },
  fault: letIn((_request, shown) => /^Basic /.test(shown ?? '')),
})
