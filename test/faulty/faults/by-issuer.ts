import { createHmac, createPublicKey } from 'node:crypto'
import { authorizePage, issuerMetadata, redirectAllowed, register } from '../core/issuer-pages.js'
import type { Exchange } from '../core/types.js'
import { type Fault, must, should } from './fault.js'
import { ada, claims, document, page, tokenOf } from './guarded.js'

/** Faults of challenges, of metadata and of the issuer. */
export const issuerFaults: Fault[] = [
  must(
    'auth/no-challenge-for-messages',
    'auth-401-challenge',
    'CHK CHO',
    'a 401 for messages to a channel has no challenge',
    (base) => ({
      challenge: (verdict, ex) => (ex.req.method === 'POST' ? undefined : base.challenge(verdict, ex)),
    }),
  ),
  must(
    'auth/no-challenge-on-expired',
    'auth-401-challenge',
    'FSO',
    'the 401 for an expired token has no challenge',
    (base) => ({
      challenge: (verdict, ex) =>
        Number(claims(ex as Exchange).exp) * 1000 < Date.now() ? undefined : base.challenge(verdict, ex),
    }),
  ),
  must(
    'auth/public-key-as-secret',
    'auth-invalid-token-401',
    'FSO LSO',
    'tokens of HS256 are verified with the public key of the issuer',
    (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        const [head = '', body = '', signature] = tokenOf(ex).split('.')
        if (verdict.ok) return verdict
        const key = createPublicKey({ key: ex.world.desk.publicKey!, format: 'jwk' })
        const pem = key.export({ type: 'spki', format: 'pem' })
        const right = createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url')
        return signature === right && Number(claims(ex as Exchange).exp) * 1000 > Date.now() ? ada : verdict
      },
    }),
  ),
  must(
    'auth/metadata-server-empty',
    'auth-prm-authorization-servers',
    'FSO LSO',
    'the authorization server is an empty text',
    document((one) => ({ ...one, authorization_servers: [''] })),
  ),
  must(
    'auth/metadata-in-text',
    'auth-prm-json-200',
    'FJO CHO',
    'the metadata is JSON inside a JSON string',
    document((one) => JSON.stringify(one)),
  ),
  must(
    'auth/metadata-one-more-segment',
    'auth-prm-resource-matches',
    'LSO FSO',
    'the resource has a segment more than the endpoint',
    document((one) => ({ ...one, resource: `${String(one.resource)}/v1` })),
  ),
  must(
    'auth/challenge-misspelt',
    'auth-challenge-resource-metadata',
    'FJO LSO',
    'the challenge calls the metadata resource-metadata',
    (base) => ({
      challenge: (verdict, ex) => base.challenge(verdict, ex)?.replace('resource_metadata=', 'resource-metadata='),
    }),
  ),
  should('auth/scope-in-list', 'auth-challenge-scope', 'FSO LSO', 'the challenge calls its scope scopes', (base) => ({
    challenge: (verdict, ex) => base.challenge(verdict, ex)?.replace(' scope=', ' scopes='),
  })),
  should(
    'auth/scope-not-enough',
    'auth-insufficient-scope-names-scopes',
    'FJO LSO',
    'the 403 names an empty scope',
    (base) => ({
      challenge: (verdict, ex) =>
        verdict.status === 403
          ? base.challenge(verdict, ex)?.replace(/scope="[^"]*"/, 'scope=""')
          : base.challenge(verdict, ex),
    }),
  ),
  must(
    'auth/redirect-begins-right',
    'auth-redirect-uri-validated',
    'FSO',
    'a redirect that begins like a registered one passes',
    (base) => ({
      issuerPage(ex, body) {
        const uri = ex.query.get('redirect_uri')
        if (ex.path !== '/authorize' || ex.world.auth !== 'oauth' || uri === null) return base.issuerPage(ex, body)
        const strict = authorizePage(ex.query)
        if (strict.status !== 400 || !strict.body.includes('not registered')) return strict
        const query = new URLSearchParams(ex.query)
        for (let length = uri.length - 1; length > 10; length -= 1) {
          query.set('redirect_uri', uri.slice(0, length))
          if (authorizePage(query).status !== 400) return authorizePage(ex.query, { anyRedirect: true })
        }
        return strict
      },
    }),
  ),
  must(
    'auth/localhost-like-redirect',
    'auth-redirect-uri-localhost-or-https',
    'FJO',
    'http redirects to hosts that begin with localhost can be registered',
    (base) => ({
      issuerPage: (ex, body) =>
        ex.path === '/register' && ex.req.method === 'POST' && ex.world.auth === 'oauth'
          ? register(body, (uri) => redirectAllowed(uri) || /^http:\/\/(localhost|127\.0\.0\.1)/.test(String(uri)))
          : base.issuerPage(ex, body),
    }),
  ),
  must('auth/pkce-plain-only', 'auth-pkce-required', 'FSO LSO', 'an empty code_challenge passes', (base) => ({
    issuerPage: (ex, body) =>
      ex.path === '/authorize' && ex.world.auth === 'oauth' && (ex.query.get('code_challenge') ?? '') === ''
        ? authorizePage(ex.query, { noPkce: true })
        : base.issuerPage(ex, body),
  })),
  must(
    'auth/pkce-untold',
    'auth-pkce-required',
    'LSO FJO',
    'the issuer names no code_challenge_methods_supported and takes requests without',
    (base) => ({
      issuerPage(ex, body) {
        if (ex.world.auth !== 'oauth') return base.issuerPage(ex, body)
        if (ex.path === '/authorize') return authorizePage(ex.query, { noPkce: true })
        if (ex.path !== '/.well-known/oauth-authorization-server') return base.issuerPage(ex, body)
        const { code_challenge_methods_supported: _, ...rest } = issuerMetadata(ex.world.origin)
        return page(200, rest)
      },
    }),
  ),
  should(
    'auth/registration-closed',
    'auth-dcr',
    'FJO LSO',
    'registration is announced and always forbidden',
    (base) => ({
      issuerPage: (ex, body) =>
        ex.path === '/register' && ex.world.auth === 'oauth'
          ? page(403, { error: 'access_denied' })
          : base.issuerPage(ex, body),
    }),
  ),
]
