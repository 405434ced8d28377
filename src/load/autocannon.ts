import type net from 'node:net'
// @ts-expect-error: autocannon ships no types; what is used of it is declared below.
import AutocannonClient from 'autocannon/lib/httpClient.js'
import { wireError } from '../wire/failure.js'
import { type Dialler, dialler } from './dial.js'
import type { Connection, Engine, EngineHandlers, EngineOptions, Reply, Trouble } from './engine.js'
import { FirstEvent } from './first-event.js'

/** The private members of autocannon 9.0.0's client that are used or replaced here; autocannon.contract.test.ts watches over them. */
interface Client {
  parser: Parser
  pipelinedRequests: object
  requestIterator: object
  timeoutTicker: { clear(): void; reschedule(ms: number): void }
  conn: net.Socket | undefined
  destroyed: boolean
  getRequestBuffer(): Buffer
  _connect(): void
  _doRequest(): void
  _destroyConnection(): void
  destroy(): void
}

/** http-parser-js as autocannon's client holds it. */
interface Parser {
  type: string
  state: string
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

type ClientClass = { new (options: object): Client; prototype: Client }
const { prototype } = AutocannonClient as ClientClass

const pause = { first: 50, longest: 1000 }
const readSize = 16_384

/**
 * An engine over the HTTP client of autocannon 9.0.0, with its connecting, queueing, body gathering and scheduling replaced per instance. Only its
 * client is used, not its run: no figure of autocannon's own is even computed.
 */
export function autocannonEngine<Slot = unknown>(options: EngineOptions, handlers: EngineHandlers<Slot>): Engine<Slot> {
  return new AutocannonEngine(options, handlers)
}

class AutocannonEngine<Slot> implements Engine<Slot> {
  readonly dialler: Dialler
  stopped = false
  #links: Link<Slot>[] = []
  #made = 0
  #sweep: NodeJS.Timeout | undefined
  #sweepAt = Number.POSITIVE_INFINITY

  constructor(
    readonly options: EngineOptions,
    readonly handlers: EngineHandlers<Slot>,
  ) {
    this.dialler = dialler(options.url, options.ca)
  }

  get connected(): number {
    return this.#links.filter(({ state }) => state === 'idle' || state === 'busy').length
  }

  resize(count: number): void {
    if (this.stopped) return
    for (const link of this.#links) link.leaving = false
    const surplus = this.#links.length - count
    if (surplus > 0) for (const link of leavers(this.#links, surplus)) link.leave()
    for (let missing = -surplus; missing > 0 && !this.stopped; missing--)
      this.#links.push(new Link<Slot>(this.#made++, this))
  }

  send(connection: Connection<Slot>, request: Buffer): void {
    ;(connection as Link<Slot>).send(request)
  }

  async stop(): Promise<number> {
    this.stopped = true
    clearTimeout(this.#sweep)
    const links = this.#links
    this.#links = []
    const unanswered = links.filter(({ state }) => state === 'busy').length
    await Promise.all(links.map((link) => link.end()))
    return unanswered
  }

  forget(link: Link<Slot>): void {
    this.#links = this.#links.filter((one) => one !== link)
    if (!this.stopped) this.handlers.onGone?.(link)
  }

  /** Looks at all deadlines when `deadline` is reached. All waits are nearly alike, so that one timer seldom moved serves all requests. */
  watch(deadline: number): void {
    if (deadline >= this.#sweepAt) return
    clearTimeout(this.#sweep)
    this.#sweepAt = deadline
    this.#sweep = setTimeout(() => this.#overdue(), Math.max(1, Math.ceil(deadline - performance.now())))
  }

  #overdue(): void {
    this.#sweepAt = Number.POSITIVE_INFINITY
    const now = performance.now()
    for (const link of this.#links) if (link.deadline <= now) link.timeIsUp()
    let next = Number.POSITIVE_INFINITY
    for (const link of this.#links) next = Math.min(next, link.deadline)
    if (next < Number.POSITIVE_INFINITY && !this.stopped) this.watch(next)
  }
}

/** Those a smaller engine can best do without: first what is not up, then the idle, the youngest of each first. */
function leavers<Slot>(links: Link<Slot>[], count: number): Link<Slot>[] {
  const rank: Record<State, number> = { gone: 0, down: 1, connecting: 1, idle: 2, busy: 3 }
  return [...links].sort((a, b) => rank[a.state] - rank[b.state] || b.index - a.index).slice(0, count)
}

type State = 'down' | 'connecting' | 'idle' | 'busy' | 'gone'

/** One connection: a client of autocannon whose socket may be replaced many times. */
class Link<Slot> implements Connection<Slot> {
  slot = undefined as Slot
  state: State = 'down'
  deadline = Number.POSITIVE_INFINITY
  leaving = false
  readonly #engine: AutocannonEngine<Slot>
  #client!: Client
  #socket: net.Socket | undefined
  #redial: NodeJS.Timeout | undefined
  #buffer = Buffer.allocUnsafeSlow(readSize)
  #request: Buffer = empty
  #pause = 0
  #served = false
  #reading: Reading = nothingRead(0)

  constructor(
    readonly index: number,
    engine: AutocannonEngine<Slot>,
  ) {
    this.#engine = engine
    // The client connects within its constructor: nothing may come after this line.
    ;new (AutocannonClient as ClientClass)({ setupClient: (client: Client) => this.#override(client) })
  }

  #override(client: Client): void {
    this.#client = client
    client.pipelinedRequests = {
      insertRequest() {},
      setHeaders: (head: Head) => this.#head(head),
      addBody: (bytes: Buffer) => this.#body(bytes),
      terminateRequest: () => unread,
    }
    client.requestIterator = {
      nextRequest() {},
      recordBody: () => this.#whole(),
    }
    client.getRequestBuffer = () => this.#request
    client._connect = () => this.#dial()
    // Called by autocannon after each answer; the next request is the driver's to send.
    client._doRequest = () => {}
    client._destroyConnection = () => this.#hangUp()
    const { parser } = client
    const { BODY_CHUNKHEAD } = parser
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
    this.#reading = nothingRead(now)
    this.deadline = now + this.#engine.options.timeoutMs
    this.#engine.watch(this.deadline)
    prototype._doRequest.call(this.#client)
  }

  /** Closes the connection for good, a busy one after its answer. */
  leave(): void {
    this.leaving = true
    if (this.state !== 'busy') this.end()
  }

  /** Closes the connection for good and at once; settles when its socket is closed. */
  async end(): Promise<void> {
    if (this.state === 'gone') return
    this.state = 'gone'
    this.deadline = Number.POSITIVE_INFINITY
    clearTimeout(this.#redial)
    const socket = this.#socket
    this.#client.destroy()
    this.#engine.forget(this)
    if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  }

  timeIsUp(): void {
    const { timeoutMs } = this.#engine.options
    if (this.state === 'connecting') return this.#unreachable(`no connection within ${timeoutMs} ms`)
    if (this.state === 'busy') this.#lost('timeout', `no whole answer within ${timeoutMs} ms${this.#soFar()}`, 0)
  }

  #soFar(): string {
    const { status, bytes } = this.#reading
    if (bytes === 0) return ', not a byte'
    return status ? `: status ${status}, ${bytes} bytes so far` : `: ${bytes} bytes so far`
  }

  #dial(): void {
    const client = this.#client
    client.timeoutTicker.clear()
    client.timeoutTicker = noTicker
    this.state = 'connecting'
    this.#served = false
    this.deadline = performance.now() + this.#engine.options.timeoutMs
    this.#engine.watch(this.deadline)
    const { dialler } = this.#engine
    const mine = (then: (argument: any) => void) => (argument: any) => {
      if (this.#socket === socket) then(argument)
    }
    const callback = (length: number) => {
      if (this.#socket === socket) this.#read(length)
      return true
    }
    const socket = dialler.dial({ buffer: this.#buffer, callback })
    this.#socket = socket
    client.conn = socket
    socket.on(
      dialler.up,
      mine(() => this.#idle()),
    )
    socket.on(
      'end',
      mine(() => this.#closedByServer()),
    )
    socket.on(
      'error',
      mine((error) => this.#failed(wireError(error).message)),
    )
    socket.on(
      'close',
      mine(() => this.#failed('the connection was closed')),
    )
  }

  #idle(): void {
    this.state = 'idle'
    this.deadline = Number.POSITIVE_INFINITY
    this.#engine.handlers.onIdle(this)
  }

  #read(length: number): void {
    const now = performance.now()
    const reading = this.#reading
    if (this.state !== 'busy') return this.#dropped()
    if (reading.bytes === 0) reading.firstByteAt = now
    reading.bytes += length
    reading.now = now
    const { maxBytes } = this.#engine.options
    if (reading.bytes > 8 * maxBytes + 131_072)
      return this.#lost('transport', `an answer of more than ${maxBytes} bytes`)
    const outcome = this.#parse(length)
    if (reading.whole) this.#answered()
    else if (outcome instanceof Error) this.#lost('transport', `not a readable HTTP answer: ${outcome.message}`)
  }

  #parse(length: number): number | Error {
    try {
      return this.#client.parser.execute(this.#buffer, 0, length)
    } catch (error) {
      return error as Error
    }
  }

  #head(head: Head): void {
    const reading = this.#reading
    const { parser } = this.#client
    if (head.statusCode === 101) throw new Error('protocols switched unasked')
    if (this.#request[0] === letterH && head.statusCode >= 200) {
      // An answer to HEAD has no body, whatever its fields announce.
      parser.isChunked = false
      parser.body_bytes = 0
    }
    if (parser.body_bytes !== null && !(parser.body_bytes >= 0)) throw new Error('Content-Length is no number')
    reading.status = head.statusCode
    reading.headers = head.headers
    reading.keepAlive = head.shouldKeepAlive
    if (isEventStream(head.headers)) reading.firstEvent = new FirstEvent()
  }

  #body(bytes: Buffer): void {
    const reading = this.#reading
    reading.size += bytes.length
    const { maxBytes } = this.#engine.options
    if (reading.size > maxBytes) throw new Error(`more than ${maxBytes} bytes`)
    if (reading.firstEvent?.ends(bytes)) {
      reading.firstEvent = undefined
      reading.firstEventAt = reading.now
    }
    // The bytes lie in the buffer that the next read overwrites.
    const copy = Buffer.from(bytes)
    if (reading.body === empty) reading.body = copy
    else if (reading.more) reading.more.push(copy)
    else reading.more = [reading.body, copy]
  }

  #whole(): void {
    const reading = this.#reading
    if (reading.status < 200) return
    const { parser } = this.#client
    reading.whole = true
    if (parser.offset < parser.end) {
      // More than one answer to one request: what follows is not read, and the connection not used again.
      reading.keepAlive = false
      parser.offset = parser.end
    }
  }

  #answered(): void {
    const reading = this.#reading
    this.#served = true
    this.#pause = 0
    this.#engine.handlers.onReply(this, replyOf(reading))
    if (this.state !== 'busy') return
    if (this.leaving) this.end()
    else if (reading.keepAlive && this.#socket!.writableLength === 0) this.#idle()
    else this.#dropped()
  }

  /** The server closed its side, or the connection cannot be used again: it is made anew. */
  #dropped(): void {
    this.#hangUp()
    this.state = 'down'
    this.#engine.handlers.onClosed?.(this)
    this.#again(this.#served ? 0 : this.#longerPause())
  }

  #closedByServer(): void {
    const reading = this.#reading
    if (this.state === 'connecting') return this.#unreachable('the connection was closed at once')
    if (this.state === 'idle') return this.#dropped()
    reading.now = performance.now()
    this.#client.parser.finish()
    if (reading.whole) this.#answered()
    else this.#failed('the connection was closed')
  }

  #failed(message: string): void {
    if (this.state === 'connecting') this.#unreachable(message)
    else if (this.state === 'idle') this.#dropped()
    else
      this.#lost(
        'transport',
        this.#reading.bytes ? `${message} within the answer${this.#soFar()}` : `${message} before any answer`,
      )
  }

  #lost(kind: Trouble['kind'], message: string, pauseMs = this.#served ? 0 : this.#longerPause()): void {
    this.#hangUp()
    this.state = 'down'
    this.#engine.handlers.onTrouble(this, { kind, message })
    this.#again(pauseMs)
  }

  #unreachable(message: string): void {
    this.#hangUp()
    this.state = 'down'
    this.#engine.handlers.onConnectError?.(this, message)
    this.#again(this.#longerPause())
  }

  #longerPause(): number {
    this.#pause = Math.min(pause.longest, this.#pause * 2 || pause.first)
    return this.#pause
  }

  #again(pauseMs: number): void {
    if (this.state !== 'down') return
    if (this.leaving) this.end()
    else if (pauseMs === 0) this.#client._connect()
    else this.#redial = setTimeout(() => this.#client._connect(), pauseMs)
  }

  #hangUp(): void {
    this.deadline = Number.POSITIVE_INFINITY
    this.#client.parser.reinitialize(this.#client.parser.type)
    const socket = this.#socket
    this.#socket = undefined
    if (socket) socket.on('error', () => {}).destroy()
  }
}

const empty = Buffer.alloc(0)
const letterH = 'H'.charCodeAt(0)
const noTicker = { clear() {}, reschedule() {} }
/** What autocannon is told of an answer: nothing, its own counting has no reader. */
const unread = { req: undefined, headers: { statusCode: 0, headers: [] }, body: '', bytes: 0, duration: 0 }

interface Reading {
  sentAt: number
  firstByteAt: number
  firstEventAt: number
  now: number
  status: number
  headers: string[]
  keepAlive: boolean
  bytes: number
  size: number
  body: Buffer
  more: Buffer[] | undefined
  firstEvent: FirstEvent | undefined
  whole: boolean
}

function nothingRead(sentAt: number): Reading {
  return {
    sentAt,
    firstByteAt: 0,
    firstEventAt: 0,
    now: 0,
    status: 0,
    headers: [],
    keepAlive: true,
    bytes: 0,
    size: 0,
    body: empty,
    more: undefined,
    firstEvent: undefined,
    whole: false,
  }
}

function replyOf(reading: Reading): Reply {
  return {
    status: reading.status,
    headers: reading.headers,
    body: reading.more ? Buffer.concat(reading.more) : reading.body,
    sentAt: reading.sentAt,
    firstByteAt: reading.firstByteAt,
    firstEventAt: reading.firstEventAt,
    endedAt: reading.now,
    bytes: reading.bytes,
  }
}

function isEventStream(headers: string[]): boolean {
  for (let i = 0; i < headers.length; i += 2)
    if (headers[i]!.length === 12 && headers[i]!.toLowerCase() === 'content-type')
      return /^\s*text\/event-stream\s*(;|$)/i.test(headers[i + 1]!)
  return false
}
