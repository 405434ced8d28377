import type { Ending, WireError } from './exchange.js'
import { type HeaderList, headerOf, mediaType } from './headers.js'
import { isResponse, type Message, parseJson } from './jsonrpc.js'
import { type SseEvent, sseParser } from './sse.js'

/** The most events and comments of one stream that are kept; more of them end it as `too-large`. */
const mostEvents = 3000

/** So many of them every stream may have, and so many bytes are kept of what was too large. */
const fewEvents = 200
const keptBytes = 8000

/** What replies may keep in memory. */
export interface Allowance {
  /** The most bytes of one body; a longer one is cut and marked `too-large`. */
  bytes: number
  /** Asked before an event is kept that has many before it in its stream: whether the run has room for one more. */
  hasRoom(): boolean
}

/**
 * What came back for one HTTP request: status, headers and a body that may still be growing.
 * Status 0 means that no HTTP answer came; `error` then says why. Nothing here throws.
 */
export class Reply {
  status = 0
  headers: HeaderList = []
  /** Media type in lower case without parameters; empty when the field is missing. */
  type = ''
  /** Events of a text/event-stream body, in order of arrival. */
  readonly events: SseEvent[] = []
  readonly comments: { text: string; at: number }[] = []
  /** The last `retry` field of the stream, in ms, and whether one came before the end. */
  retry?: number
  /** Every JSON value received: the body of a JSON answer, or the data of each event that is JSON. */
  readonly messages: unknown[] = []
  error?: WireError
  ended?: Ending
  /** Milliseconds since the request was sent; `end` is set once the body has ended. */
  readonly at: { head?: number; firstByte?: number; response?: number; end?: number } = {}
  /** How often the stream broke off and was resumed by GET with Last-Event-ID. */
  resumed = 0
  /** True for an exchange that was broken off on a connection over which an earlier answer had come. */
  onKept = false
  /** Resolves when the body has ended, for whatever reason. */
  readonly finished: Promise<void>

  private readonly chunks: Buffer[] = []
  private size = 0
  private readonly listeners = new Set<() => void>()
  private readonly settle: () => void
  /** Made with the first piece of an event stream. */
  private feed?: (data: Buffer) => void

  constructor(
    readonly started: number,
    private readonly allowance: Allowance,
    private readonly abort: () => void,
    private readonly onMessage?: (message: unknown, reply: Reply) => void,
  ) {
    let settle = () => {}
    this.finished = new Promise((resolve) => {
      settle = resolve
    })
    this.settle = settle
  }

  /** True when the answer is an event stream. */
  get isStream(): boolean {
    return this.type === 'text/event-stream'
  }

  /** True for a status of 200 to 299. */
  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  /** How many bytes of the body have come. */
  get bytes(): number {
    return this.size
  }

  get body(): Buffer {
    return Buffer.concat(this.chunks)
  }

  get text(): string {
    return this.body.toString('utf8')
  }

  /** The first bytes of the body, `most` of them where there are as many. */
  beginning(most: number): Buffer {
    const needed: Buffer[] = []
    let size = 0
    for (let at = 0; size < most && at < this.chunks.length; size += this.chunks[at++]!.length)
      needed.push(this.chunks[at]!)
    return Buffer.concat(needed, Math.min(size, most))
  }

  /** The first message that carries a result or an error. On a shared legacy stream the session sets it by id. */
  get response(): Message | undefined {
    return this.matched ?? this.messages.find(isResponse)
  }

  /** The message that answers the request, where only the id can tell (legacy HTTP+SSE). */
  matched?: Message

  /** The id of the last event that carried one: what Last-Event-ID resumes from. */
  get lastEventId(): string | undefined {
    return this.events.findLast((event) => event.id !== undefined)?.id
  }

  /** A header field of the answer by name. */
  header(name: string): string | undefined {
    return headerOf(this.headers, name)
  }

  /** Waits until `found` holds, the body has ended, or `ms` have passed; says whether it holds. */
  async until(found: (reply: Reply) => boolean, ms: number): Promise<boolean> {
    if (found(this) || this.ended) return found(this)
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.listeners.delete(look)
        resolve()
      }
      const look = () => (found(this) || this.ended) && done()
      const timer = setTimeout(done, ms)
      this.listeners.add(look)
    })
    return found(this)
  }

  /** Ends the exchange from our side; a body that has already ended is left as it is. */
  close(reason: Ending = 'closed'): void {
    if (this.ended) return
    this.end(reason)
    this.abort()
  }

  /** Called by the transport when status and headers have arrived. */
  head(status: number, headers: HeaderList): void {
    this.status = status
    this.headers = headers
    this.type = mediaType(this.header('content-type'))
    this.at.head = this.elapsed()
    this.tell()
  }

  /** Called by the transport for each piece of the body. */
  chunk(data: Buffer): void {
    if (this.ended) return
    this.at.firstByte ??= this.elapsed()
    this.size += data.length
    if (this.size > this.allowance.bytes) return this.close('too-large')
    this.chunks.push(data)
    if (this.isStream) {
      this.feed ??= this.reader()
      this.feed(data)
    }
    this.tell()
  }

  /** Called by the transport when nothing more will come. */
  end(how: Ending, error?: WireError): void {
    if (this.ended) return
    if (error) this.error = error
    if (!this.isStream && this.size > 0 && how === 'complete') {
      const value = parseJson(this.text)
      if (value !== undefined) for (const one of Array.isArray(value) ? value : [value]) this.message(one)
    }
    this.at.end = this.elapsed()
    this.ended = how
    if (how === 'too-large') this.forget()
    this.tell()
    this.settle()
  }

  /** Adds a message that belongs to this reply but came over another channel. */
  message(value: unknown): void {
    this.messages.push(value)
    if (isResponse(value)) this.at.response ??= this.elapsed()
    this.onMessage?.(value, this)
  }

  /** Wakes whoever waits in `until`. */
  tell(): void {
    for (const listener of [...this.listeners]) listener()
  }

  private reader(): (data: Buffer) => void {
    const decoder = new TextDecoder()
    const sink = {
      event: (event: SseEvent) => this.event(event),
      retry: (ms: number) => {
        this.retry = ms
      },
      comment: (text: string) => {
        if (this.ended) return
        if (this.isFull(this.comments.length)) this.close('too-large')
        else this.comments.push({ text, at: this.elapsed() })
      },
    }
    const parse = sseParser(sink, () => this.elapsed())
    return (data) => parse(decoder.decode(data, { stream: true }))
  }

  private event(event: SseEvent): void {
    if (this.ended) return
    if (this.isFull(this.events.length)) return this.close('too-large')
    this.events.push(event)
    const value = event.data === '' ? undefined : parseJson(event.data)
    if (value !== undefined) for (const one of Array.isArray(value) ? value : [value]) this.message(one)
  }

  private isFull(kept: number): boolean {
    return kept >= mostEvents || (kept >= fewEvents && !this.allowance.hasRoom())
  }

  /** Lets go of what is of no use in an answer that was cut. */
  private forget(): void {
    const beginning = this.beginning(keptBytes)
    this.chunks.splice(0, this.chunks.length, beginning)
    this.events.splice(fewEvents)
    this.comments.splice(fewEvents)
    this.messages.splice(
      fewEvents,
      this.messages.length,
      ...this.messages.slice(fewEvents).filter(isResponse).slice(0, 1),
    )
  }

  private elapsed(): number {
    return performance.now() - this.started
  }
}
