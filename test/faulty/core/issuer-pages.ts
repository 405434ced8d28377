import { randomUUID } from 'node:crypto'
import { SCOPE } from './auth.js'
import { isObject } from './jsonrpc.js'
import type { Caller, Json, Page } from './types.js'

const clients = new Map<string, string[]>()
const json = (status: number, body: unknown): Page => ({ status, type: 'application/json', body: JSON.stringify(body) })
const refuse = (error: string, text: string): Page => json(400, { error, error_description: text })

/** Metadata of the authorization server that lives in the same process. */
export function issuerMetadata(origin: string): Json {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    jwks_uri: `${origin}/keys`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: [SCOPE],
  }
}

/** A redirect may go to https or to this machine. */
export function redirectAllowed(uri: unknown): boolean {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return false
  const { protocol, hostname, hash } = new URL(uri)
  if (hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}

/** Registers a client. */
export function register(body: string, allowed: (uri: unknown) => boolean): Page {
  let wish: unknown
  try {
    wish = JSON.parse(body)
  } catch {
    return refuse('invalid_client_metadata', 'not JSON')
  }
  if (!isObject(wish)) return refuse('invalid_client_metadata', 'not an object')
  const uris = wish.redirect_uris
  if (!Array.isArray(uris) || uris.length === 0 || !uris.every(allowed)) {
    return refuse('invalid_redirect_uri', 'redirect URIs are https or loopback')
  }
  const id = randomUUID()
  clients.set(id, uris.map(String))
  const answer = {
    client_id: id,
    redirect_uris: uris,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }
  return json(201, answer)
}

/** Which checks of the authorization endpoint to leave out. */
export interface AuthorizeSlack {
  anyRedirect?: boolean
  noPkce?: boolean
}

/** Shows the consent page, or says why not. */
export function authorizePage(query: URLSearchParams, slack: AuthorizeSlack = {}): Page {
  const known = clients.get(query.get('client_id') ?? '')
  const redirect = query.get('redirect_uri') ?? known?.[0] ?? ''
  if (known === undefined) return refuse('invalid_client', 'unknown client')
  if (!slack.anyRedirect && !known.includes(redirect))
    return refuse('invalid_request', 'redirect_uri is not registered')
  const pkce = query.get('code_challenge') !== null && query.get('code_challenge_method') === 'S256'
  if (query.get('response_type') !== 'code' || (!pkce && !slack.noPkce)) {
    const target = new URL(redirect)
    target.searchParams.set('error', 'invalid_request')
    const state = query.get('state')
    if (state !== null) target.searchParams.set('state', state)
    return { status: 302, type: 'text/plain', body: '', headers: { location: target.href } }
  }
  const form = `<form method="post"><p>Continue to ${new URL(redirect).host}?</p><button>Allow</button></form>`
  return { status: 200, type: 'text/html', body: `<!doctype html><title>Consent</title>${form}` }
}

/** Pages of the authorization server. */
export function issuerPage(ex: Caller, body: string): Page | undefined {
  const { path, req, world } = ex
  if (world.auth !== 'oauth') return undefined
  if (path === '/.well-known/oauth-authorization-server' && req.method === 'GET')
    return json(200, issuerMetadata(world.origin))
  if (path === '/keys' && req.method === 'GET') return json(200, { keys: [world.desk.publicKey] })
  if (path === '/authorize' && req.method === 'GET') return authorizePage(ex.query)
  if (path === '/register' && req.method === 'POST') return register(body, redirectAllowed)
  if (path !== '/token' || req.method !== 'POST') return undefined
  const grant = new URLSearchParams(body).get('grant_type')
  return grant === 'authorization_code'
    ? refuse('invalid_grant', 'unknown code')
    : refuse('unsupported_grant_type', 'code only')
}
