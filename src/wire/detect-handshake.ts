import { setTimeout as delay } from 'node:timers/promises'
import { handshakeRevisions, newestHandshake } from '../protocol/revisions.js'
import { type AuthExpectation, detectAuth } from './detect-auth.js'
import type { Account } from './exchange.js'
import type { Facts, Obstacle } from './facts.js'
import { isObject } from './jsonrpc.js'
import { LegacySession } from './legacy-sse.js'
import { obstacleOf } from './obstacle.js'
import { openSession } from './open.js'
import type { Peer } from './peer.js'
import type { Reply } from './reply.js'
import type { Session } from './session.js'
import { StreamableSession } from './streamable.js'

/** The outcome for one era: facts, or the reason why there are none. A refusal for want of credentials still carries what auth checks need. */
export type EraDetection =
  | { facts: Facts; obstacle?: Obstacle; offered?: Offered[] }
  | { facts?: undefined; obstacle: Obstacle; offered?: undefined }

/** The answer to an initialize that offered a version, and the exchanges behind it. */
export interface Offered {
  offer: string
  opening: Reply
  accounts: Account[]
}

/**
 * Finds out how to speak to a server with a handshake: Streamable HTTP first, then HTTP+SSE, as the spec's backward-compatibility
 * section tells clients to; then which revisions it agrees to, whether it keeps sessions, how it answers and whether it wants
 * credentials. Spec: basic/transports#backwards-compatibility, basic/lifecycle#version-negotiation.
 */
export async function detectHandshake(peer: Peer, expectation: AuthExpectation): Promise<EraDetection> {
  const first = await firstHandshake(peer)
  const streamable = isObject(first.opening.response?.result)
  const unreachable = ['refused', 'dns', 'tls'].includes(first.opening.error?.kind ?? '')
  const legacy = streamable || unreachable ? undefined : await LegacySession.open(peer, newestHandshake)
  const session: Session | undefined = streamable ? first : legacy?.postUrl ? legacy : undefined
  if (session && isObject(session.opening.response?.result)) {
    try {
      return await handshakeFacts(peer, session, expectation)
    } finally {
      await session.close()
    }
  }
  const obstacle = obstacleOf(peer, legacy?.postUrl ? legacy.opening : first.opening, legacy?.stream)
  await Promise.all([first.close(), legacy?.close()])
  const refused = obstacle.kind === 'credentials'
  if (!refused && obstacle.kind !== 'handshake') return { obstacle }
  const silent = refused ? first.opening.status !== 401 : !first.opening.ok
  const sse = legacy !== undefined && silent && (legacy.stream.isStream || refused)
  return { obstacle, facts: await blindFacts(peer, sse ? 'http+sse' : 'streamable-http', expectation) }
}

/** Offers the newest revision, and older ones where the server answers with an error in place of a counter-offer. */
async function firstHandshake(peer: Peer): Promise<StreamableSession> {
  const first = await StreamableSession.open(peer, newestHandshake)
  if (!isObject(first.opening.response?.error) || [401, 403].includes(first.opening.status)) return first
  for (const revision of [...handshakeRevisions].reverse().slice(1)) {
    const next = await StreamableSession.open(peer, revision)
    if (isObject(next.opening.response?.result)) return next
  }
  return first
}

/** Whether a server that serves clients without a handshake takes initialize as well, and what is known of it then. */
export async function detectBeside(peer: Peer, expectation: AuthExpectation): Promise<EraDetection | undefined> {
  const session = await StreamableSession.open(peer, newestHandshake)
  try {
    if (isObject(session.opening.response?.result)) return await handshakeFacts(peer, session, expectation)
    return undefined
  } finally {
    await session.close()
  }
}

/** How long the GET stream may take to open before strangers are tried all the same, in ms. */
const firstStreamMs = 500

async function handshakeFacts(peer: Peer, session: Session, expectation: AuthExpectation): Promise<EraDetection> {
  const result = session.opening.response!.result
  const opening = session.get()
  // A stranger who is let in as well would take the one stream that many servers allow a session.
  const strangers = Promise.race([opening, delay(firstStreamMs)]).then(() => detectAuth(peer, session, expectation))
  const [versions, counter, stream, auth] = await Promise.all([
    offerAll(peer, session),
    offered(peer, session.transport, '1900-01-01'),
    opening,
    strangers,
  ])
  const known = handshakeRevisions.filter((revision, index) => agreedIn(versions[index]!.opening) === revision)
  const alone = session.opening.at.response ?? 0
  const once = slowest(versions)
  // The first of something may take a server long once: only what is slow a second time is slow under a crowd.
  const crowd = isStrain(once, alone) ? Math.min(once, slowest(await offerAll(peer, session))) : once
  const facts: Facts = {
    url: peer.url,
    transport: session.transport,
    revisions: known.length > 0 ? known : [session.revision],
    sessions: session.id !== undefined,
    answers: session.opening.isStream ? 'sse' : 'json',
    getStream: session.transport === 'streamable-http' && stream.status === 200 && stream.isStream,
    eventIds: session.opening.lastEventId !== undefined,
    handshakeMs: Math.max(alone, crowd / 4),
    strained: isStrain(crowd, alone),
    waits: alone > 300 && crowd > 0.8 * alone && crowd < 1.3 * alone,
    auth,
    capabilities: isObject(result.capabilities) ? result.capabilities : {},
    serverInfo: isObject(result.serverInfo) ? result.serverInfo : {},
  }
  const counterOffer = agreedIn(counter.opening)
  if (typeof counterOffer === 'string') facts.counterOffer = counterOffer
  if (typeof result.instructions === 'string') facts.instructions = result.instructions
  stream.close()
  return { facts, offered: [...versions, counter] }
}

/** Offers every revision with a handshake at the same time. */
function offerAll(peer: Peer, { transport }: Session): Promise<Offered[]> {
  return Promise.all(handshakeRevisions.map((revision) => offered(peer, transport, revision)))
}

function slowest(offers: readonly Offered[]): number {
  return Math.max(...offers.map(({ opening }) => opening.at.response ?? 0))
}

/** True where a few handshakes at a time take much longer than one, in ms. */
function isStrain(crowd: number, alone: number): boolean {
  return crowd > 500 && crowd > 2.5 * alone
}

async function offered(peer: Peer, transport: Session['transport'], offer: string): Promise<Offered> {
  const accounts: Account[] = []
  const recording = { ...peer, record: (account: Account) => void accounts.push(account) }
  const session = await openSession(recording, transport, newestHandshake, { offer, initialized: false })
  const seen = [...accounts]
  await session.close()
  return { offer, opening: session.opening, accounts: seen }
}

function agreedIn(opening: Reply): unknown {
  return opening.response?.result?.protocolVersion
}

async function blindFacts(peer: Peer, transport: Facts['transport'], expectation: AuthExpectation): Promise<Facts> {
  const nobody = await openSession(peer, transport, newestHandshake, { identity: 'none', initialized: false })
  const auth = await detectAuth(peer, nobody, expectation)
  await nobody.close()
  return {
    url: peer.url,
    transport,
    revisions: [newestHandshake],
    sessions: false,
    answers: 'json',
    getStream: false,
    eventIds: false,
    handshakeMs: 0,
    strained: false,
    waits: false,
    auth,
    capabilities: {},
    serverInfo: {},
  }
}
