import type { Expectation } from './answer.js'
import type { Session } from './dialect.js'
import type { Connection } from './engine.js'
import type { Phase } from './recorder.js'
import type { CallBytes } from './request.js'

/** The requests that a lane's work consists of. */
export type Step = 'initialize' | 'initialized' | 'call' | 'delete'

/** Where a session lives: of one lane, or of all when they share it. */
export class Place {
  session: Session | undefined
  /** True while somebody opens it. */
  opening = false
  /** Lanes that have nothing to do until it is open. */
  readonly waiting: Lane[] = []
  /** After an opening that failed, when the next one may be tried, and how long to wait after that. */
  retryAt = 0
  pauseMs = 0
}

/** One path of requests, one at a time: a connection and what is needed again and again on it. Connections may come and go; the lane stays. */
export class Lane {
  connection: Connection<Lane> | undefined
  /** Idle lanes are up and wait to be told what to do. */
  state: 'down' | 'idle' | 'busy' = 'down'
  /** What is on its way, and what must follow it. */
  step: Step | undefined
  next: Step | undefined
  /** The place whose session is being opened. */
  opens: Place | undefined
  /** The session of one request only. */
  own: Session | undefined
  /** When the work in hand should have begun; 0 in a closed loop. */
  intended = 0
  phase: Phase | undefined
  bytes: Buffer = none
  readonly expected: Expectation = { sent: 'request', session: false }
  /** The measured requests, built for `builtFor` when first needed. */
  built: (CallBytes | undefined)[] = []
  builtFor: Session | undefined
  greeting: CallBytes | undefined
  turn = 0
  /** Marks of the scheduler: a pause is running, or it stands in the line of idle lanes. */
  pausing = false
  queued = false

  constructor(
    readonly number: number,
    readonly place: Place,
  ) {}
}

const none = Buffer.alloc(0)

/** Since when the request on its way is waited for, where that is earlier than its send; else 0. */
export function intendedOf(lane: Lane): number {
  return lane.step === 'call' || (lane.step === 'initialize' && !lane.opens) ? lane.intended : 0
}
