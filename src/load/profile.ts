import type { Loop, SessionPolicy } from '../report/load.js'

/** One stage: the load goes to its target within `seconds`, in a straight line when it `ramps`, at once when not. */
export interface Stage {
  name?: string
  seconds: number
  /** Closed loop: how many connections are kept busy at the end of the stage. */
  connections?: number
  /** Open loop: how many requests start per second at the end of the stage. */
  rate?: number
  ramp?: boolean
}

/** Held event streams beside the calls: `count` GET streams, opened evenly over the first half of the time. */
export interface HeldStreams {
  count: number
}

/** A search for the highest rate whose objective holds. */
export interface CapacitySearch {
  /** First rate, requests per second; it doubles until the objective breaks, then the knee is searched between. */
  from: number
  /** Never more than this. */
  to: number
  /** Seconds per step. */
  stepSeconds: number
  /** What must hold in each step, in the grammar of thresholds. */
  objective: string[]
}

/** A load, as data. Times are seconds. */
export interface Profile {
  /** What it is for, in one sentence. */
  description: string
  loop: Loop
  /** Connections that carry the load of an open loop; a closed loop takes them from its stages. */
  connections?: number
  stages: Stage[]
  /** Who shares a session with whom; default `per-connection`. */
  session?: SessionPolicy
  /** What becomes of a session after use: `delete` (default) or `leave`, to see whether the server lets go of it by itself. */
  afterwards?: 'delete' | 'leave'
  /** Pause of a closed-loop connection between an answer and its next request, in seconds. */
  think?: number
  streams?: HeldStreams
  capacity?: CapacitySearch
  /** What must hold for the gate, in k6's grammar, such as `rate(errors)<1%` or `tools/call:p(95)<100ms`. */
  thresholds?: string[]
}

/** Declares a load profile; the file's name is the profile's name. */
export function defineProfile(profile: Profile): Profile {
  return profile
}
