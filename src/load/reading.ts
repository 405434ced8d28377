import { fieldOf } from '../wire/headers.js'
import type { Reply } from './engine.js'
import { FirstEvent } from './first-event.js'

const empty = Buffer.alloc(0)

/** The head of an answer. Several answers may share one: it is never changed. */
export interface AnswerHead {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: string[]
  /** Whether the connection may carry another request afterwards. */
  readonly reusable: boolean
  /** Whether the body is an event stream. */
  readonly streams: boolean
}

const noHead: AnswerHead = { status: 0, headers: [], reusable: false, streams: false }

/** What is known of an answer when its head was read. */
export function answerHead(status: number, headers: string[], reusable: boolean): AnswerHead {
  const type = fieldOf(headers, 'content-type')
  const streams = type !== undefined && /^\s*text\/event-stream\s*(;|$)/i.test(type)
  return { status, headers, reusable, streams }
}

/** An answer that is longer than any may be. */
export class TooLong extends Error {
  constructor(most: number) {
    super(`an answer of more than ${most} bytes`)
  }
}

/** One answer while it arrives. Times are `performance.now()` milliseconds. */
export class Reading {
  /** Its status is 0 until it was read. */
  head = noHead
  /** Bytes that came, framing included. */
  bytes = 0
  /** When the last bytes came. */
  at = 0
  /** Whether the end of the answer was seen. */
  whole = false
  #size = 0
  #body = empty
  #firstByteAt = 0
  #firstEventAt = 0
  #firstEvent: FirstEvent | undefined

  constructor(readonly sentAt: number) {}

  /** Bytes came at this time. */
  arrived(bytes: number, at: number): void {
    if (this.bytes === 0) this.#firstByteAt = at
    this.bytes += bytes
    this.at = at
  }

  /** Adds a piece of the body; the bytes are copied. Throws when they are more than `most`. */
  add(piece: Uint8Array, most: number): void {
    const size = this.#size + piece.length
    if (size > most) throw new TooLong(most)
    if (this.#size === 0) this.#body = Buffer.from(piece)
    else {
      if (size > this.#body.length)
        this.#body = Buffer.concat([this.#body.subarray(0, this.#size)], Math.min(size * 2, most))
      this.#body.set(piece, this.#size)
    }
    this.#size = size
  }

  /** To be called when all bytes at hand were added: looks for the end of the first event, as long as the stream goes on. */
  look(): void {
    if (!this.head.streams || this.#firstEventAt !== 0) return
    this.#firstEvent ??= new FirstEvent()
    if (this.#firstEvent.endsIn(this.#body.subarray(0, this.#size))) this.#firstEventAt = this.at
  }

  /** The answer as far as it came. */
  reply(): Reply {
    const { head, sentAt, bytes } = this
    return {
      status: head.status,
      headers: head.headers,
      body: this.#body.length === this.#size ? this.#body : this.#body.subarray(0, this.#size),
      sentAt,
      firstByteAt: this.#firstByteAt,
      // A stream that came in one piece was never looked at: its events were whole when it was.
      firstEventAt: head.streams && this.#firstEventAt === 0 && this.whole ? this.at : this.#firstEventAt,
      endedAt: this.at,
      bytes,
    }
  }

  /** Where it stands, in words that follow a message. */
  get soFar(): string {
    if (this.bytes === 0) return ', not a byte of it'
    const { status } = this.head
    return status === 0 ? `, ${this.bytes} bytes so far` : `, status ${status} and ${this.bytes} bytes so far`
  }
}
