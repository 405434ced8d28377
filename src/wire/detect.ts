import { handshakeRevisions, newestHandshake, type Revision } from '../protocol/revisions.js'
import { detectAuth } from './detect-auth.js'
import type { Facts, Obstacle } from './facts.js'
import { isObject } from './jsonrpc.js'
import { LegacySession } from './legacy-sse.js'
import { obstacleOf } from './obstacle.js'
import { openSession } from './open.js'
import type { Peer } from './peer.js'
import type { Session } from './session.js'
import { StreamableSession } from './streamable.js'

/** What the operator says the server should do about strangers. */
export type AuthExpectation = 'auto' | 'required' | 'none'

/** The outcome of detection: facts, or the reason why there are none. A refusal for want of credentials still carries what auth checks need. */
export type Detection = { facts: Facts; obstacle?: Obstacle } | { facts?: undefined; obstacle: Obstacle }

/**
 * Finds out how to speak to a server: Streamable HTTP first, then HTTP+SSE, as the spec's backward-compatibility section tells
 * clients to; then which revisions it agrees to, whether it keeps sessions, how it answers and whether it wants credentials.
 * Spec: basic/transports#backwards-compatibility, basic/lifecycle#version-negotiation.
 */
export async function detect(peer: Peer, expectation: AuthExpectation = 'auto'): Promise<Detection> {
  const first = await StreamableSession.open(peer, newestHandshake)
  const streamable = isObject(first.opening.response?.result)
  const legacy = streamable || first.opening.status === 0 ? undefined : await LegacySession.open(peer, newestHandshake)
  const session: Session | undefined = streamable
    ? first
    : legacy && isObject(legacy.opening.response?.result)
      ? legacy
      : undefined
  if (!session) {
    const obstacle = obstacleOf(peer, first.opening, legacy?.stream)
    await Promise.all([first.close(), legacy?.close()])
    if (obstacle.kind !== 'credentials') return { obstacle }
    const transport = legacy?.stream.status === 401 && first.opening.status !== 401 ? 'http+sse' : 'streamable-http'
    return { obstacle, facts: await blindFacts(peer, transport, expectation) }
  }
  try {
    return { facts: await survey(peer, session, expectation) }
  } finally {
    await session.close()
  }
}

async function survey(peer: Peer, session: Session, expectation: AuthExpectation): Promise<Facts> {
  const result = session.opening.response!.result
  const [known, counter, stream, auth] = await Promise.all([
    supported(peer, session),
    offered(peer, session.transport, '1999-01-01'),
    session.get(),
    detectAuth(peer, session, expectation),
  ])
  const facts: Facts = {
    url: peer.url,
    transport: session.transport,
    revisions: known.length > 0 ? known : [session.revision],
    sessions: session.id !== undefined,
    answers: session.opening.isStream ? 'sse' : 'json',
    getStream: session.transport === 'streamable-http' && stream.status === 200 && stream.isStream,
    eventIds: session.opening.lastEventId !== undefined,
    auth,
    capabilities: isObject(result.capabilities) ? result.capabilities : {},
    serverInfo: isObject(result.serverInfo) ? result.serverInfo : {},
  }
  if (typeof counter === 'string') facts.counterOffer = counter
  if (typeof result.instructions === 'string') facts.instructions = result.instructions
  stream.close()
  return facts
}

async function supported(peer: Peer, session: Session): Promise<Revision[]> {
  const answers = await Promise.all(
    handshakeRevisions.map(async (revision) => {
      if (revision === newestHandshake) return session.opening.response?.result?.protocolVersion
      return offered(peer, session.transport, revision)
    }),
  )
  return handshakeRevisions.filter((revision, index) => answers[index] === revision)
}

async function offered(peer: Peer, transport: Session['transport'], offer: string): Promise<unknown> {
  const session = await openSession(peer, transport, newestHandshake, { offer, initialized: false })
  await session.close()
  return session.opening.response?.result?.protocolVersion
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
    auth,
    capabilities: {},
    serverInfo: {},
  }
}
