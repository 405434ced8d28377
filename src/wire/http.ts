import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { rootCertificates } from 'node:tls'
import { accountOf } from './account.js'
import { Arrival } from './arrival.js'
import { type Budget, budget } from './budget.js'
import type { Account } from './exchange.js'
import type { HeaderList } from './headers.js'
import { takesConnections } from './knock.js'
import { Memory } from './memory.js'
import { OpenSessions, opensSession } from './open-sessions.js'
import { Pace } from './pace.js'
import { type Work, workOf } from './patience.js'
import { inPieces } from './payload.js'
import { type Redactor, redactor } from './redact.js'
import { Reply } from './reply.js'
import { Room } from './room.js'
import { Agent, buildConnector, type Connecting, type Dispatcher } from './undici.js'
import { Uptime } from './uptime.js'
import { Waiting } from './waiting.js'

/** One request, exactly as it shall go out: nothing is added but Host, Content-Length and Connection. */
export interface HttpRequest {
  method: string
  url: string
  headers: HeaderList
  /** A list of pieces is sent in as many writes, with a Content-Length over all of them. */
  body?: string | Buffer | Buffer[]
  /** Ends the whole exchange after this many ms. Default: the wire's `timeoutMs`. */
  timeoutMs?: number
  /** Ends the exchange when status and headers are not there after this many ms: for streams that may stay open longer. */
  headMs?: number
  /** No answer is owed: waiting in vain teaches no impatience. */
  notOwed?: boolean
  /** The life of the server it belongs to: once that is over, it is not sent. */
  life?: number
  /** Called for each JSON value that arrives. */
  onMessage?: (message: unknown, reply: Reply) => void
}

/** Bounds and habits of a wire. */
export interface WireOptions {
  timeoutMs?: number
  /** The most bytes of one body that are kept; a longer one is cut and marked `too-large`. Default 4 MiB. */
  maxBytes?: number
  /** The most requests of the whole run. Default 10,000. */
  maxRequests?: number
  redact?: Redactor
  /** PEM of certificate authorities that are trusted beside those of the system. */
  ca?: string
}

/** Longer than any exchange without a bound of its own may last, in ms: until then the wire itself ends it. */
export const longestMs = 60_000

/** When the network is closed, a session that is being opened is waited for so many ms. */
const openingMs = 2000

/** What is sent on a connection that is being closed fails within so many ms: later, it is for what was sent. */
const closingMs = 500

/** On one that has been closed already it fails so soon, in ms. */
const staleMs = 20

/** So often a request is sent anew that the server refuses for now. */
const mostRefusals = 5

/** The network: sends requests as they are, records every exchange, bounds every wait, follows no redirect. */
export class Wire {
  readonly redact: Redactor
  readonly budget: Budget
  readonly pace = new Pace()
  /** Whether the server is there. */
  readonly uptime = new Uptime()
  /** Exchanges that ended with a refusal for want of patience (429). */
  readonly refused = new WeakSet<Account>()
  /** What one answer may keep in memory, and all of them together. */
  readonly memory: Memory
  /** How long to wait for answers. */
  readonly waiting: Waiting
  private readonly agent: Dispatcher
  private readonly open = new Map<Reply, HttpRequest>()
  private readonly room = new Room(4)
  private readonly sessions = new OpenSessions()
  private closing?: Promise<void>
  private endWaiting = () => {}
  /** Resolves once it is being closed. */
  private readonly over = new Promise<void>((resolve) => {
    this.endWaiting = resolve
  })

  constructor(options: WireOptions = {}) {
    this.waiting = new Waiting(options.timeoutMs)
    this.memory = new Memory(options.maxBytes ?? 4 << 20)
    this.redact = options.redact ?? redactor()
    this.budget = budget(options.maxRequests ?? 10_000)
    this.agent = new Agent({
      connect: knownReads(options.ca),
      keepAliveTimeout: 2000,
      connections: null,
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }

  /**
   * Sends one request and returns as soon as status and headers are there or it is clear that none will come.
   * The body goes on arriving; `reply.finished` tells when it is whole. `record` receives at once who tells of the exchange as it proceeds.
   */
  async send(request: HttpRequest, record?: (account: Account) => void): Promise<Reply> {
    let told: Account | undefined
    const note = (account: Account) => {
      told = account
      record?.(account)
    }
    const first = await this.once(request, note)
    let reply = (await this.closedMeanwhile(request, first)) ? await this.once(request, note) : first
    const again = () => this.pace.again(reply.status, reply.started, reply.header('retry-after'))
    for (let left = mostRefusals; again() && left > 0; left--) {
      reply.close()
      reply = await this.once(request, note)
    }
    if (reply.status === 429 && told) {
      this.refused.add(told)
      this.pace.stood++
    }
    return reply
  }

  /**
   * Ends every open exchange, then the sessions that are left on servers, then the connections, within six seconds in all; no further
   * exchange is begun. A session that is being opened is waited for a little: once its id is known it can be ended.
   */
  close(): Promise<void> {
    this.closing ??= this.shutDown()
    this.uptime.giveUp()
    this.endWaiting()
    return this.closing
  }

  /** Takes over an exchange that goes over a connection of its own: it ends when the network is closed, and so does a session it opens. */
  tend(request: HttpRequest, reply: Reply, account: Account): void {
    if (this.closing || this.uptime.isLost(request.life)) return reply.close()
    this.open.set(reply, request)
    this.uptime.begin(request.url, reply, account)
    reply.until(({ at }) => at.head !== undefined, longestMs).then(() => this.sessions.note(request, reply))
    reply.finished.then(() => this.leave(reply))
  }

  /** Ends an exchange that lasts longer than `ms`, by default than an answer to it should be waited for. */
  limit(reply: Reply, ms?: number, work?: Work): void {
    let timer: NodeJS.Timeout
    const look = () => {
      const left = ms === undefined ? this.waiting.leftFor(reply.started, work) : 0
      if (left > 0) timer = setTimeout(look, left)
      else reply.close('timeout')
    }
    timer = setTimeout(look, ms ?? this.waiting.leastMs)
    reply.finished.then(() => clearTimeout(timer))
  }

  /** Closes when a signal aborts, or has aborted; returns a way to take that back. */
  closeOn(signal: AbortSignal | undefined): () => void {
    const cut = () => void this.close()
    if (signal?.aborted) cut()
    signal?.addEventListener('abort', cut, { once: true })
    return () => signal?.removeEventListener('abort', cut)
  }

  private leave(reply: Reply): void {
    this.open.delete(reply)
    this.memory.ended(reply.bytes)
  }

  private async shutDown(): Promise<void> {
    const kept = [...this.open].filter(([reply, request]) => {
      const needed = request.method === 'DELETE' || (reply.at.head === undefined && opensSession(request))
      if (!needed) reply.close()
      return needed
    })
    const known = ({ at }: Reply) => at.head !== undefined
    await Promise.all(kept.map(([reply]) => reply.until(known, openingMs)))
    await this.sessions.end((request) => this.exchange(request), this.open.values())
    for (const reply of this.open.keys()) reply.close()
    await this.agent.destroy()
  }

  /** Resolves when a request may be sent: the server is there, it wants no pause, and connections that it has closed are known as closed. */
  async turn(): Promise<void> {
    const ready = async () => {
      await this.pace.turn()
      await new Promise((resolve) => setImmediate(resolve))
      await this.uptime.turn()
    }
    await Promise.race([ready(), this.over])
  }

  private async once(request: HttpRequest, record?: (account: Account) => void): Promise<Reply> {
    await this.turn()
    if (!this.closing && !this.uptime.isLost(request.life)) return this.exchange(request, record)
    const never = new Reply(performance.now(), this.memory, () => {})
    const what = this.closing ? 'the run was over' : 'the server went away'
    never.end('closed', { kind: 'other', message: `${what} before this was sent` })
    return never
  }

  /**
   * True when a request met a kept connection that the server was about to close: then it may be sent once more. A server that died of the
   * request takes no connections.
   */
  private async closedMeanwhile({ url, notOwed }: HttpRequest, { error, at, onKept }: Reply): Promise<boolean> {
    // Where no answer is owed, hanging up may be the answer.
    const within = notOwed ? staleMs : closingMs
    if (error?.kind !== 'reset' || at.head !== undefined || !onKept || at.end! > within) return false
    return (await takesConnections(new URL(url))) && !this.uptime.over
  }

  private async exchange(request: HttpRequest, record?: (account: Account) => void): Promise<Reply> {
    this.budget.spend()
    this.waiting.sent()
    const reply: Reply = new Reply(performance.now(), this.memory, () => arrival.abort(), request.onMessage)
    const arrival = new Arrival(reply, request.method === 'GET' ? undefined : this.room)
    this.open.set(reply, request)
    const work = workOf(request.body)
    this.limit(reply, request.timeoutMs, work)
    const late = () => reply.at.head === undefined && reply.close('timeout')
    const headTimer = request.headMs === undefined ? undefined : setTimeout(late, request.headMs)
    const account = accountOf(request, reply, this.redact)
    record?.(account)
    this.uptime.begin(request.url, reply, account)
    reply.finished.then(() => {
      clearTimeout(headTimer)
      if (reply.ended === 'timeout' && request.method === 'POST' && !request.notOwed) this.waiting.inVain()
      else if (reply.at.response !== undefined) this.waiting.answered(reply.started, reply.at.response, work)
      this.leave(reply)
    })
    this.dispatch(request, arrival)
    await arrival.head
    this.sessions.note(request, reply)
    return reply
  }

  private dispatch({ url, method, headers: fields, body }: HttpRequest, arrival: Arrival): void {
    const target = new URL(url)
    const parts = Array.isArray(body) ? body : undefined
    const headers = fields.flat()
    if (parts) headers.push('content-length', String(Buffer.concat(parts).length))
    const options = {
      origin: target.origin,
      path: target.pathname + target.search,
      method: method as Dispatcher.HttpMethod,
      headers,
      body: parts ? Readable.from(inPieces(parts)) : ((body as string | Buffer | undefined) ?? null),
    }
    this.agent.dispatch(options, arrival)
  }
}

/** A connector whose errors tell how much had been read: a connection that carried an answer before may have been closed meanwhile. */
function knownReads(ca?: string): Connecting.connector {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] }
  const connect = buildConnector({ allowH2: false, ...trusted }) as (
    options: Connecting.Options,
    callback: Connecting.Callback,
  ) => Socket
  return (options, callback) => {
    const socket = connect(options, callback)
    socket.on('error', (error) => Object.assign(error, { socket: { bytesRead: socket.bytesRead } }))
  }
}
