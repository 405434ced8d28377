import { newestModern } from '../protocol/revisions.js'
import type { AuthExpectation } from './detect-auth.js'
import { detectBeside, detectHandshake, type EraDetection, type Offered } from './detect-handshake.js'
import { isDiscovery, isModernRefusal, modernFacts } from './detect-modern.js'
import type { Facts } from './facts.js'
import { isObject } from './jsonrpc.js'
import { ModernSession } from './modern.js'
import { sinceTheFirst } from './obstacle.js'
import type { Peer } from './peer.js'

export type { AuthExpectation } from './detect-auth.js'

/**
 * The outcome of detection. `facts` are those of the era with a handshake, `modern` those of the era without; a dual-era URL has both.
 * Where there are neither, or only what auth checks need, `obstacle` says why.
 */
export type Detection =
  | (EraDetection & { modern?: undefined })
  | { facts?: Facts; modern: Facts; obstacle?: undefined; offered?: Offered[] }

/** How long the answer to server/discover is waited for before initialize is tried beside it, in ms: old servers may be silent. */
const aloneMs = 1000

/**
 * Finds out how to speak to a server. A valid server/discover goes first; what its body says decides, since a status alone means
 * nothing; then initialize, then GET for an endpoint event. A server of both eras is known in both.
 * Spec: 2026-07-28/basic/transports/streamable-http#backward-compatibility.
 */
export async function detect(peer: Peer, expectation: AuthExpectation = 'auto'): Promise<Detection> {
  let session: ModernSession | undefined
  const probe = ModernSession.open(peer, newestModern).then((opened) => {
    session = opened
  })
  probe.catch(() => {})
  await Promise.race([probe, new Promise((resolve) => setTimeout(resolve, aloneMs).unref())])
  const early = session && isDiscovery(session.opening) ? await modernFacts(peer, session, expectation) : undefined
  if (early) return both(early, await detectBeside(peer, expectation))
  const old = await detectHandshake(peer, expectation)
  if (old.obstacle && old.obstacle.kind !== 'unreachable' && old.obstacle.kind !== 'tls') await probe
  const late = session && speaks(session, old) ? await modernFacts(peer, session, expectation) : undefined
  await session?.close()
  if (late) return both(late, old.obstacle ? undefined : old)
  return old.obstacle ? { ...old, obstacle: sinceTheFirst(peer, old.obstacle, session?.opening) } : old
}

/** Whether to ask further as a modern client: always after a discovery or an error that only modern servers give, and where nothing else is left. */
function speaks({ opening }: ModernSession, old: EraDetection): boolean {
  if (isDiscovery(opening) || isModernRefusal(opening)) return true
  return old.obstacle !== undefined && old.obstacle.kind !== 'credentials' && isObject(opening.response?.error)
}

function both(modern: Facts, old: EraDetection | undefined): Detection {
  if (!old?.facts) return { modern }
  const { facts, offered } = old
  return {
    facts: { ...facts, otherEra: modern.revisions },
    modern: { ...modern, otherEra: facts.revisions },
    ...(offered ? { offered } : {}),
  }
}
