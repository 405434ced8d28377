import type { Clock } from './clock.js'
import type { Lane } from './lane.js'
import type { Loop, Wanted, Work } from './scheduler.js'

/** Keeps every lane busy: each answer is followed by the next request, after a pause where think time is asked for. */
export class ClosedLoop implements Loop {
  readonly waiting = 0
  private running = false
  /** Lanes that are up before the clock starts. */
  private early: Lane[] = []
  private readonly go = (lane: Lane) => {
    lane.pausing = false
    if (this.running && lane.state === 'idle') this.work.begin(lane, 0)
  }

  /** `thinkMs` is the pause between an answer and the next request. */
  constructor(
    readonly needsSession: boolean,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly thinkMs: number,
  ) {}

  free(lane: Lane): void {
    if (!this.running) this.early.push(lane)
    else if (this.thinkMs === 0) this.work.begin(lane, 0)
    else this.pause(lane, this.thinkMs)
  }

  refused(): Wanted {
    return 'request'
  }

  /** Lets the lanes go; with think time they do not all begin at once. */
  start(): void {
    this.running = true
    const lanes = this.early
    this.early = []
    lanes.forEach((lane, index) => {
      if (this.thinkMs === 0) this.go(lane)
      else this.pause(lane, (this.thinkMs * index) / lanes.length)
    })
  }

  beat(): number {
    return Number.POSITIVE_INFINITY
  }

  stop(): void {
    this.running = false
  }

  private pause(lane: Lane, ms: number): void {
    if (lane.pausing) return
    lane.pausing = true
    this.clock.at(this.clock.now() + ms, this.go, lane)
  }
}
