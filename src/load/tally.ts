import type { Histogram } from 'hdr-histogram-js'
import type { FailureExample, FailureKind } from '../report/load.js'

/** One phase as it is counted. Histograms hold microseconds. */
export interface PhaseTally {
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

/** Good and failed requests of a stretch of time: a stage or a second. */
export interface StretchTally {
  count: number
  failed: number
  latency: Histogram
}

/** One second: what ended in it, and how things stood at its end. */
export interface SecondTally extends StretchTally {
  connections: number
  waiting: number
  streams: number
}

/** What one generator counted. Those of several threads add up exactly: histograms are added, never percentiles. */
export interface Tally {
  phases: Record<string, PhaseTally>
  stages: StretchTally[]
  seconds: SecondTally[]
  sessions: { opened: number; lost: number; closed: number; left: number }
  streams: { asked: number; held: number; refused: number; dropped: number; events: number }
  firstRefusal?: { held: number; status?: number; message: string }
  dropped: number
  inFlightAtEnd: number
  reconnects: { failed: number; closed: number }
  /** How late requests were sent though a connection was free, µs. */
  lateness: Histogram
  /** Delay of the event loop, µs. */
  eventLoopDelay: Histogram
  /** CPU seconds spent while measuring, and the seconds measured: shares do not add over threads, the busiest counts. */
  cpuSeconds: number
  busiest: number
}
