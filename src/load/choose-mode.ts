import type { LoadMode } from '../report/load.js'
import { UsageError } from '../usage-error.js'
import type { Detection } from '../wire/detect.js'
import type { Facts, Obstacle } from '../wire/facts.js'
import type { Profile } from './profile.js'

/** A mode and the facts of the era it belongs to, or why there is none. */
export type ChosenMode = { mode: LoadMode; facts: Facts; obstacle?: undefined } | { facts?: Facts; obstacle: Obstacle }

/**
 * Chooses between the eras of a server, and between sessions and none. Without a wish the era with a handshake goes first, where load can
 * speak it. Throws a UsageError for a wish that the server does not fulfil.
 */
export function chooseMode(detection: Detection, asked: 'auto' | LoadMode = 'auto'): ChosenMode {
  const { facts, modern } = detection
  if (detection.obstacle) return { obstacle: detection.obstacle, ...(facts ? { facts } : {}) }
  const streamable = facts?.transport === 'http+sse' ? undefined : facts
  if (asked === 'modern' || (asked === 'auto' && !streamable && modern)) {
    if (modern) return { mode: 'modern', facts: modern }
    throw new UsageError(
      `--mode modern: ${facts!.url} does not serve revision 2026-07-28 (no valid answer to server/discover); leave --mode out`,
    )
  }
  if (streamable) return { mode: withHandshake(streamable, asked), facts: streamable }
  if (facts) return { facts, obstacle: wrongTransport(facts) }
  throw new UsageError(
    `--mode ${asked}: ${modern!.url} serves revision 2026-07-28 alone, which has neither handshake nor sessions; leave --mode out, or choose modern`,
  )
}

function withHandshake(facts: Facts, asked: 'auto' | LoadMode): LoadMode {
  if (asked === 'stateful' && !facts.sessions)
    throw new UsageError(
      `--mode stateful: ${facts.url} issues no sessions (no Mcp-Session-Id in its answer to initialize); leave --mode out, or choose stateless`,
    )
  return asked === 'auto' ? (facts.sessions ? 'stateful' : 'stateless') : asked
}

function wrongTransport({ url }: Facts): Obstacle {
  const message = `${url} speaks the HTTP+SSE transport of 2024-11-05; load speaks Streamable HTTP only.`
  return { kind: 'not-mcp', message }
}

/** Throws a UsageError for a session per request in mode modern: a client has none to open, and its plain calls would pass for churn. */
export function refuseChurn(mode: LoadMode, profileName: string, profile: Profile, asked: string | undefined): void {
  if (mode !== 'modern' || (asked ?? profile.session) !== 'per-request') return
  const flag = asked === undefined ? `--profile ${profileName}` : '--session per-request'
  throw new UsageError(
    `${flag}: a session per request needs sessions, and revision 2026-07-28 has none: every request stands for itself there. Choose another profile, such as steady, or --mode stateful where the server keeps sessions`,
  )
}
