import type { Histogram } from 'hdr-histogram-js'
import type { FailureExample, FailureKind } from '../report/load.js'
import { newHistogram } from './histogram.js'

/** One phase as it is counted. Histograms hold microseconds. */
export interface PhaseTally {
  /** Good answers. */
  count: number
  errors: Partial<Record<FailureKind, number>>
  examples: Partial<Record<FailureKind, FailureExample>>
  latency: Histogram
  service: Histogram
  firstByte: Histogram
  firstEvent: Histogram
  sent: number
  received: number
}

/** Good and failed requests of a stretch of time; the times are those of the good answers. */
export interface StretchTally {
  count: number
  failed: number
  /** The failed ones by kind. */
  errors: Partial<Record<FailureKind, number>>
  latency: Histogram
}

/** One stage: what ended in it, and how many seconds of it were run. */
export interface StageTally extends StretchTally {
  seconds: number
}

/**
 * One second: what ended in it, and how things stood at its end. A finished second keeps its distribution encoded (`encodeHistogram`), so that
 * hours of them stay small and threads can hand them on; `sealSecond` makes one.
 */
export interface SecondTally {
  count: number
  failed: number
  errors: Partial<Record<FailureKind, number>>
  latency: string
  connections: number
  waiting: number
  streams: number
}

/** Under what circumstances a load began and ended; of several threads, all together. Seconds count from the start of the clock. */
export interface Circumstances {
  /** Sessions to be opened before the clock started, those that were, and why one was not. */
  sessions: { asked: number; ready: number; failure?: string }
  /** Connections that should have been up when it ended, and those that were. */
  wanted: number
  connected: number
  inFlight: number
  /** Requests that were due and waited for a connection. */
  waiting: number
  /** When an answer came last, and when a good one to a measured request; -1 when none came. */
  lastReply: number
  lastGood: number
  /** How many requests failed since then, those that open sessions among them, and why the last one did. */
  failedSince: number
  lastFailure?: string
  /** When and why a connection could not be made last. */
  connectError?: { second: number; message: string }
}

/** What one generator counted. Those of several threads add up exactly: histograms are added, never percentiles. */
export interface Tally {
  /** When the clock started, in ms since the epoch. */
  startedAt: number
  /** Seconds measured. */
  measured: number
  /** Seconds that opening the sessions took before the clock started. */
  opening: number
  phases: Record<string, PhaseTally>
  stages: StageTally[]
  seconds: SecondTally[]
  sessions: { opened: number; lost: number; closed: number; left: number }
  streams: { asked: number; held: number; refused: number; dropped: number; events: number; heard: number }
  firstRefusal?: { held: number; status?: number; message: string }
  dropped: number
  inFlightAtEnd: number
  reconnects: { failed: number; closed: number }
  /** How late requests were sent though a connection was free, µs. */
  lateness: Histogram
  /** Delay of the event loop, µs. */
  eventLoopDelay: Histogram
  /** CPU seconds spent while measuring; of several threads, all together. */
  cpuSeconds: number
  /** CPU share of the busiest thread; 1 is one core. */
  busiest: number
  /** Share of the time in which the event loop of the busiest thread had no pause: near 1 with little CPU, it waited for a core. */
  occupied: number
  /** How the server answered. */
  answers?: 'json' | 'sse'
  /** How things stood, for the question whether the server was there to the end. */
  circumstances: Circumstances
  /** Why nothing or not all could be measured, in one sentence. */
  obstacle?: string
}

/** A tally of nothing, whose clock starts at `startedAt`. */
export function emptyTally(startedAt: number): Tally {
  return {
    startedAt,
    measured: 0,
    opening: 0,
    phases: {},
    stages: [],
    seconds: [],
    sessions: { opened: 0, lost: 0, closed: 0, left: 0 },
    streams: { asked: 0, held: 0, refused: 0, dropped: 0, events: 0, heard: 0 },
    dropped: 0,
    inFlightAtEnd: 0,
    reconnects: { failed: 0, closed: 0 },
    lateness: newHistogram(),
    eventLoopDelay: newHistogram(),
    cpuSeconds: 0,
    busiest: 0,
    circumstances: {
      sessions: { asked: 0, ready: 0 },
      wanted: 0,
      connected: 0,
      inFlight: 0,
      waiting: 0,
      lastReply: -1,
      lastGood: -1,
      failedSince: 0,
    },
    occupied: 0,
  }
}

/** A phase nothing was counted of. */
export function emptyPhase(): PhaseTally {
  return {
    count: 0,
    errors: {},
    examples: {},
    latency: newHistogram(),
    service: newHistogram(),
    firstByte: newHistogram(),
    firstEvent: newHistogram(),
    sent: 0,
    received: 0,
  }
}

/** A stage or a running second nothing was counted of. */
export function emptyStretch(): StretchTally {
  return { count: 0, failed: 0, errors: {}, latency: newHistogram() }
}

/** Phases that open and end sessions: the load itself is all others. */
const housekeeping: readonly string[] = ['initialize', 'notifications/initialized', 'DELETE']

/** True of the phases that are the load itself. */
export function isMeasured(phase: string): boolean {
  return !housekeeping.includes(phase)
}

/** The phases that are the load itself. */
export function measuredPhases(phases: Record<string, PhaseTally>): PhaseTally[] {
  return Object.entries(phases)
    .filter(([name]) => isMeasured(name))
    .map(([, phase]) => phase)
}

/** How many requests of a phase failed, all kinds together. */
export function failuresOf(phase: PhaseTally): number {
  return Object.values(phase.errors).reduce((sum, count) => sum + count, 0)
}

/** What one generator tells while it works; the last event is `done`. Plain data but for the tally in it. */
export type GeneratorEvent =
  /** Sessions are open; the clock has not started. */
  | { type: 'opened'; sessions: number; seconds: number }
  | { type: 'second'; second: SecondTally; index: number; stage: number; secondsLeft: number }
  /** A stage of the profile ended; `stage` counts from 0. */
  | { type: 'stage'; stage: number; tally: StageTally }
  | { type: 'done'; tally: Tally }

/** Adds failures by kind to others. */
export function addErrors(into: PhaseTally['errors'], from: PhaseTally['errors']): void {
  for (const [kind, count] of Object.entries(from) as [FailureKind, number][]) into[kind] = (into[kind] ?? 0) + count
}
