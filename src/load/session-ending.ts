import type { Session } from './dialect.js'
import type { Lane } from './lane.js'
import type { Scheduler, Wanted } from './scheduler.js'

/** What is done to end sessions. */
export interface EndingWork {
  takeSessions(): Session[]
  end(lane: Lane, session: Session): boolean
}

/** Ends all sessions after the measured time. */
export class SessionEnding implements Scheduler {
  readonly needsSession = false
  readonly waiting = 0
  /** Sessions that were not ended yet. */
  readonly rest: Session[]
  private readonly busy = new Set<Lane>()

  constructor(private readonly work: EndingWork) {
    this.rest = work.takeSessions()
  }

  get finished(): boolean {
    return this.rest.length === 0 && this.busy.size === 0
  }

  free(lane: Lane): void {
    this.busy.delete(lane)
    for (let session = this.rest.pop(); session; session = this.rest.pop())
      if (this.work.end(lane, session)) return void this.busy.add(lane)
  }

  refused(): Wanted {
    return undefined
  }
}
