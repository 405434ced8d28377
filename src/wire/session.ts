import type { Revision } from '../protocol/revisions.js'
import type { GiveAnswer } from './answering.js'
import type { HeaderChanges } from './headers.js'
import type { Call, Id } from './jsonrpc.js'
import type { Identity } from './peer.js'
import type { Reply } from './reply.js'

/** What a client may send as the body of a POST: a message, a batch, or any bytes; several pieces go out in several writes. */
export type Payload = Call | object | string | Buffer | Buffer[]

/**
 * Changes to what a modern request says of itself in `_meta`, by the short names of the reserved keys or by any full key: a value sets
 * a member, `undefined` leaves it out. Mirrored headers follow the body.
 */
export type MetaChanges = {
  protocolVersion?: unknown
  clientInfo?: unknown
  clientCapabilities?: unknown
  logLevel?: unknown
  [key: string]: unknown
}

/** How one exchange of a session is done. */
export interface SendOptions {
  /** The most ms to wait for the answer. Default: the wire's bound. */
  timeoutMs?: number
  identity?: Identity
  /** After an early end of an SSE answer, go on by GET with Last-Event-ID as a good client does. Default true. */
  resume?: boolean
  /** How long an SSE answer may stay open after its response before we close it. Default 150 ms. */
  lingerMs?: number
  /** No answer is owed, as to a call that is being cancelled: its absence does not make later waits shorter. */
  notOwed?: boolean
  /** Return as soon as the head of the answer is there; the caller reads on and closes. */
  live?: boolean
  /** Changes to `_meta` of a modern request; false sends none at all. Sessions with a handshake know no such thing. */
  meta?: MetaChanges | false
  /** How a modern request writes the names of the headers that mirror its body. Default: in small letters. */
  spelling?: (name: string) => string
}

/** Options of one request made through a session. */
export interface CallOptions extends SendOptions {
  id?: Id
  headers?: HeaderChanges
}

/** How a session is opened. */
export interface OpenOptions {
  /** The version to offer. Default: the revision the session is meant for. Any text may be offered. */
  offer?: string
  /** Client capabilities to declare. Default none. */
  capabilities?: Record<string, unknown>
  /** Answers the requests of the server. Default: as a client without capabilities does. */
  answer?: GiveAnswer
  /** False withholds notifications/initialized. */
  initialized?: boolean
  identity?: Identity
  headers?: HeaderChanges
  id?: Id
}

/** A message the server sent, and where it arrived. */
export interface Received {
  message: unknown
  channel: 'answer' | 'post-stream' | 'get-stream' | 'legacy-stream' | 'listen-stream'
  reply: Reply
  /** When it arrived, as performance.now() tells. */
  at: number
}

/**
 * A client's session with a server over either transport; in stateless servers it is only the handshake and the headers that follow
 * from it. In 2026-07-28 there is no session: it is what one client says of itself on every request, and what it received.
 */
export interface Session {
  /** The revision the server agreed to, or the one offered where its answer was unusable. */
  readonly revision: Revision
  readonly transport: 'streamable-http' | 'http+sse'
  /** Mcp-Session-Id, when the server issued one. */
  readonly id?: string
  /** The answer to initialize, in 2026-07-28 to server/discover. */
  readonly opening: Reply
  /** The answer to notifications/initialized, when it was sent. */
  readonly initialized?: Reply
  /** Every message received so far, over all channels. */
  readonly received: readonly Received[]
  /** Responses to requests of other sessions that came over this one's shared stream (HTTP+SSE); they are not among `received`. */
  readonly strays: readonly Received[]
  /** Our answers to requests of the server, with the HTTP reply to each. */
  readonly answered: readonly { message: unknown; reply: Promise<Reply> }[]
  /** Where messages are posted to: the endpoint itself, or what the `endpoint` event of HTTP+SSE announced. */
  readonly postUrl: string

  /** Posts a payload with the headers a correct client sends, changed as told. */
  post(payload: Payload, headers?: HeaderChanges, options?: SendOptions): Promise<Reply>
  /** Sends one request and reads until its response. */
  request(method: string, params?: Record<string, unknown>, options?: CallOptions): Promise<Reply>
  /** Sends one notification. */
  notify(method: string, params?: Record<string, unknown>, options?: CallOptions): Promise<Reply>
  /** Opens the GET stream; it stays open until closed. On HTTP+SSE it opens another connection. */
  get(headers?: HeaderChanges, options?: SendOptions): Promise<Reply>
  /** Ends the session by DELETE. On HTTP+SSE it closes the stream and returns its reply. */
  delete(headers?: HeaderChanges, options?: SendOptions): Promise<Reply>
  /** Lets go: closes our streams and ends the session if that has not been done. Never throws. */
  close(): Promise<void>
}

/** The most messages of a session that are kept; a server that sends more of them has been heard. */
export const mostReceived = 3000

/** Client identity sent with initialize, in 2026-07-28 with every request. */
export const clientInfo = { name: 'mcp-gauntlet', version: '0.1.0' }
