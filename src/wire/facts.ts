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

/** What is known about a server before the first check: shown at the head of every report, and what checks' needs are decided on. */
export interface Facts {
  url: string
  transport: 'streamable-http' | 'http+sse'
  /** Handshake revisions the server agrees to, oldest first. Never empty: a server without one is not judged. */
  revisions: Revision[]
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
  /** What one handshake costs, in ms: some servers start a process per session. */
  handshakeMs: number
  /** True when handshakes took several times as long side by side as alone: more at once would only make it slower. */
  strained: boolean
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
}
