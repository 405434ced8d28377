import type { Load, LoadMode, SecondStats, SessionPolicy, StageStats } from '../report/load.js'
import type { HeaderList } from '../wire/headers.js'
import type { Profile } from './profile.js'
import type { Threshold } from './thresholds.js'

/** One load, with everything decided: what the command line, the profile and detection said. Plain data but for the signal, so that it reaches threads. */
export interface LoadPlan {
  url: string
  name?: string
  /** The profile's name and the profile, flags of the command line already applied to it. */
  profileName: string
  profile: Profile
  mode: LoadMode
  session: SessionPolicy
  /** The revision sent in MCP-Protocol-Version. */
  revision: string
  /** The method of the measured requests and its params; `tools/call` carries the tool's arguments. */
  method: string
  params?: Record<string, unknown>
  /**
   * Where a canary goes: the path of a string argument that the tool was seen to echo. Each request then carries its own value, and an answer
   * without it belongs to somebody else.
   */
  canary?: string[]
  /** Headers of every request, credentials among them. */
  headers: HeaderList
  secrets: string[]
  thresholds: Threshold[]
  timeoutMs: number
  workers: number
  /** Process whose CPU and memory are watched. */
  targetPid?: number
  /** PEM of further certificate authorities. */
  ca?: string
}

/** What `runLoad` tells while it works; the last event is `done`. */
export type LoadEvent =
  | { type: 'opened'; sessions: number; seconds: number }
  | { type: 'second'; row: SecondStats; stage: string; secondsLeft: number }
  | { type: 'stage'; stage: StageStats; index: number; of: number }
  | { type: 'done'; load: Load }
