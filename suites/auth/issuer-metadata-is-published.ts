import { defineCheck, issuerDocument, issuerPlaces, onIssuerMetadata, ownIssuer } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that is its own authorization server publishes that metadata',
  requirement: 'auth-as-metadata',
  needs: ['auth', 'oauth'],
  hint: 'Serve /.well-known/oauth-authorization-server (RFC 8414) at the root of the host.',
  async run(client) {
    await ownIssuer(client)
    const { right, wrong } = issuerPlaces(client)
    const found = await Promise.all([...right, ...wrong].map((url) => issuerDocument(client, url)))
    const statuses = found.map(({ url, reply }) => `${url}: HTTP ${reply.status}`)
    const some = found.some(({ document }) => document !== undefined)
    expect(some, 'no metadata of the authorization server was found', 'a document', statuses)
  },
  fault: { ...onIssuerMetadata(() => ({})) },
})
