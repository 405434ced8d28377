import type { Load, LoadMode, SecondStats, SessionPolicy, StageStats } from '../report/load.js'
import type { HeaderList } from '../wire/headers.js'
import type { Profile } from './profile.js'
import type { ReadUse } from './server-watch.js'
import type { Threshold } from './thresholds.js'

/** A request that is measured; several take turns. Its method is the name of its phase. */
export interface MeasuredRequest {
  method: string
  /** `{canary}` within any text stands for a value of its own in each request. */
  params?: Record<string, unknown>
  /** Headers that mirror it in mode modern; `{canary}` within a value stands for the same text as in the params. */
  headers?: HeaderList
  /** True when the answer was seen to carry the canary: then an answer without it belongs to somebody else. */
  echoes?: boolean
}

/** One load, with everything decided: what the command line, the profile and detection said. Plain data, so that it reaches threads. */
export interface LoadPlan {
  url: string
  name?: string
  /** The profile's name and the profile, flags of the command line already applied to it. */
  profileName: string
  profile: Profile
  mode: LoadMode
  session: SessionPolicy
  /** The revision that requests name. */
  revision: string
  /** What is measured; never empty. */
  requests: MeasuredRequest[]
  /** Headers of every request, credentials among them. */
  headers: HeaderList
  secrets: string[]
  thresholds: Threshold[]
  timeoutMs: number
  /** How many threads make the load, or how many runners of k6. */
  workers: number
  /** Where another program makes the load. */
  engine?: 'k6'
  /**
   * Which of several threads this is. Rates, connections and streams of the profile stay those of all together: of the arrivals, connections
   * and streams, counted from 0, a thread takes those whose number leaves `index` when divided by `of`.
   */
  thread?: { index: number; of: number }
  /** Process whose CPU and memory are watched. */
  targetPid?: number
  /** Reads the use of a server that is no such process. It stays on the main thread. */
  readUse?: ReadUse
  /** PEM of further certificate authorities. */
  ca?: string
}

/** What `runLoad` tells while it works; the last event is `done`. */
export type LoadEvent =
  | { type: 'opened'; sessions: number; seconds: number }
  | { type: 'second'; row: SecondStats; stage: string; secondsLeft: number }
  /** `of` is 0 where it is not known beforehand: in a search for capacity. */
  | { type: 'stage'; stage: StageStats; index: number; of: number }
  | { type: 'done'; load: Load }
