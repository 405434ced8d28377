import { authorizePage, issuerMetadata, redirectAllowed, register } from '../core/issuer-pages.js'
import type { Exchange, Json, Page, Policy } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

/** Changes the protected-resource metadata. */
const document =
  (change: (document: Json, ex: Exchange) => unknown) =>
  (base: Policy): Partial<Policy> => ({
    metadata(ex) {
      const page = base.metadata(ex)
      if (page === undefined) return undefined
      const parsed = JSON.parse(page.body) as Json
      change(parsed, ex)
      return { ...page, body: JSON.stringify(parsed) }
    },
  })

const page =
  (change: (page: Page) => Page | undefined) =>
  (base: Policy): Partial<Policy> => ({
    metadata(ex) {
      const found = base.metadata(ex)
      return found === undefined ? undefined : change(found)
    },
  })

/** Replaces a page of the authorization server. */
const issuer =
  (path: string, make: (ex: Exchange, body: string) => Page | undefined) =>
  (base: Policy): Partial<Policy> => ({
    issuerPage(ex, body) {
      if (ex.world.auth !== 'oauth' || ex.path !== path) return base.issuerPage(ex, body)
      return make(ex, body)
    },
  })

const isOauth =
  (path: string) =>
  (ex: Exchange): boolean =>
    ex.path === path && ex.req.method === 'GET'
const matches = 'auth-prm-resource-matches'

/** Faults of metadata and of the built-in authorization server. */
export const discoveryFaults: Fault[] = [
  must(
    'auth/metadata-no-servers',
    'auth-prm-authorization-servers',
    'FJO',
    'the metadata names no authorization server',
    document((one) => delete one.authorization_servers),
  ),
  must(
    'auth/metadata-empty-servers',
    'auth-prm-authorization-servers',
    'LSO',
    'the list of authorization servers is empty',
    document((one) => {
      one.authorization_servers = []
    }),
  ),
  must(
    'auth/metadata-server-text',
    'auth-prm-authorization-servers',
    'CHO',
    'the list of authorization servers is a string',
    document((one, ex) => {
      one.authorization_servers = ex.world.origin
    }),
  ),
  must(
    'auth/metadata-origin',
    matches,
    'FSO',
    'the resource is the origin without the path',
    document((one, ex) => {
      one.resource = ex.world.origin
    }),
  ),
  must(
    'auth/metadata-host',
    matches,
    'LSO',
    'the resource names another host',
    document((one, ex) => {
      one.resource = `https://ledger.example.org${ex.world.endpoint}`
    }),
  ),
  must(
    'auth/metadata-path',
    matches,
    'FJO',
    'the resource names another path',
    document((one, ex) => {
      one.resource = `${ex.world.origin}/api/v2`
    }),
  ),
  must(
    'auth/metadata-no-resource',
    matches,
    'CHO',
    'the metadata has no resource',
    document((one) => delete one.resource),
  ),
  should(
    'auth/metadata-slash',
    'auth-resource-no-trailing-slash',
    'FSO',
    'the resource ends with a slash',
    document((one) => {
      one.resource = `${String(one.resource)}/`
    }),
  ),
  must(
    'auth/metadata-fragment',
    'auth-prm-resource-https',
    'LSO',
    'the resource has a fragment',
    document((one) => {
      one.resource = `${String(one.resource)}#main`
    }),
  ),
  must(
    'auth/metadata-html',
    'auth-prm-json-200',
    'FJO',
    'the metadata is labelled text/html',
    page((one) => ({ ...one, type: 'text/html' })),
  ),
  must(
    'auth/metadata-203',
    'auth-prm-json-200',
    'LSO',
    'the metadata comes with status 203',
    page((one) => ({ ...one, status: 203 })),
  ),
  must('auth/metadata-protected', 'auth-prm-json-200', 'FSO', 'the metadata needs a token', (base) => ({
    metadata(ex) {
      const found = base.metadata(ex)
      const bare = found !== undefined && ex.req.headers.authorization === undefined
      return bare ? { status: 401, type: 'text/plain', body: 'credentials are needed' } : found
    },
  })),
  must(
    'auth/issuer-below-path',
    'auth-as-metadata-at-root',
    'FSO',
    'the issuer metadata is only below the path of the endpoint',
    (base) => ({
      issuerPage(ex, body) {
        if (ex.world.auth === 'oauth' && isOauth('/.well-known/oauth-authorization-server')(ex)) return undefined
        if (!isOauth(`${ex.world.endpoint}/.well-known/oauth-authorization-server`)(ex))
          return base.issuerPage(ex, body)
        return { status: 200, type: 'application/json', body: JSON.stringify(issuerMetadata(ex.world.origin)) }
      },
    }),
  ),
  must(
    'auth/no-pkce',
    'auth-pkce-required',
    'FSO',
    'a request without code_challenge gets the consent page',
    issuer('/authorize', (ex) => authorizePage(ex.query, { noPkce: true })),
  ),
  must(
    'auth/any-redirect',
    'auth-redirect-uri-validated',
    'LSO',
    'redirects to unregistered URIs',
    issuer('/authorize', (ex) => authorizePage(ex.query, { anyRedirect: true })),
  ),
  must(
    'auth/http-redirect',
    'auth-redirect-uri-localhost-or-https',
    'FJO',
    'plain http redirects can be registered',
    issuer('/register', (_ex, body) =>
      register(body, (uri) => redirectAllowed(uri) || String(uri).startsWith('http:')),
    ),
  ),
  should('auth/no-registration', 'auth-dcr', 'FSO', 'there is no dynamic registration', (base) => ({
    issuerPage(ex, body) {
      if (ex.path === '/register') return undefined
      const found = base.issuerPage(ex, body)
      if (found === undefined || !isOauth('/.well-known/oauth-authorization-server')(ex)) return found
      const { registration_endpoint: _gone, ...rest } = issuerMetadata(ex.world.origin)
      return { ...found, body: JSON.stringify(rest) }
    },
  })),
  should('auth/no-issuer-metadata', 'auth-as-metadata', 'LSO', 'there is no issuer metadata', (base) => ({
    issuerPage: (ex, body) => (ex.path.startsWith('/.well-known/') ? undefined : base.issuerPage(ex, body)),
  })),
  must(
    'auth/no-fallback',
    'auth-fallback-endpoints',
    'FJO',
    'neither issuer metadata nor the default endpoints exist',
    () => ({
      issuerPage: () => undefined,
    }),
  ),
]
