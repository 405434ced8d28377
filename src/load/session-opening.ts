import type { Lane, Place } from './lane.js'
import type { Scheduler, Wanted } from './scheduler.js'

/** What is done to open sessions. */
export interface OpeningWork {
  open(lane: Lane, place: Place): void
}

/** How many openings may fail one after another before the rest is not tried. */
const patience = { none: 4, some: 20 }

/** Opens the sessions of many places before the clock starts, on as many lanes as there are. */
export class SessionOpening implements Scheduler {
  readonly needsSession = false
  readonly waiting = 0
  private next = 0
  private failures = 0
  /** How many sessions were opened. */
  opened = 0
  /** What each lane opens now. */
  private readonly busy = new Map<Lane, Place>()
  /** Idle lanes that were given nothing more to open. */
  private readonly resting: Lane[] = []

  constructor(
    private readonly places: readonly Place[],
    private readonly work: OpeningWork,
  ) {}

  /** True when all are open, or it is clear that they will not be. */
  get finished(): boolean {
    return this.busy.size === 0 && (this.hopeless || this.next >= this.places.length)
  }

  free(lane: Lane): void {
    const before = this.busy.get(lane)
    this.busy.delete(lane)
    if (before?.session) this.opened++
    if (before) this.failures = before.session ? 0 : this.failures + 1
    this.give(lane)
    // What was given up may have hope again.
    if (before?.session) for (const other of this.resting.splice(0)) if (other.state === 'idle') this.give(other)
  }

  refused(lane: Lane): Wanted {
    this.busy.delete(lane)
    this.failures++
    return 'session'
  }

  private give(lane: Lane): void {
    if (this.hopeless) return void this.resting.push(lane)
    const place = this.places[this.next++]
    if (!place) return
    this.busy.set(lane, place)
    this.work.open(lane, place)
  }

  private get hopeless(): boolean {
    return this.failures >= (this.opened === 0 ? patience.none : patience.some)
  }
}
