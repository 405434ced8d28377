import { defineCheck, isSecure, onIssuerMetadata, ownIssuerMetadata } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that issues tokens itself does so over https',
  requirement: 'auth-endpoints-https',
  needs: ['auth', 'oauth'],
  hint: 'Behind TLS termination the framework sees http: set the public base URL of the issuer.',
  async run(client) {
    const document = await ownIssuerMetadata(client)
    for (const [name, value] of Object.entries(document)) {
      if (!/_endpoint$|^issuer$|^jwks_uri$/.test(name) || typeof value !== 'string') continue
      expect(
        isSecure(value),
        `${name} in the authorization-server metadata is not on https`,
        'https (http on this machine)',
        value,
      )
    }
  },
  fault: onIssuerMetadata((document) => ({ ...document, token_endpoint: 'http://login.example/token' })),
})
