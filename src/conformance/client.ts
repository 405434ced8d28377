import { isModern, type Revision } from '../protocol/revisions.js'
import type { Account } from '../wire/exchange.js'
import type { Facts, Obstacle } from '../wire/facts.js'
import { changeHeaders, type HeaderChanges, type HeaderList } from '../wire/headers.js'
import type { ModernSession, SubscriptionFilter } from '../wire/modern.js'
import { openSession } from '../wire/open.js'
import { type Identity, identityHeaders, type Peer, send } from '../wire/peer.js'
import { rawExchange } from '../wire/raw.js'
import type { Reply } from '../wire/reply.js'
import type { Seed } from '../wire/seed.js'
import type { CallOptions, OpenOptions, Payload, SendOptions, Session } from '../wire/session.js'
import type { Crash } from '../wire/uptime.js'
import type { Given, NamedTool } from './given.js'
import { whenGone } from './gone-away.js'
import type { Heard } from './hearing.js'
import { evenly } from './sample.js'
import { Sessions } from './sessions.js'
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
  /** What kept the handshake from succeeding, where it did not. */
  obstacle?: Obstacle
  given: Given
  /** What its checks do once and share. */
  shared: Shared
  /** What its checks make up comes from here. */
  seed: Seed
}

/** A server whose handshake takes longer than this, in ms, is asked for fewer of them. */
const dearHandshakeMs = 100

/**
 * What a check works with: a correct client that can misbehave on purpose. A session of the check's own is opened when it is
 * first needed; everything it opened is closed after it. Its methods never throw for what the server does.
 */
export class Client {
  private own?: Promise<Session>
  private readonly sessions: Sessions

  constructor(
    private readonly context: RunContext,
    private readonly peer: Peer,
    /** The revision this check speaks. */
    readonly revision: Revision,
    /** Under this name it makes things up: that of a check at a revision, or of what is done once. */
    private readonly name: string,
    /** Takes an exchange that another check made and this one looks at. */
    private readonly show: (account: Account) => void = () => {},
    /** Makes do with a tour that listens to nothing: that of an older revision, beside a full one. */
    readonly brief = false,
  ) {
    this.sessions = new Sessions(context, peer, () => this.common())
  }

  get facts(): Facts {
    return this.context.facts
  }

  get given(): Given {
    return this.context.given
  }

  /** True where this check speaks a revision without a handshake. */
  get modern(): boolean {
    return isModern(this.revision)
  }

  /** The method of a request that every server of the revision answers and that changes nothing: ping, or server/discover. */
  get plainMethod(): string {
    return this.modern ? 'server/discover' : 'ping'
  }

  /** The tools the operator declared safe to call. */
  get tools(): readonly NamedTool[] {
    return this.context.given.tools
  }

  /** The bound of an ordinary wait, in ms. */
  get timeoutMs(): number {
    return this.peer.wire.waiting.timeoutMs
  }

  /** A run-wide tour of everything harmless at this revision, made once: for rules that hold for every message. */
  survey(): Promise<Survey> {
    if (this.brief) return this.once('brief survey', () => Survey.make(this.context, this.revision, true))
    return this.once('survey', () => Survey.make(this.context, this.revision))
  }

  /** The tour that was made first, at whatever revision: for what is the same in all of them. */
  anySurvey(): Promise<Survey> {
    return this.context.shared.once('survey', () => this.survey())
  }

  /** True where a handshake takes the server so long that a run should not repeat it without need. */
  get handshakeIsDear(): boolean {
    return this.facts.handshakeMs > dearHandshakeMs
  }

  /** How many of `most` clients or requests are to come at once: a third to a server that is strained by few. */
  crowd(most: number): number {
    return this.facts.strained ? Math.max(4, Math.ceil(most / 3)) : most
  }

  /** A list, or `most` of it, evenly chosen, for a strained server without sessions: each request costs it what a handshake does. */
  sample<T>(all: readonly T[], most: number): readonly T[] {
    const { strained, transport, sessions } = this.facts
    return strained && transport === 'streamable-http' && !sessions ? evenly(all, most) : all
  }

  /**
   * Does something once per run and revision, or once per run if so named; every later caller gets the same outcome, and the
   * exchanges behind it as evidence. It is done by a client of its own, whose sessions end with the work.
   */
  async once<T>(name: string, work: (client: Client) => Promise<T>, per: Revision | 'run' = this.revision): Promise<T> {
    let first = false
    const { outcome, accounts } = this.context.shared.once(`${per} ${name}`, () => {
      first = true
      return this.perform(work, `${per} ${name}`)
    })
    await outcome.catch(() => undefined)
    if (!first) accounts.forEach(this.show)
    return outcome
  }

  private perform<T>(work: (client: Client) => Promise<T>, name: string): { outcome: Promise<T>; accounts: Account[] } {
    const accounts: Account[] = []
    const show = (account: Account) => {
      accounts.push(account)
      this.show(account)
    }
    const record = (account: Account) => {
      accounts.push(account)
      this.peer.record?.(account)
    }
    const client = new Client(this.context, { ...this.peer, record }, this.revision, name, show, this.brief)
    const outcome = Promise.race([work(client), whenGone(this.peer.wire.uptime)])
    outcome
      .then(() => client.leave())
      .catch(() => {})
      .finally(() => client.close())
    return { outcome, accounts }
  }

  /** The times the server went away while this part of the run was under way. */
  async crashes(): Promise<readonly Crash[]> {
    const { uptime } = this.peer.wire
    await uptime.settled()
    return uptime.crashes.slice(this.context.shared.firstLife)
  }

  /** What all checks have heard so far that is an error or of no form of JSON-RPC: for checks that run last. */
  heard(): Heard[] {
    return this.context.shared.hearing.all()
  }

  /** Puts an exchange that another check made among what this one looked at. */
  witness(account: Account): void {
    this.show(account)
  }

  /** The answer to a request that several checks need: sent once per run and revision where checks can share a session, which HTTP+SSE does not allow. */
  ask(method: string, params?: Record<string, unknown>): Promise<Reply> {
    if (this.facts.transport === 'http+sse') return this.request(method, params)
    return this.once(`${method} ${JSON.stringify(params)}`, (client) => client.request(method, params))
  }

  /**
   * Gives the check a further session. Never throws; `opening` tells how the handshake went. Without options but a revision it may
   * be one that another check has left as it was new: whoever judges the handshake itself, or needs one now, asks for a `fresh` one.
   */
  async open({
    fresh = false,
    revision = this.revision,
    ...options
  }: OpenOptions & { revision?: Revision; fresh?: boolean } = {}): Promise<Session> {
    return this.sessions.open(revision, options, fresh)
  }

  /**
   * A client of 2026-07-28 that says something else of itself, as other capabilities or another identity, on every request; nothing is
   * sent for it.
   */
  async as(options: Pick<OpenOptions, 'capabilities' | 'identity' | 'offer'>): Promise<ModernSession> {
    return this.sessions.as(options)
  }

  /** Opens a subscription of 2026-07-28; the stream stays open until it is closed, at the latest after the check. */
  async listen(filter: SubscriptionFilter, options?: CallOptions): Promise<Reply> {
    const session = await this.as({})
    return session.listen(filter, options)
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

  /** The headers that make a request come from an identity, for what is sent bare. */
  headersOf(identity?: Identity): HeaderList {
    return identityHeaders(this.peer, identity)
  }

  /** Writes raw bytes to a fresh connection, one write per piece, and reads one HTTP answer: for what no HTTP client will send. */
  raw(pieces: (string | Buffer)[], options?: { timeoutMs?: number; pauseMs?: number }): Promise<Reply> {
    return rawExchange(this.peer, pieces, options)
  }

  /** A name or text that nothing on the server has. */
  canary(prefix = 'gauntlet-canary'): string {
    return this.context.seed.canary(this.name, prefix)
  }

  /** Bytes that nobody can guess. */
  bytes(length: number): Buffer {
    return this.context.seed.bytes(length, this.name)
  }

  /** A UUID that nobody else has made, of version 4. RFC 9562. */
  uuid(): string {
    const hex = this.bytes(16).toString('hex')
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5')
  }

  /** Waits; only for windows in which something must not happen. What arrived meanwhile has been read when it ends, however busy this machine is. */
  async pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms))
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  /** A view of a session that another client has opened, and ends: what is done through it stands in this check's records. */
  viewOf(other: Session): Session {
    return this.sessions.viewOf(other)
  }

  private async view(): Promise<Session> {
    return this.viewOf(await this.common())
  }

  /** The session that all checks share, made with the first request that needs one. */
  private common(): Promise<Session> {
    const { shared, peer, facts } = this.context
    return this.once('session', async () => shared.keep(await openSession(peer, facts.transport, this.revision)))
  }

  /** Leaves the sessions that are as they were new to the next check. The runner calls it after a check that came to its end. */
  leave(): void {
    this.sessions.leave()
  }

  /** Has whatever the check opened closed; nobody waits for that. The runner calls it. */
  close(): void {
    this.sessions.close()
  }
}
