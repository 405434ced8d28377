import type { FailureKind } from '../report/load.js'
import { fieldOf } from '../wire/headers.js'
import type { Failure } from './answer.js'
import type { Reply } from './engine.js'
import type { Lane } from './lane.js'
import type { Places } from './places.js'
import type { Tally } from './tally.js'

/** What an answer, or the lack of one, means for the lane's next step and for its session. */
export class Aftermath {
  /** True once sessions in hand are only ended. */
  over = false
  /** Why a session could not be opened last. */
  openingFailure: string | undefined

  /** `leaves` says that sessions of single requests are not ended. */
  constructor(
    private readonly places: Places,
    private readonly sessions: Tally['sessions'],
    private readonly leaves: boolean,
  ) {}

  /** Takes note of how the lane's step went. */
  of(lane: Lane, failure: Failure | undefined, reply?: Reply): void {
    const { step } = lane
    lane.step = undefined
    if (step === 'call') this.called(lane, failure?.kind)
    else if (step === 'initialize') this.greeted(lane, failure, reply)
    else if (step === 'initialized') this.confirmed(lane, failure?.kind)
    else if (step === 'delete') this.deleted(lane, failure?.kind, reply)
  }

  /** Gives up the opening of a place, where the lane is at it. */
  release(lane: Lane): void {
    const place = lane.opens
    lane.opens = undefined
    if (place) this.places.notOpened(place)
  }

  private greeted(lane: Lane, failure: Failure | undefined, reply: Reply | undefined): void {
    if (failure || !reply) {
      this.openingFailure = failure?.message
      return this.release(lane)
    }
    const id = fieldOf(reply.headers, 'mcp-session-id')
    lane.own = id === undefined ? {} : { id }
    if (id !== undefined) this.sessions.opened++
    if (this.over) this.partFrom(lane)
    else lane.next = 'initialized'
  }

  private confirmed(lane: Lane, kind: FailureKind | undefined): void {
    const { opens, own } = lane
    if (kind === 'session-lost') {
      this.sessions.lost++
      lane.own = undefined
      this.release(lane)
    } else if (opens) {
      lane.opens = undefined
      lane.own = undefined
      this.places.opened(opens, own ?? {})
    } else if (this.over) this.partFrom(lane)
    else lane.next = 'call'
  }

  private called(lane: Lane, kind: FailureKind | undefined): void {
    const lost = kind === 'session-lost'
    if (!lane.own) {
      if (lost && this.places.lost(lane.place, lane.builtFor)) this.sessions.lost++
    } else if (lost) {
      this.sessions.lost++
      lane.own = undefined
    } else this.partFrom(lane)
  }

  /** Ends the session of a single request, or leaves it. */
  private partFrom(lane: Lane): void {
    if (lane.own?.id !== undefined && !this.leaves) {
      lane.next = 'delete'
      return
    }
    if (lane.own?.id !== undefined) this.sessions.left++
    lane.own = undefined
  }

  private deleted(lane: Lane, kind: FailureKind | undefined, reply: Reply | undefined): void {
    lane.own = undefined
    if (kind === 'session-lost') this.sessions.lost++
    else if (kind || reply?.status === 405) this.sessions.left++
    else this.sessions.closed++
  }
}
