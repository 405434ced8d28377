import { fieldOf } from '../wire/headers.js'
import type { Connection, EngineHandlers, Trouble } from './engine.js'
import type { Pool } from './pool.js'
import { type AnswerHead, Reading } from './reading.js'

/** Where a connection stands. `answered`: its answer is being handed over. `gone`: closed for good. */
export type State = 'down' | 'connecting' | 'idle' | 'busy' | 'answered' | 'gone'

/** Pauses before connecting again, in ms: each failure in a row doubles it. */
const pauses = { first: 50, longest: 1000 }
/** How long before a server closes an idle connection, as it announced, the connection is given up, in ms. */
const earlier = 1000
const never = Number.POSITIVE_INFINITY

/**
 * The life of one connection, whatever speaks HTTP on it: connecting, idle, busy, lost, connecting again. Who extends it says how to connect, to
 * write, and to hang up, and tells what comes by `up`, `answered`, `replace`, `lost` and `failed`.
 */
export abstract class Link<Slot> implements Connection<Slot> {
  slot = undefined as Slot
  state: State = 'down'
  /** When `timeIsUp` is to be called, as `performance.now()`; infinity for never. */
  deadline = never
  /** The answer to the request sent last. */
  protected reading = new Reading(0)
  #leaving = false
  #pause = 0
  #redial: NodeJS.Timeout | undefined
  /** Answers since the connection was made. */
  #served = 0
  /** How long an idle connection is used, in ms. */
  #idleMs = never

  constructor(
    readonly index: number,
    protected readonly pool: Pool<Slot>,
  ) {}

  /** Starts to connect anew; `connecting` was called before. */
  protected abstract connect(): void
  protected abstract write(request: Buffer): void
  /** Drops the connection at once; nothing may come from it afterwards. */
  protected abstract hangUp(): void
  /** Hangs up for good; settles when the socket is closed. */
  protected abstract close(): Promise<void>

  /** Sends whole request bytes; throws when the connection is not idle. */
  send(request: Buffer): void {
    if (this.state !== 'idle') throw new Error(`connection ${this.index} is ${this.state}, not idle`)
    const now = performance.now()
    this.state = 'busy'
    this.reading = new Reading(now)
    this.#dueBy(now + this.pool.options.timeoutMs)
    this.write(request)
  }

  /** Closes it for good, a busy one after its answer. */
  leave(): void {
    this.#leaving = true
    if (this.state !== 'busy' && this.state !== 'answered') this.end()
  }

  /** Takes `leave` back. */
  stay(): void {
    this.#leaving = false
  }

  /** Closes it for good and at once; settles when its socket is closed. */
  async end(): Promise<void> {
    if (this.state === 'gone') return
    this.state = 'gone'
    this.deadline = never
    clearTimeout(this.#redial)
    const closed = this.close()
    this.pool.forget(this)
    await closed
  }

  timeIsUp(): void {
    const { timeoutMs } = this.pool.options
    if (this.state === 'connecting') this.failed(`no connection within ${timeoutMs} ms`)
    else if (this.state === 'idle') this.replace()
    else if (this.state === 'busy')
      this.lost('timeout', `no whole answer within ${timeoutMs} ms${this.reading.soFar}`, 0)
  }

  protected connecting(): void {
    this.state = 'connecting'
    this.#served = 0
    this.#idleMs = never
    this.#dueBy(performance.now() + this.pool.options.timeoutMs)
  }

  /** The connection is ready for a request. */
  protected up(): void {
    this.state = 'idle'
    this.deadline = never
    if (this.#idleMs < never) this.#dueBy(performance.now() + this.#idleMs)
    this.#handlers.onIdle(this)
  }

  /** The reading is whole; `clean` says whether nothing but the answer came and the request was sent to its end. */
  protected answered(clean: boolean): void {
    const { reading } = this
    this.#pause = 0
    if (this.#served++ === 0) this.#idleMs = idleMs(reading.head)
    this.state = 'answered'
    this.#handlers.onReply(this, reading.reply())
    // The driver may have stopped everything.
    if ((this.state as State) !== 'answered') return
    if (this.#leaving) this.end()
    else if (clean && reading.head.reusable) this.up()
    else this.replace()
  }

  /** The connection broke, or did not come about. */
  protected failed(message: string): void {
    if (this.state === 'connecting') this.#down(() => this.#handlers.onConnectError?.(this, message))
    else if (this.state === 'idle') this.replace()
    else if (this.reading.bytes === 0) this.lost('transport', `${message} before any answer`)
    else this.lost('transport', `${message} within the answer${this.reading.soFar}`)
  }

  /** The connection is of no more use, in good order. */
  protected replace(): void {
    this.#down(() => this.#handlers.onClosed?.(this))
  }

  /** The request is lost, and the connection with it. */
  protected lost(kind: Trouble['kind'], message: string, pause?: number): void {
    const partial = this.reading.head.status === 0 ? undefined : this.reading.reply()
    this.#down(() => this.#handlers.onTrouble(this, { kind, message, ...(partial && { partial }) }), pause)
  }

  get #handlers(): EngineHandlers<Slot> {
    return this.pool.handlers
  }

  #dueBy(deadline: number): void {
    this.deadline = deadline
    this.pool.watch(deadline)
  }

  #down(tell: () => void, pause = this.#nextPause()): void {
    this.deadline = never
    this.hangUp()
    this.state = 'down'
    tell()
    // The driver may have stopped everything.
    if (this.state !== 'down') return
    if (this.#leaving) this.end()
    else if (pause === 0) this.connect()
    else this.#redial = setTimeout(() => this.connect(), pause)
  }

  /** None after a connection that was good for something. */
  #nextPause(): number {
    if (this.#served > 0) return 0
    this.#pause = Math.min(pauses.longest, this.#pause * 2 || pauses.first)
    return this.#pause
  }
}

function idleMs({ headers }: AnswerHead): number {
  const seconds = /\btimeout=(\d+)/i.exec(fieldOf(headers, 'keep-alive') ?? '')?.[1]
  return seconds === undefined ? never : Math.max(Number(seconds) * 500, Number(seconds) * 1000 - earlier)
}
