/** A figure of a load that two runs can be compared by. Times are ms, `rate` is good answers per second, `errors` the failed share (0 to 1). */
export type ComparedFigure = 'p50' | 'p95' | 'p99' | 'rate' | 'errors'

/** How one figure of one phase changed. */
export interface FigureChange {
  phase: string
  figure: ComparedFigure
  /** Over all loads of that side; null where nothing was measured. */
  before: number | null
  after: number | null
  /** After to before, with its 95 % interval; absent where there is nothing to divide. Of `errors`, half a failure is added to each side. */
  ratio?: number
  low?: number
  high?: number
  /** `worse` and `better` only where the interval excludes 1. */
  change: 'worse' | 'better' | 'not-shown'
}

/** The same load in two runs. */
export interface LoadChange {
  /** Target, profile and how it was run: what the two have in common. */
  name: string
  /** How many loads there are before and after. */
  loads: [before: number, after: number]
  figures: FigureChange[]
  /** Why something cannot be told, or how the intervals came about, in one sentence. */
  caveat?: string
}

/** The loads of a run beside those of a stored one. */
export interface Previous {
  /** The file, as it was named. */
  file: string
  startedAt: string
  loads: LoadChange[]
}
