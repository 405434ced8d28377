import { defineCheck, onIssuerMetadata, ownIssuerMetadata } from '../../src/conformance/check.js'
import { advise, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that issues tokens itself supports PKCE with S256',
  requirement: 'auth-pkce-required',
  needs: ['auth', 'oauth'],
  hint: 'List S256 in code_challenge_methods_supported: without it clients take PKCE for unsupported and refuse to sign in.',
  async run(client) {
    const document = await ownIssuerMetadata(client)
    const methods: unknown = document.code_challenge_methods_supported
    const newer = client.facts.revisions.some((revision) => revision > '2025-03-26')
    if (methods === undefined && !document.authorization_endpoint)
      notApplicable('the metadata has no authorization endpoint')
    // Later revisions leave it to the authorization server, and tell their clients to refuse one that does not say it.
    if (methods === undefined && newer)
      advise(false, 'the metadata says nothing about PKCE', 'code_challenge_methods_supported: ["S256"]', document)
    expect(
      Array.isArray(methods) && methods.includes('S256'),
      'the authorization-server metadata does not list S256',
      'code_challenge_methods_supported: ["S256"]',
      methods,
    )
  },
  fault: onIssuerMetadata((document) => ({ ...document, code_challenge_methods_supported: ['plain'] })),
})
