import type { Lane } from './lane.js'

/** What a scheduler has done. */
export interface Work {
  /** Starts one piece of work on an idle lane; `intended` is when it was due, 0 where nobody waited for it. */
  begin(lane: Lane, intended: number): void
}

/** What a connection is wanted for: a session to be opened, a request to be sent, or nothing just now. */
export type Wanted = 'session' | 'request' | undefined

/** Decides when lanes work. Nothing here may wait or throw. */
export interface Scheduler {
  /** True when a lane must have its session before it is told of. */
  readonly needsSession: boolean
  /** Requests that are due and wait for a lane. */
  readonly waiting: number
  /** The lane is idle and can be given work. */
  free(lane: Lane): void
  /** No connection could be made for a lane; returns what was wanted there and has failed by that. */
  refused(lane: Lane): Wanted
}

/** A scheduler of the measured time. */
export interface Loop extends Scheduler {
  /** The clock starts. */
  start(now: number): void
  /** Does what is due; returns when to come again, in ms, or Infinity. */
  beat(now: number): number
  /** Nothing more begins; what was due until then and has not begun goes on waiting. */
  stop(now: number): void
}
