import type { Remedy } from '../protocol/fingerprints/index.js'
import type { Revision } from '../protocol/revisions.js'

/** How a server guards itself, as seen from outside. */
export interface AuthFacts {
  /** True when at least one anonymous request was refused with 401 or 403, or the operator says so. */
  required: boolean
  /** True when credentials were given but an anonymous stranger was served all the same. */
  open: boolean
  /** The first WWW-Authenticate value of a refusal. */
  challenge?: string
  /** Where protected-resource metadata was found, with the document. */
  metadata?: { url: string; document: Record<string, any> }
}

/** What a server without a handshake says of itself. Spec: 2026-07-28/server/discover. */
export interface ModernFacts {
  /** False when the server serves requests of 2026-07-28 but does not answer server/discover. */
  discover: boolean
  /** The versions it claims to support, as it says them; those of the handshake may be among them. */
  supportedVersions: string[]
  /** The caching hints of server/discover, as they came. */
  ttlMs?: unknown
  cacheScope?: unknown
  /** The listed tools that mirror parameters into headers, by name. */
  headerTools: string[]
}

/**
 * What is known about a server before the first check: shown at the head of every report, and what checks' needs are decided on. A URL
 * that serves clients with and without a handshake has facts of its own for each of the two eras.
 */
export interface Facts {
  url: string
  transport: 'streamable-http' | 'http+sse'
  /** Revisions of this era the server agrees to, oldest first. Never empty: a server without one is not judged. */
  revisions: Revision[]
  /** Only in the era without a handshake. */
  modern?: ModernFacts
  /** Revisions of the other era that the same URL serves, oldest first; absent when there is none. */
  otherEra?: Revision[]
  /** What it offers to a client that asks for a version it does not know; undefined when it answered otherwise. */
  counterOffer?: string
  /** True when it issues session ids (every HTTP+SSE connection is a session of its own kind and counts as false here). */
  sessions: boolean
  /** How requests are answered over Streamable HTTP. */
  answers: 'json' | 'sse'
  /** True when GET opens an event stream. */
  getStream: boolean
  /** True when its event streams carry event ids. */
  eventIds: boolean
  /** What one handshake (or server/discover) costs, in ms: some servers start a process per session. */
  handshakeMs: number
  /** True when handshakes took several times as long side by side as alone: more at once would only make it slower. */
  strained: boolean
  /** True when a handshake takes long, but many side by side take no longer: the server waits for something and does not work. */
  waits: boolean
  auth: AuthFacts
  capabilities: Record<string, any>
  serverInfo: Record<string, any>
  instructions?: string
}

/** Why a server could not be judged at all: one sentence for the user. */
export interface Obstacle {
  kind: 'unreachable' | 'tls' | 'not-mcp' | 'credentials' | 'handshake'
  /** What is wrong, where, and what to do. */
  message: string
  /** HTTP status of the decisive answer, when there was one. */
  status?: number
  /** Whose it is and how to mend it, where the answer bears a known fingerprint. */
  remedy?: Remedy
}
