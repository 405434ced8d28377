import type { AuthFacts } from './facts.js'
import { notification, request } from './jsonrpc.js'
import { openSession } from './open.js'
import { type Peer, send } from './peer.js'
import type { Reply } from './reply.js'
import type { Session } from './session.js'

/** What the operator says the server should do about strangers. */
export type AuthExpectation = 'auto' | 'required' | 'none'

/** Asks as a stranger, on several methods, whether the server wants credentials, and looks for its protected-resource metadata (RFC 9728). */
export async function detectAuth(peer: Peer, session: Session, expectation: AuthExpectation): Promise<AuthFacts> {
  const replies = await Promise.all(strangers(peer, session).map((probe) => probe()))
  for (const reply of replies) reply.close()
  const refusals = replies.filter((reply) => reply.status === 401 || reply.status === 403)
  const open = replies.every((reply) => reply.status !== 401 && reply.status !== 403)
  const required =
    expectation === 'required' || (expectation === 'auto' && (refusals.length > 0 || peer.credentials.length > 0))
  const auth: AuthFacts = { required, open }
  if (!required) return auth
  const challenge = refusals.map((reply) => reply.header('www-authenticate')).find((value) => value !== undefined)
  if (challenge) auth.challenge = challenge
  const metadata = await findMetadata(peer, challenge)
  if (metadata) auth.metadata = metadata
  return auth
}

function strangers(peer: Peer, session: Session): (() => Promise<Reply>)[] {
  const none = { identity: 'none', timeoutMs: 3000, live: true } as const
  const probes: (() => Promise<Reply>)[] = [() => session.get({}, none)]
  if (!session.postUrl) return probes
  probes.push(
    () => session.post(request('tools/list'), {}, none),
    () => session.post(notification('notifications/initialized'), {}, none),
  )
  if (peer.credentials.length > 0) probes.push(() => hello(peer, session))
  return probes
}

async function hello(peer: Peer, session: Session): Promise<Reply> {
  const stranger = await openSession(peer, session.transport, session.revision, {
    identity: 'none',
    initialized: false,
  })
  await stranger.close()
  return stranger.opening
}

/** The places where the metadata may lie, in the order of the spec: the challenge's pointer, the path-specific and the root well-known URI. */
export function metadataPlaces(url: string, challenge: string | undefined): string[] {
  const { origin, pathname } = new URL(url)
  const named = /resource_metadata\s*=\s*"?([^",\s]+)"?/i.exec(challenge ?? '')?.[1]
  const wellKnown = `${origin}/.well-known/oauth-protected-resource`
  const places = [named, pathname === '/' ? undefined : wellKnown + pathname, wellKnown]
  return [...new Set(places.filter((place): place is string => place !== undefined && URL.canParse(place)))]
}

async function findMetadata(peer: Peer, challenge: string | undefined): Promise<AuthFacts['metadata']> {
  const { origin } = new URL(peer.url)
  for (const url of metadataPlaces(peer.url, challenge).filter((place) => new URL(place).origin === origin)) {
    const reply = await send(peer, { method: 'GET', url, headers: [['accept', 'application/json']], timeoutMs: 3000 })
    await reply.until(() => false, 3000)
    const document = reply.messages[0] as Record<string, any> | undefined
    if (reply.status === 200 && document && typeof document === 'object') return { url, document }
  }
  return undefined
}
