import type { Clock } from './clock.js'
import type { Lane } from './lane.js'
import type { Arrivals } from './pacer.js'
import { Queue } from './queue.js'
import type { Loop, Wanted, Work } from './scheduler.js'

/**
 * Starts requests when they are due, whatever the answers do. One that finds no lane free waits its turn; its response time counts from when it
 * was due.
 */
export class OpenLoop implements Loop {
  private startedAt = never
  /** How many are due and not begun. */
  waiting = 0
  /** Which of them is the oldest: when they were due can be told anew, so that an overload of hours takes no memory. */
  private readonly oldest: Arrivals
  /** Lanes take turns, so that the work is spread over all sessions. Those that went down meanwhile are passed over. */
  private readonly idle = new Queue<Lane>()

  /** `late` is told how late a request was sent though a lane was free, in ms. */
  constructor(
    readonly needsSession: boolean,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly arrivals: Arrivals,
    private readonly late: (ms: number) => void,
  ) {
    this.oldest = arrivals.copy()
  }

  free(lane: Lane): void {
    const now = this.clock.now()
    if (now >= this.next()) this.beat(now)
    const intended = this.startedAt === never ? undefined : this.takeOldest()
    if (intended !== undefined) return this.work.begin(lane, intended)
    if (!lane.queued) this.idle.push(lane)
    lane.queued = true
  }

  /** A request that waits fails with the connection it would have gone over; before the clock starts one is about to come. */
  refused(): Wanted {
    return this.startedAt === never || this.takeOldest() !== undefined ? 'request' : undefined
  }

  start(now: number): void {
    this.startedAt = now
  }

  /** Starts what is due; returns when the next one is. */
  beat(now: number): number {
    for (let next = this.next(); next <= now; next = this.next()) {
      this.arrivals.advance()
      this.waiting++
      const lane = this.freeLane()
      if (!lane) continue
      const intended = this.takeOldest()!
      // One that has waited for a lane is not late by our own doing.
      if (intended === next) this.late(now - next)
      this.work.begin(lane, intended)
    }
    return this.next()
  }

  stop(now: number): void {
    for (let next = this.next(); next < now; next = this.next()) {
      this.arrivals.advance()
      this.waiting++
    }
    this.startedAt = never
  }

  private next(): number {
    return this.startedAt + this.arrivals.due * 1000
  }

  private takeOldest(): number | undefined {
    if (this.waiting === 0) return undefined
    const intended = this.startedAt + this.oldest.due * 1000
    this.oldest.advance()
    this.waiting--
    return intended
  }

  private freeLane(): Lane | undefined {
    for (let lane = this.idle.shift(); lane; lane = this.idle.shift()) {
      lane.queued = false
      if (lane.state === 'idle') return lane
    }
    return undefined
  }
}

const never = Number.POSITIVE_INFINITY
