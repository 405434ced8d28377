import type net from 'node:net'
// @ts-expect-error: autocannon ships no types; what is used of it is declared below.
import AutocannonClient from 'autocannon/lib/httpClient.js'
import { wireError } from '../wire/failure.js'
import { type Dialler, dialler } from './dial.js'
import type { Engine, EngineHandlers, EngineOptions, Trouble } from './engine.js'
import { type Link, Pool, type State } from './pool.js'
import { fieldOf, Reading } from './reading.js'

/** The private members of autocannon 9.0.0's client that are used or replaced here; autocannon.contract.test.ts watches over them. */
interface Client {
  parser: Parser
  pipelinedRequests: object
  requestIterator: object
  timeoutTicker: { clear(): void; reschedule(ms: number): void }
  conn: net.Socket | undefined
  getRequestBuffer(): Buffer
  _connect(): void
  _doRequest(): void
  _destroyConnection(): void
  destroy(): void
}

/** http-parser-js 0.5, as the client holds it. */
interface Parser {
  type: string
  offset: number
  end: number
  body_bytes: number | null
  isChunked: boolean
  BODY_CHUNKHEAD(): void
  execute(chunk: Buffer, start: number, length: number): number | Error
  finish(): Error | undefined
  reinitialize(type: string): void
}

interface Head {
  statusCode: number
  headers: string[]
  shouldKeepAlive: boolean
}

const Client = AutocannonClient as { new (options: object): Client; prototype: Client }

/** Pauses before connecting again, in ms: each failure in a row doubles it. */
const pauses = { first: 50, longest: 1000 }
/** How long before a server closes an idle connection, as it announced, the connection is given up, in ms. */
const earlier = 1000

/**
 * An engine over the HTTP client of autocannon 9.0.0, whose connecting, queueing, gathering of bodies and scheduling are replaced per instance. Its run
 * is not used, only its client: no figure of autocannon's own is even computed.
 */
export function autocannonEngine<Slot = unknown>(options: EngineOptions, handlers: EngineHandlers<Slot>): Engine<Slot> {
  const dial = dialler(options.url, options.ca)
  return new Pool<Slot>(options, handlers, (index, pool) => new AutocannonLink(index, pool, dial))
}

/** One connection: a client of autocannon, whose socket may be replaced many times. */
class AutocannonLink<Slot> implements Link<Slot> {
  slot = undefined as Slot
  state: State = 'down'
  deadline = Number.POSITIVE_INFINITY
  readonly #pool: Pool<Slot>
  readonly #dialler: Dialler
  readonly #buffer = Buffer.allocUnsafeSlow(16_384)
  #client!: Client
  #socket: net.Socket | undefined
  #redial: NodeJS.Timeout | undefined
  #request: Buffer = this.#buffer
  #reading = new Reading(0)
  #leaving = false
  #pause = 0
  /** Answers since the connection was made. */
  #served = 0
  /** How long an idle connection is used, in ms. */
  #idleMs = Number.POSITIVE_INFINITY

  constructor(
    readonly index: number,
    pool: Pool<Slot>,
    dial: Dialler,
  ) {
    this.#pool = pool
    this.#dialler = dial
    // The client connects within its constructor, so this is the last line.
    new Client({ setupClient: (client: Client) => this.#override(client) })
  }

  #override(client: Client): void {
    this.#client = client
    client.pipelinedRequests = {
      insertRequest() {},
      setHeaders: (head: Head) => this.#head(head),
      addBody: (piece: Buffer) => this.#reading.add(piece, this.#pool.options.maxBytes),
      terminateRequest: () => unread,
    }
    client.requestIterator = { nextRequest() {}, recordBody: () => this.#messageEnds() }
    client.getRequestBuffer = () => this.#request
    client._connect = () => this.#connect()
    // The client calls it after each answer; the next request is the driver's to send.
    client._doRequest = () => {}
    client._destroyConnection = () => this.#hangUp()
    const { parser } = client
    const { BODY_CHUNKHEAD } = parser
    // The parser takes a chunk without a size for the last one.
    parser.BODY_CHUNKHEAD = () => {
      BODY_CHUNKHEAD.call(parser)
      if (!(parser.body_bytes! >= 0)) throw new Error('a chunk without a size')
    }
  }

  send(request: Buffer): void {
    if (this.state !== 'idle') throw new Error(`connection ${this.index} is ${this.state}, not idle`)
    const now = performance.now()
    this.state = 'busy'
    this.#request = request
    this.#reading = new Reading(now)
    this.#dueBy(now + this.#pool.options.timeoutMs)
    Client.prototype._doRequest.call(this.#client)
  }

  leave(): void {
    this.#leaving = true
    if (this.state !== 'busy' && this.state !== 'answered') this.end()
  }

  stay(): void {
    this.#leaving = false
  }

  async end(): Promise<void> {
    if (this.state === 'gone') return
    this.state = 'gone'
    clearTimeout(this.#redial)
    const socket = this.#socket
    this.#client.destroy()
    this.#pool.forget(this)
    if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  }

  timeIsUp(): void {
    const { timeoutMs } = this.#pool.options
    if (this.state === 'connecting') this.#unreachable(`no connection within ${timeoutMs} ms`)
    else if (this.state === 'idle') this.#replace()
    else if (this.state === 'busy')
      this.#lost('timeout', `no whole answer within ${timeoutMs} ms${this.#reading.soFar}`, 0)
  }

  #dueBy(deadline: number): void {
    this.deadline = deadline
    this.#pool.watch(deadline)
  }

  #connect(): void {
    const client = this.#client
    // Set by the constructor after setupClient.
    client.timeoutTicker.clear()
    client.timeoutTicker = noTicker
    this.state = 'connecting'
    this.#served = 0
    this.#idleMs = Number.POSITIVE_INFINITY
    this.#dueBy(performance.now() + this.#pool.options.timeoutMs)
    const current =
      <Argument>(then: (argument: Argument) => void) =>
      (argument: Argument) => {
        if (this.#socket === socket) then(argument)
      }
    const read = current((length: number) => this.#read(length))
    const socket = this.#dialler.dial({
      buffer: this.#buffer,
      callback: (length) => {
        read(length)
        return true
      },
    })
    this.#socket = socket
    client.conn = socket
    const up = current(() => this.#idle())
    const end = current(() => this.#ended())
    const error = current((thrown: Error) => this.#failed(wireError(thrown).message))
    const close = current(() => this.#failed('the connection was closed'))
    socket.once(this.#dialler.up, up).on('end', end).on('error', error).on('close', close)
  }

  #idle(): void {
    this.state = 'idle'
    this.deadline = Number.POSITIVE_INFINITY
    if (this.#idleMs < Number.POSITIVE_INFINITY) this.#dueBy(performance.now() + this.#idleMs)
    this.#pool.handlers.onIdle(this)
  }

  #read(length: number): void {
    const reading = this.#reading
    // Bytes that nobody asked for: the next answer could not be told from them.
    if (this.state !== 'busy') return this.#replace()
    reading.arrived(length, performance.now())
    const outcome = this.#parse(length)
    if (reading.whole) return this.#answered()
    if (outcome instanceof Error) {
      const bytes = JSON.stringify(this.#buffer.toString('latin1', 0, Math.min(length, 60)))
      return this.#lost('transport', `not a readable HTTP answer: ${outcome.message} (${bytes})`)
    }
    // Framing is bounded too: chunks may be all extension, heads may follow each other without end.
    const { maxBytes } = this.#pool.options
    if (reading.bytes > 8 * maxBytes + 131_072) return this.#lost('transport', `more than ${maxBytes} bytes`)
    reading.look()
  }

  #parse(length: number): number | Error {
    try {
      return this.#client.parser.execute(this.#buffer, 0, length)
    } catch (error) {
      return error as Error
    }
  }

  #head({ statusCode, headers, shouldKeepAlive }: Head): void {
    const { parser } = this.#client
    if (statusCode === 101) throw new Error('protocols switched unasked')
    // The parser believes the fields of an answer that has no body by its status, or since HEAD was asked.
    if (statusCode < 200 || statusCode === 204 || statusCode === 304 || this.#request[0] === letterH) {
      parser.isChunked = false
      parser.body_bytes = 0
    }
    if (parser.body_bytes !== null && !(parser.body_bytes >= 0)) throw new Error('Content-Length is no number')
    this.#reading.head(statusCode, headers, shouldKeepAlive)
  }

  #messageEnds(): void {
    const reading = this.#reading
    if (reading.status < 200) return
    const { parser } = this.#client
    reading.whole = true
    if (parser.offset < parser.end) {
      // More than one answer to one request: what follows is not read, and the connection not used again.
      reading.reusable = false
      parser.offset = parser.end
    }
  }

  #answered(): void {
    const reading = this.#reading
    this.#pause = 0
    if (this.#served++ === 0) this.#idleMs = idleMs(reading.headers)
    this.state = 'answered'
    this.#pool.handlers.onReply(this, reading.reply())
    // The driver may have stopped everything.
    if ((this.state as State) !== 'answered') return
    if (this.#leaving) this.end()
    else if (reading.reusable && this.#socket?.writableLength === 0) this.#idle()
    else this.#replace()
  }

  #ended(): void {
    if (this.state === 'busy') {
      this.#client.parser.finish()
      if (this.#reading.whole) return this.#answered()
    }
    this.#failed('the connection was closed')
  }

  #failed(message: string): void {
    if (this.state === 'connecting') this.#unreachable(message)
    else if (this.state === 'idle') this.#replace()
    else if (this.#reading.bytes === 0) this.#lost('transport', `${message} before any answer`)
    else this.#lost('transport', `${message} within the answer${this.#reading.soFar}`)
  }

  /** The connection is of no more use, in good order. */
  #replace(): void {
    this.#hangUp()
    this.state = 'down'
    this.#pool.handlers.onClosed?.(this)
    this.#again(this.#nextPause())
  }

  #lost(kind: Trouble['kind'], message: string, pause = this.#nextPause()): void {
    const partial = this.#reading.status === 0 ? undefined : this.#reading.reply()
    this.#hangUp()
    this.state = 'down'
    this.#pool.handlers.onTrouble(this, { kind, message, ...(partial && { partial }) })
    this.#again(pause)
  }

  #unreachable(message: string): void {
    this.#hangUp()
    this.state = 'down'
    this.#pool.handlers.onConnectError?.(this, message)
    this.#again(this.#nextPause())
  }

  /** None after a connection that was good for something. */
  #nextPause(): number {
    if (this.#served > 0) return 0
    this.#pause = Math.min(pauses.longest, this.#pause * 2 || pauses.first)
    return this.#pause
  }

  #again(pause: number): void {
    if (this.state !== 'down') return
    if (this.#leaving) this.end()
    else if (pause === 0) this.#client._connect()
    else this.#redial = setTimeout(() => this.#client._connect(), pause)
  }

  #hangUp(): void {
    this.deadline = Number.POSITIVE_INFINITY
    this.#client.parser.reinitialize(this.#client.parser.type)
    this.#socket?.on('error', () => {}).destroy()
    this.#socket = undefined
  }
}

const letterH = 'H'.charCodeAt(0)
const noTicker = { clear() {}, reschedule() {} }
/** What autocannon is told of an answer: nothing, since its own counting has no reader. */
const unread = { req: undefined, headers: { statusCode: 0, headers: [] }, body: '', bytes: 0, duration: 0 }

function idleMs(headers: string[]): number {
  const seconds = Number(/\btimeout=(\d+)/i.exec(fieldOf(headers, 'keep-alive') ?? '')?.[1] ?? Number.NaN)
  return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : Math.max(seconds * 500, seconds * 1000 - earlier)
}
