import type { Latency, LoadMode, Loop, SessionPolicy } from './load.js'

/** One of the servers compared, as it was found before the first round. */
export interface ComparedTarget {
  url: string
  name?: string
  mode: LoadMode
  revision?: string
}

/**
 * What is compared. `throughput`: good answers of the measured method per second. `p50`, `p95`, `p99`: its response time. `server-cpu`: CPU
 * milliseconds of the server's process per good answer. `session-memory`: resident memory that one session left open costs the server.
 */
export type ComparedMetric = 'throughput' | 'p50' | 'p95' | 'p99' | 'server-cpu' | 'session-memory'

/** How many times as much as the first target, with the 95 % interval. */
export interface Ratio {
  ratio: number
  /** Absent when there were fewer than two pairs of rounds. */
  low?: number
  high?: number
  /** True when the interval does not span 1: only then was a difference shown. */
  shown: boolean
}

/** One metric of one trial. Lists have one entry per target, in the order of `targets`. */
export interface ComparedValue {
  metric: ComparedMetric
  unit: '/s' | 'ms' | 'KiB'
  better: 'more' | 'less'
  /** Geometric mean over the rounds; null where a round could not be measured or found nothing above zero. */
  values: (number | null)[]
  /** Each round by itself. */
  rounds: (number | null)[][]
  /** Ratio to the first target; null for the first target itself and where there is nothing to divide. */
  ratios: (Ratio | null)[]
}

/** What one target did in one trial, all rounds together. */
export interface TrialSide {
  good: number
  failed: number
  dropped: number
  /** Response time of the measured method over all rounds. */
  latency?: Latency
  /** The same as HDR V2, base64, in microseconds. */
  histogram?: string
  /** The first failure, in one line. */
  example?: string
}

/** The same load on each target in turn: one loop with one session policy. */
export interface Trial {
  loop: Loop
  session: SessionPolicy
  connections: number
  /** Open loop: requests started per second, the same on each target and one that all can carry. */
  rate?: number
  /** Rounds per target that were finished, and the seconds of each. */
  rounds: number
  seconds: number
  /** True when sessions were left open on purpose, to see what one costs in memory: such a trial compares nothing else. */
  leaves?: true
  sides: TrialSide[]
  values: ComparedValue[]
  /** Why the generator was the limit in some round, in one sentence: ratios of throughput are then nearer to 1 than the servers' are. */
  limited?: string
  /** Why this trial says nothing or not all, in one sentence, such as a target that gave no good answer. */
  obstacle?: string
}

/** Several servers under the same load in alternating rounds (A B B A …), each compared with the first. Plain JSON. */
export interface Comparison {
  targets: ComparedTarget[]
  /** The method measured, and its tool where it is one. */
  method: string
  tool?: string
  startedAt: string
  /** Seconds from the first round to the end of the last. */
  seconds: number
  workers: number
  trials: Trial[]
  interrupted?: boolean
  /** Why nothing could be compared, in one sentence. */
  obstacle?: string
}
