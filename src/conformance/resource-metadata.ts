import { metadataPlaces } from '../wire/detect-auth.js'
import { isObject, parseJson } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { notApplicable, notTestable } from './expect.js'
import { type Fault, type FaultRequest, onReply } from './fault.js'
import { isLoopback } from './needs.js'

/** What a stranger gets at one of the places where protected-resource metadata may lie (RFC 9728). */
export interface MetadataPlace {
  url: string
  /** True for the URL that the challenge names. */
  announced: boolean
  reply: Reply
  /** The document, when the body reads as one whatever its type and status say. */
  document?: Record<string, any>
}

const wellKnown = '/.well-known/oauth-protected-resource'

/** The URL the challenge gives as resource_metadata. */
export function announcedMetadata(client: Client): string | undefined {
  return /resource_metadata\s*=\s*"?([^",\s]+)"?/i.exec(client.facts.auth.challenge ?? '')?.[1]
}

/** Asks as a stranger at each place, once per run: the challenge's URL, the well-known ones below the host. Other origins are left alone. */
export function metadataPlacesOf(client: Client): Promise<MetadataPlace[]> {
  return client.once('resource metadata', askPlaces)
}

async function askPlaces(client: Client): Promise<MetadataPlace[]> {
  const { origin } = new URL(client.facts.url)
  const announced = announcedMetadata(client)
  const urls = metadataPlaces(client.facts.url, client.facts.auth.challenge).filter(
    (url) => new URL(url).origin === origin,
  )
  return Promise.all(
    urls.map(async (url) => {
      const reply = await client.http({ url, headers: { accept: 'application/json' }, identity: 'none' })
      reply.close()
      const found = parseJson(reply.text)
      const document = isObject(found) && ('resource' in found || 'authorization_servers' in found) ? found : undefined
      return { url, announced: url === announced, reply, ...(document ? { document } : {}) }
    }),
  )
}

/** The places with a document; ends the check where there is none, which other checks judge. */
export async function metadataDocuments(
  client: Client,
): Promise<(MetadataPlace & { document: Record<string, any> })[]> {
  const places = await metadataPlacesOf(client)
  const found = places.filter(
    (place): place is MetadataPlace & { document: Record<string, any> } => place.document !== undefined,
  )
  if (found.length > 0) return found
  const announced = announcedMetadata(client)
  if (announced && URL.canParse(announced) && new URL(announced).origin !== new URL(client.facts.url).origin)
    notTestable(`the metadata lies on another host (${announced}), which is not asked`)
  return notApplicable('no metadata document was found: see auth/metadata-is-discoverable')
}

/** The resource identifiers a document at that place may name: the one its URL was built from, and the URL of the server. */
export function rightResources(client: Client, place: string): string[] {
  const url = new URL(place)
  const built = url.pathname.startsWith(wellKnown)
    ? [url.origin + url.pathname.slice(wellKnown.length) + url.search]
    : []
  return [...new Set([client.facts.url, ...built])]
}

/** True for https, and for http on this machine. */
export function isSecure(url: string): boolean {
  return (
    URL.canParse(url) && (new URL(url).protocol === 'https:' || (new URL(url).protocol === 'http:' && isLoopback(url)))
  )
}

/** True for requests for protected-resource metadata. */
export function asksMetadata(request: FaultRequest): boolean {
  return request.url.startsWith(wellKnown)
}

/** Changes the protected-resource metadata, wherever it is served. */
export function onMetadata(change: (document: any, request: FaultRequest) => unknown): Fault {
  return onReply(asksMetadata, (reply, request) => {
    const document = parseJson(reply.body ?? '')
    return isObject(document) ? { ...reply, body: JSON.stringify(change(document, request)) } : reply
  })
}

/** Changes the WWW-Authenticate field of every refusal; undefined takes it away. */
export function onChallenge(change: (value: string, request: FaultRequest) => string | undefined): Fault {
  return {
    reply(reply, request) {
      const { 'www-authenticate': value, ...headers } = reply.headers
      if (value === undefined) return undefined
      const changed = change(String(value), request)
      return { ...reply, headers: changed === undefined ? headers : { ...headers, 'www-authenticate': changed } }
    },
  }
}
