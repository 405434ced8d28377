import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { assume, notApplicable } from './expect.js'
import { type Fault, type FaultReply, json } from './fault.js'
import { ownIssuerMetadata } from './issuer-metadata.js'

/** Where the client that is registered wants to be sent back to. */
export const ownRedirect = 'https://client.example/callback'

/** A client registered for the run, and where it asks for authorization. */
export interface Registration {
  clientId: string
  authorizationEndpoint: string
  registrationEndpoint: string
}

/** Asks the issuer to register a client that is sent back to `redirect`. Only for servers on this machine: it leaves a client behind. */
export function register(client: Client, registrationEndpoint: string, redirect: string): Promise<Reply> {
  const body = JSON.stringify({
    client_name: 'mcp-gauntlet',
    redirect_uris: [redirect],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  })
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return client.http({ method: 'POST', url: registrationEndpoint, headers, body, identity: 'none' })
}

/** The endpoints of an issuer in the server's own host that both registers clients and lets people sign in; ends the check for all others. */
export async function signInEndpoints(client: Client): Promise<Omit<Registration, 'clientId'>> {
  const document = await ownIssuerMetadata(client)
  const { authorization_endpoint: authorizationEndpoint, registration_endpoint: registrationEndpoint } = document
  const { origin } = new URL(client.facts.url)
  const own = [authorizationEndpoint, registrationEndpoint].every(
    (url) => typeof url === 'string' && URL.canParse(url) && new URL(url).origin === origin,
  )
  if (!own) notApplicable('the issuer offers no registration and sign-in on this host')
  return { authorizationEndpoint, registrationEndpoint }
}

/** A client that is registered, once per run. */
export function registration(client: Client): Promise<Registration> {
  return client.once('registration', async (one) => {
    const endpoints = await signInEndpoints(one)
    const reply = await register(one, endpoints.registrationEndpoint, ownRedirect)
    const [document] = reply.messages
    const clientId = isObject(document) ? document.client_id : undefined
    assume(reply.ok && typeof clientId === 'string', 'a client with an https redirect is registered', reply)
    return { ...endpoints, clientId }
  })
}

/** Opens the sign-in page as the registered client would; parameters that are undefined are left out. Redirects are not followed. */
export function authorize(
  client: Client,
  { clientId, authorizationEndpoint }: Registration,
  changes: Record<string, string | undefined> = {},
): Promise<Reply> {
  const url = new URL(authorizationEndpoint)
  const all = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: ownRedirect,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'gauntlet',
    ...changes,
  }
  for (const [name, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(name, value)
  return client.http({ url: url.href, headers: { accept: 'text/html' }, identity: 'none' })
}

/** The registered client, once its sign-in with PKCE was seen to begin, and how that looked. Ends the check where it does not. */
export async function signIn(client: Client): Promise<{ known: Registration; control: Reply }> {
  const known = await registration(client)
  const control = await authorize(client, known)
  const begins = isConsent(control) || leadsTo(control)?.searchParams.has('error') === false
  assume(begins, 'sign-in with PKCE begins', control)
  return { known, control }
}

/** Where an answer leads, when it is a redirect. */
export function leadsTo(reply: Reply): URL | undefined {
  const location = reply.status >= 300 && reply.status < 400 ? reply.header('location') : undefined
  return location !== undefined && URL.canParse(location) ? new URL(location) : undefined
}

/** True for the page a person signs in or agrees on: a success that does not speak of an error. */
export function isConsent(reply: Reply): boolean {
  return reply.status === 200 && !/error|invalid|not (registered|allowed)|mismatch|denied/i.test(reply.text)
}

/** The issuer of a fault: it registers who asks with `registers`, and answers sign-ins with `signsIn`. */
export function issuerThat(
  registers: (redirect: string) => boolean,
  signsIn: (query: URLSearchParams) => FaultReply,
): Fault {
  return {
    request({ url, body }) {
      const { pathname, searchParams } = new URL(url, 'http://issuer.example')
      if (pathname === '/authorize') return signsIn(searchParams)
      if (pathname !== '/register') return undefined
      const wish = JSON.parse(body || '{}')
      return registers(String(wish.redirect_uris))
        ? json(201, { ...wish, client_id: 'one' })
        : json(400, { error: 'invalid_redirect_uri' })
    },
    reply(reply, { url, headers }) {
      if (!url.startsWith('/.well-known/oauth-authorization-server') || reply.status !== 200) return undefined
      const document = JSON.parse(reply.body ?? '{}')
      const origin = `http://${headers.host}`
      const endpoints = { authorization_endpoint: `${origin}/authorize`, registration_endpoint: `${origin}/register` }
      return { ...reply, body: JSON.stringify({ ...document, ...endpoints }) }
    },
  }
}
