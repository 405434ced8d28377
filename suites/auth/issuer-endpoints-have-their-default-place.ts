import { defineCheck, issuerDocument, issuerPlaces, onReply, ownIssuer } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

/** Default places of 2025-03-26, each asked in a way that changes nothing. */
const defaults = [
  ['GET', '/authorize', ''],
  ['POST', '/token', 'grant_type=none'],
  ['POST', '/register', 'no JSON'],
] as const

export default defineCheck({
  title: 'An authorization server without metadata answers at the default places',
  requirement: 'auth-fallback-endpoints',
  needs: ['auth', 'oauth'],
  hint: 'Publish metadata, or serve /authorize, /token and /register at the root of the host: clients try nothing else.',
  async run(client) {
    const origin = await ownIssuer(client)
    const { right, wrong } = issuerPlaces(client)
    const found = await Promise.all([...right, ...wrong].map((url) => issuerDocument(client, url)))
    if (found.some(({ document }) => document)) notApplicable('the authorization server has metadata')
    for (const [method, path, body] of defaults) {
      const type = path === '/token' ? 'application/x-www-form-urlencoded' : 'application/json'
      const post = method === 'POST' ? { body, headers: { 'content-type': type } } : {}
      const reply = await client.http({ method, url: origin + path, identity: 'none', ...post })
      expect(
        ![404, 405, 501].includes(reply.status),
        `${method} ${path} is not served`,
        'any other status',
        reply.status,
      )
    }
  },
  fault: onReply(
    ({ url }) => /oauth-authorization-server|openid-configuration|^\/(authorize|token|register)/.test(url),
    {
      status: 404,
      headers: {},
      body: '',
    },
  ),
})
