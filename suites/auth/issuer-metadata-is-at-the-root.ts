import { defineCheck, issuerDocument, issuerPlaces, ownIssuer } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

const place = '/.well-known/oauth-authorization-server'

export default defineCheck({
  title: 'Metadata of the authorization server lies at the root of the host, not below the path of the endpoint',
  requirement: 'auth-as-metadata-at-root',
  needs: ['auth', 'oauth'],
  hint: 'Drop the path of the endpoint before the well-known path is appended; a router mounted at /mcp gets this wrong.',
  async run(client) {
    await ownIssuer(client)
    const { right, wrong } = issuerPlaces(client)
    const [atRoot, elsewhere] = await Promise.all(
      [right, wrong].map((urls) => Promise.all(urls.map((url) => issuerDocument(client, url)))),
    )
    if (atRoot!.some(({ document }) => document)) return
    const astray = elsewhere!.find(({ document }) => document)
    if (!astray)
      notApplicable('no metadata of the authorization server was found: see auth/issuer-metadata-is-published')
    expect(false, 'the metadata of the authorization server lies below a path', right[0], astray.url)
  },
  fault: {
    request(request) {
      if (request.url.startsWith(place)) return { status: 404, headers: {}, body: '' }
      return /^\/(mcp|sse)\/\.well-known\/oauth-auth/.test(request.url) ? { ...request, url: place } : undefined
    },
  },
})
