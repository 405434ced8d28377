import type { Clock } from './clock.js'
import type { Session } from './dialect.js'
import { type Lane, Place } from './lane.js'

const pause = { first: 100, longest: 1000 }

/** What places need done for a lane. */
export interface PlaceActions {
  /** Opens the session of a place on an idle lane. */
  open(lane: Lane, place: Place): void
  /** The idle lane has its session. */
  ready(lane: Lane): void
}

/** Where sessions live that last longer than a request: one place per lane, or one for all. A lost session is opened again by whoever needs it first. */
export class Places {
  private readonly places: Place[] = []

  constructor(
    private readonly shared: boolean,
    private readonly clock: Clock,
    private readonly actions: PlaceActions,
  ) {}

  /** The place of a number, counted from 0. */
  at(number: number): Place {
    const index = this.shared ? 0 : number
    this.places[index] ??= new Place()
    return this.places[index]
  }

  /** The sessions that are open. */
  sessions(): Session[] {
    return this.places.map(({ session }) => session).filter((session) => session !== undefined)
  }

  /** Takes care that an idle lane has its session; it is opened, or waited for, when not. */
  settle(lane: Lane): void {
    const { place } = lane
    if (place.session) this.actions.ready(lane)
    else if (place.opening || place.retryAt > this.clock.now()) place.waiting.push(lane)
    else this.actions.open(lane, place)
  }

  /** The place's session is open. */
  opened(place: Place, session: Session): void {
    place.session = session
    place.opening = false
    place.pauseMs = 0
    this.wake(place)
  }

  /** The place's session could not be opened; it is tried again after a growing pause. */
  notOpened(place: Place): void {
    place.opening = false
    place.pauseMs = Math.min(pause.longest, place.pauseMs * 2 || pause.first)
    place.retryAt = this.clock.now() + place.pauseMs
    this.clock.at(place.retryAt, (one) => this.wake(one), place)
  }

  /** A session is gone; true when it was not known before. */
  lost(place: Place, session: Session | undefined): boolean {
    if (!session || place.session !== session) return false
    place.session = undefined
    return true
  }

  private wake(place: Place): void {
    for (const lane of place.waiting.splice(0)) if (lane.state === 'idle') this.settle(lane)
  }
}
