import { randomBytes } from 'node:crypto'
import type { Revision } from '../protocol/revisions.js'
import type { Facts } from '../wire/facts.js'
import { changeHeaders, type HeaderChanges } from '../wire/headers.js'
import { openSession } from '../wire/open.js'
import { type Identity, identityHeaders, type Peer, send } from '../wire/peer.js'
import { rawExchange } from '../wire/raw.js'
import type { Reply } from '../wire/reply.js'
import type { CallOptions, OpenOptions, Payload, SendOptions, Session } from '../wire/session.js'
import { StreamableSession } from '../wire/streamable.js'
import type { Given, NamedTool } from './given.js'
import type { Shared } from './shared.js'
import { Survey } from './survey.js'

export type { NamedTool } from './given.js'

/** One bare HTTP request, nothing added but what is named here and the identity's headers. */
export interface BareRequest {
  method?: string
  /** Absolute, or relative to the endpoint. Default: the endpoint itself. */
  url?: string
  headers?: HeaderChanges
  body?: string | Buffer | Buffer[]
  identity?: Identity
  timeoutMs?: number
}

/** What all checks of a run share: the server, what is known of it, what the operator gave. */
export interface RunContext {
  peer: Peer
  facts: Facts
  given: Given
  /** What its checks do once and share. */
  shared: Shared
}

/** A handshake that takes longer than this, in ms, is not repeated where a session in the same state is at hand. */
const dearHandshakeMs = 100

/**
 * What a check works with: a correct client that can misbehave on purpose. A session of the check's own is opened when it is
 * first needed; everything it opened is closed after it. Its methods never throw for what the server does.
 */
export class Client {
  private own?: Promise<Session>
  private readonly sessions: Session[] = []

  constructor(
    private readonly context: RunContext,
    private readonly peer: Peer,
    /** The revision this check speaks. */
    readonly revision: Revision,
  ) {}

  get facts(): Facts {
    return this.context.facts
  }

  get given(): Given {
    return this.context.given
  }

  /** The tools the operator declared safe to call. */
  get tools(): readonly NamedTool[] {
    return this.context.given.tools
  }

  /** The bound of an ordinary wait, in ms. */
  get timeoutMs(): number {
    return this.peer.wire.timeoutMs
  }

  /** A run-wide tour of everything harmless at this revision, made once: for rules that hold for every message. */
  survey(): Promise<Survey> {
    return this.once('survey', () => Survey.make(this.context, this.revision))
  }

  /** True where a handshake takes the server so long that a run should not repeat it without need. */
  get handshakeIsDear(): boolean {
    return this.facts.handshakeMs > dearHandshakeMs
  }

  /** Does something once per run and revision; every later caller gets the same outcome. */
  once<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.context.shared.once(`${this.revision} ${name}`, work)
  }

  /**
   * Opens a further session. Never throws; `opening` tells how it went. Where a handshake costs the server much, a session that
   * another check has left as it was new may be handed out instead.
   */
  async open(options: OpenOptions & { revision?: Revision } = {}): Promise<Session> {
    const plain = Object.keys(options).length === 0
    for (
      let used = plain && this.context.shared.take(this.revision);
      used;
      used = this.context.shared.take(this.revision)
    ) {
      const session = StreamableSession.adopt(this.peer, used, true)
      this.sessions.push(session)
      // Asked through a view of its own: the answer is no message of the session that is handed out.
      const alive = await StreamableSession.adopt(this.peer, used).request('ping')
      if (alive.response?.result) return session
    }
    const session = await openSession(this.peer, this.facts.transport, options.revision ?? this.revision, options)
    this.sessions.push(session)
    return session
  }

  /** The check's own session, opened on first use. A stateless server needs no handshake of its own for that. */
  session(): Promise<Session> {
    this.own ??= this.facts.transport === 'streamable-http' && !this.facts.sessions ? this.view() : this.open()
    return this.own
  }

  /**
   * Sends a request and reads until its response: in the check's own session once it has one, else in one that all checks share,
   * since some servers start a process per session. A shared session that has ended is opened anew, as a client must.
   */
  async request(method: string, params?: Record<string, unknown>, options?: CallOptions): Promise<Reply> {
    if (this.own || this.facts.transport === 'http+sse') return (await this.session()).request(method, params, options)
    const session = await this.view()
    const reply = await session.request(method, params, options)
    if (reply.status !== 404 || !session.id) return reply
    this.context.shared.forget(`${this.revision} session`)
    return (await this.view()).request(method, params, options)
  }

  /** Sends a notification in the check's own session. */
  async notify(method: string, params?: Record<string, unknown>, options?: CallOptions): Promise<Reply> {
    return (await this.session()).notify(method, params, options)
  }

  /** Posts any payload in the check's own session, headers changed as told. */
  async post(payload: Payload, headers?: HeaderChanges, options?: SendOptions): Promise<Reply> {
    return (await this.session()).post(payload, headers, options)
  }

  /** Opens a GET stream in the check's own session. */
  async get(headers?: HeaderChanges, options?: SendOptions): Promise<Reply> {
    return (await this.session()).get(headers, options)
  }

  /** Ends the check's own session by DELETE. */
  async delete(headers?: HeaderChanges, options?: SendOptions): Promise<Reply> {
    return (await this.session()).delete(headers, options)
  }

  /** Sends one bare HTTP request and reads it whole; an event stream is returned open. */
  async http(request: BareRequest): Promise<Reply> {
    const url = new URL(request.url ?? this.peer.url, this.peer.url).href
    const headers = changeHeaders(identityHeaders(this.peer, request.identity), request.headers)
    const reply = await send(this.peer, {
      method: request.method ?? 'GET',
      url,
      headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    })
    if (!reply.isStream) await reply.finished
    return reply
  }

  /** Writes raw bytes to a fresh connection, one write per piece, and reads one HTTP answer: for what no HTTP client will send. */
  raw(pieces: (string | Buffer)[], options?: { timeoutMs?: number; pauseMs?: number }): Promise<Reply> {
    return rawExchange(this.peer, pieces, options)
  }

  /** A name or text that nothing on the server has. */
  canary(prefix = 'gauntlet-canary'): string {
    return `${prefix}-${randomBytes(6).toString('hex')}`
  }

  /** Waits; only for windows in which something must not happen. What arrived meanwhile has been read when it ends, however busy this machine is. */
  async pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms))
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  private async view(): Promise<Session> {
    const { shared, peer, facts } = this.context
    const common = await this.once('session', async () =>
      shared.keep(await openSession(peer, facts.transport, this.revision)),
    )
    const session = StreamableSession.adopt(this.peer, common)
    this.sessions.push(session)
    return session
  }

  /** Closes whatever the check opened. The runner calls it. */
  async close(): Promise<void> {
    const { shared } = this.context
    await Promise.all(
      this.sessions.map((session) => (this.reusable(session) ? shared.leave(session) : session.close())),
    )
  }

  private reusable(session: Session): boolean {
    return this.handshakeIsDear && session instanceof StreamableSession && session.id !== undefined && session.asNew
  }
}
