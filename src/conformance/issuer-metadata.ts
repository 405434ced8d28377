import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { notApplicable } from './expect.js'
import { type Fault, type FaultRequest, onReply } from './fault.js'
import { metadataPlacesOf } from './resource-metadata.js'

const wellKnown = '/.well-known/oauth-authorization-server'

/**
 * The authorization-server metadata of a server that is its own issuer, as in 2025-03-26 (RFC 8414); ends the check for all others.
 * Servers of later revisions may leave sign-in to another host, so its absence is nothing to judge there.
 */
export async function ownIssuerMetadata(client: Client): Promise<Record<string, any>> {
  const { origin } = new URL(client.facts.url)
  const { reply, document } = await issuerDocument(client, origin + wellKnown)
  if (reply.status !== 200 || !document)
    return notApplicable('the server publishes no authorization-server metadata of its own')
  const own =
    typeof document.issuer === 'string' && URL.canParse(document.issuer) && new URL(document.issuer).origin === origin
  return own ? document : notApplicable('the authorization server is another host')
}

/** What a stranger gets at a place where metadata of an issuer may lie; asked once per run. */
export function issuerDocument(
  client: Client,
  url: string,
): Promise<{ url: string; reply: Reply; document?: Record<string, any> }> {
  return client.once(`issuer metadata ${url}`, async (one) => {
    const reply = await askOpenly(one, url)
    const [document] = reply.messages
    return { url, reply, ...(isObject(document) && 'issuer' in document ? { document } : {}) }
  })
}

/** What a stranger gets for a JSON document; another host is told nothing the operator gave for the server. */
export async function askOpenly(client: Client, url: string): Promise<Reply> {
  const own = new URL(url).origin === new URL(client.facts.url).origin
  const withheld = own ? {} : Object.fromEntries(client.headersOf('none').map(([name]) => [name, null]))
  const reply = await client.http({ url, headers: { ...withheld, accept: 'application/json' }, identity: 'none' })
  reply.close()
  return reply
}

/** The host of the server, where its resource metadata names just that as authorization server, without a path; ends the check for all others. */
export async function ownIssuer(client: Client): Promise<string> {
  const { origin } = new URL(client.facts.url)
  const places = await metadataPlacesOf(client)
  const named = places.flatMap(({ document }) => document?.authorization_servers ?? [])
  if (named.some((one) => one === origin || one === `${origin}/`)) return origin
  return notApplicable('the resource metadata does not name this host as authorization server')
}

/** Where the metadata of an issuer at the host root lies, by RFC 8414 and by OpenID Connect, and where it lies by mistake. */
export function issuerPlaces(client: Client): { right: string[]; wrong: string[] } {
  const { origin, pathname } = new URL(client.facts.url)
  const path = pathname.replace(/\/$/, '')
  const names = [wellKnown, '/.well-known/openid-configuration']
  return {
    right: names.map((name) => origin + name),
    wrong: path === '' ? [] : names.flatMap((name) => [`${origin}${path}${name}`, `${origin}${name}${path}`]),
  }
}

/** Changes the authorization-server metadata. */
export function onIssuerMetadata(change: (document: any, request: FaultRequest) => unknown): Fault {
  return onReply(
    (request) => request.url.startsWith(wellKnown),
    (reply, request) =>
      reply.status === 200
        ? { ...reply, body: JSON.stringify(change(JSON.parse(reply.body ?? '{}'), request)) }
        : reply,
  )
}
