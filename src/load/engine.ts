/** An HTTP answer as the engine hands it over. Times are `performance.now()` milliseconds. */
export interface Reply {
  status: number
  /** Names and values in turn, letter case as sent. Not to be changed: other answers may share them. */
  headers: string[]
  body: Buffer
  sentAt: number
  firstByteAt: number
  /** When the first SSE event was whole; 0 when the answer was no event stream. */
  firstEventAt: number
  endedAt: number
  bytes: number
}

/** A request that got no answer: the connection failed, or time was up. */
export interface Trouble {
  kind: 'transport' | 'timeout'
  message: string
  /** The answer as far as it came, once its status was known. */
  partial?: Reply
}

/** One connection of an engine; its index is never used again. `slot` belongs to whoever drives the engine. */
export interface Connection<Slot = unknown> {
  readonly index: number
  slot: Slot
}

/** What an engine tells its driver. Handlers must not throw and must not wait. */
export interface EngineHandlers<Slot> {
  /** The connection is up and has nothing to do: after connecting, and after each reply or trouble once it is usable again. */
  onIdle(connection: Connection<Slot>): void
  /** The request sent last on this connection was answered; `onIdle` follows. */
  onReply(connection: Connection<Slot>, reply: Reply): void
  /** The request sent last on this connection is lost; `onIdle` follows when it is up again. */
  onTrouble(connection: Connection<Slot>, trouble: Trouble): void
  /** A connection could not be made; it is tried again with a growing pause. */
  onConnectError?(connection: Connection<Slot>, message: string): void
  /** The server closed an idle connection, or asked to close it after an answer. */
  onClosed?(connection: Connection<Slot>): void
  /** `resize` closed the connection for good; it will never be idle again. Not told by `stop`. */
  onGone?(connection: Connection<Slot>): void
}

/** Where an engine connects to, and its bounds. */
export interface EngineOptions {
  url: URL
  /** The longest wait for one whole answer, in ms. */
  timeoutMs: number
  /** The most bytes of one answer; a longer one is trouble of kind `transport`. */
  maxBytes: number
  /** PEM of further certificate authorities; certificates are always verified. */
  ca?: string
}

/**
 * Holds connections and speaks HTTP/1.1 on them, one request at a time each. It schedules nothing: whoever drives it decides when to send, so
 * that closed and open loops, sessions and judging are the same over any engine.
 */
export interface Engine<Slot = unknown> {
  /** Opens connections until there are `count`, or closes the idle surplus; busy ones are closed after their answer. */
  resize(count: number): void
  /** Sends whole request bytes on an idle connection; throws when it is not idle. The bytes may be changed again once `onReply` or `onTrouble` was told. */
  send(connection: Connection<Slot>, request: Buffer): void
  /** Connections that are up now. */
  readonly connected: number
  /** Ends everything at once; returns how many requests were still unanswered. */
  stop(): Promise<number>
}
