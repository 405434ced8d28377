import type net from 'node:net'
// @ts-expect-error: autocannon ships no types; what is used of it is declared below.
import AutocannonClient from 'autocannon/lib/httpClient.js'
import { wireError } from '../wire/failure.js'
import { type Dialler, dialler } from './dial.js'
import type { Engine, EngineHandlers, EngineOptions } from './engine.js'
import { Link } from './link.js'
import { Pool } from './pool.js'
import { type AnswerHead, answerHead, TooLong } from './reading.js'

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

interface ParsedHead {
  statusCode: number
  headers: string[]
  shouldKeepAlive: boolean
}

/** A head as it was read once, and how its body is framed. */
interface KnownHead {
  bytes: Buffer
  head: AnswerHead
  chunked: boolean
  length: number | null
}

const Client = AutocannonClient as { new (options: object): Client; prototype: Client }

/**
 * An engine over the HTTP client of autocannon 9.0.0, whose connecting, queueing, gathering of bodies and scheduling are replaced per instance. Its run
 * is not used, only its client: no figure of autocannon's own is even computed.
 */
export function autocannonEngine<Slot = unknown>(options: EngineOptions, handlers: EngineHandlers<Slot>): Engine<Slot> {
  const dial = dialler(options.url, options.ca)
  return new Pool<Slot>(options, handlers, (index, pool) => new AutocannonLink(index, pool, dial))
}

/** One connection: a client of autocannon, whose socket may be replaced many times. */
class AutocannonLink<Slot> extends Link<Slot> {
  readonly #dialler: Dialler
  readonly #buffer = Buffer.allocUnsafeSlow(16_384)
  #client!: Client
  #socket: net.Socket | undefined
  #request: Buffer = this.#buffer
  #known: KnownHead | undefined
  /** Whether more came than the answer. */
  #surplus = false

  constructor(index: number, pool: Pool<Slot>, dial: Dialler) {
    super(index, pool)
    this.#dialler = dial
    // The client connects within its constructor, so this is the last line.
    new Client({ setupClient: (client: Client) => this.#override(client) })
  }

  #override(client: Client): void {
    this.#client = client
    client.pipelinedRequests = {
      insertRequest() {},
      setHeaders: (head: ParsedHead) => this.#head(head),
      addBody: (piece: Buffer) => this.reading.add(piece, this.pool.options.maxBytes),
      terminateRequest: () => unread,
    }
    client.requestIterator = { nextRequest() {}, recordBody: () => this.#messageEnds() }
    client.getRequestBuffer = () => this.#request
    client._connect = () => this.#dial()
    // The client calls it after each answer; the next request is the driver's to send.
    client._doRequest = () => {}
    client._destroyConnection = () => this.hangUp()
    const { parser } = client
    const { BODY_CHUNKHEAD } = parser
    // The parser takes a chunk without a size for the last one.
    parser.BODY_CHUNKHEAD = () => {
      BODY_CHUNKHEAD.call(parser)
      if (!(parser.body_bytes! >= 0)) throw new Error('a chunk without a size')
    }
  }

  protected override connect(): void {
    this.#client._connect()
  }

  protected override write(request: Buffer): void {
    this.#request = request
    Client.prototype._doRequest.call(this.#client)
  }

  protected override hangUp(): void {
    this.#client.parser.reinitialize(this.#client.parser.type)
    this.#socket?.on('error', () => {}).destroy()
    this.#socket = undefined
  }

  protected override async close(): Promise<void> {
    const socket = this.#socket
    this.#client.destroy()
    if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  }

  #dial(): void {
    const client = this.#client
    // Set by the constructor after setupClient.
    client.timeoutTicker.clear()
    client.timeoutTicker = noTicker
    this.connecting()
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
    const up = current(() => this.up())
    const end = current(() => this.#ended())
    const error = current((thrown: Error) => this.failed(wireError(thrown).message))
    const close = current(() => this.failed('the connection was closed'))
    socket.once(this.#dialler.up, up).on('end', end).on('error', error).on('close', close)
  }

  #read(length: number): void {
    const { reading } = this
    // Bytes that nobody asked for: the next answer could not be told from them.
    if (this.state !== 'busy') return this.replace()
    reading.arrived(length, performance.now())
    const outcome = this.#parse(length)
    if (reading.whole) return this.answered(!this.#surplus && this.#socket?.writableLength === 0)
    if (outcome instanceof TooLong) return this.lost('transport', outcome.message)
    if (outcome instanceof Error) {
      const bytes = JSON.stringify(this.#buffer.toString('latin1', 0, Math.min(length, 60)))
      return this.lost('transport', `not a readable HTTP answer: ${outcome.message} (${bytes})`)
    }
    // Framing is bounded too: chunks may be all extension, heads may follow each other without end.
    const { maxBytes } = this.pool.options
    if (reading.bytes > 8 * maxBytes + 131_072) return this.lost('transport', new TooLong(maxBytes).message)
    reading.look()
  }

  #parse(length: number): number | Error {
    try {
      const start = this.#skipKnownHead(length)
      return this.#client.parser.execute(this.#buffer, start, length - start)
    } catch (error) {
      return error as Error
    }
  }

  /** Servers repeat their heads to the byte, until the Date changes: such a head is not parsed again. Returns how many bytes are done. */
  #skipKnownHead(length: number): number {
    const known = this.#known
    const { reading } = this
    if (!known || reading.bytes !== length || this.#request[0] === letterH) return 0
    const size = known.bytes.length
    if (size > length || this.#buffer.compare(known.bytes, 0, size, 0, size) !== 0) return 0
    const { parser } = this.#client
    parser.isChunked = known.chunked
    parser.body_bytes = known.length
    parser.state = known.chunked ? 'BODY_CHUNKHEAD' : 'BODY_SIZED'
    reading.head = known.head
    return size
  }

  #head({ statusCode, headers, shouldKeepAlive }: ParsedHead): void {
    const { parser } = this.#client
    const { reading } = this
    if (statusCode === 101) throw new Error('protocols switched unasked')
    // The parser believes the fields of an answer that has no body by its status, or since HEAD was asked.
    if (statusCode < 200 || statusCode === 204 || statusCode === 304 || this.#request[0] === letterH) {
      parser.isChunked = false
      parser.body_bytes = 0
    }
    if (parser.body_bytes !== null && !(parser.body_bytes >= 0)) throw new Error('Content-Length is no number')
    const isFirst = reading.head.status === 0 && reading.bytes === parser.end
    reading.head = answerHead(statusCode, headers, shouldKeepAlive)
    if (isFirst && (parser.isChunked || parser.body_bytes! > 0)) {
      const bytes = Buffer.from(this.#buffer.subarray(0, parser.offset))
      this.#known = { bytes, head: reading.head, chunked: parser.isChunked, length: parser.body_bytes }
    }
  }

  #messageEnds(): void {
    const { reading } = this
    if (reading.head.status < 200) return
    const { parser } = this.#client
    reading.whole = true
    // More than one answer to one request: what follows is not read.
    this.#surplus = parser.offset < parser.end
    if (this.#surplus) parser.offset = parser.end
  }

  #ended(): void {
    if (this.state === 'busy') this.#client.parser.finish()
    if (this.state === 'busy' && this.reading.whole) this.answered(false)
    else this.failed('the connection was closed')
  }
}

const letterH = 'H'.charCodeAt(0)
const noTicker = { clear() {}, reschedule() {} }
/** What autocannon is told of an answer: nothing, since its own counting has no reader. */
const unread = { req: undefined, headers: { statusCode: 0, headers: [] }, body: '', bytes: 0, duration: 0 }
