import { defineCheck, onIssuerMetadata, ownIssuerMetadata } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that signs people in itself lets clients register',
  requirement: 'auth-dcr',
  needs: ['auth', 'oauth'],
  hint: 'Offer registration (RFC 7591) and name it as registration_endpoint: clients of 2025-03-26 know no other way to become known.',
  async run(client) {
    const document = await ownIssuerMetadata(client)
    if (!document.authorization_endpoint) notApplicable('the issuer gives tokens to machines alone')
    const endpoint: unknown = document.registration_endpoint
    const named = typeof endpoint === 'string' && URL.canParse(endpoint)
    expect(named, 'the authorization-server metadata names no place to register', 'a registration_endpoint', endpoint)
    if (new URL(endpoint).origin !== new URL(client.facts.url).origin) return
    const headers = { 'content-type': 'application/json' }
    const reply = await client.http({ method: 'POST', url: endpoint, headers, body: 'no JSON', identity: 'none' })
    expect(![404, 405, 501].includes(reply.status), `nothing answers at ${endpoint}`, 'HTTP 400', describe(reply))
  },
  fault: onIssuerMetadata(({ registration_endpoint: _, ...document }, { headers }) => ({
    ...document,
    authorization_endpoint: `http://${headers.host}/authorize`,
  })),
})
