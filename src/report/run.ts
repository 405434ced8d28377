import type { Remedy } from '../protocol/fingerprints/index.js'
import type { Keyword, Level } from '../protocol/requirement.js'
import type { Revision } from '../protocol/revisions.js'
import type { Exchange } from '../wire/exchange.js'
import type { Facts, Obstacle } from '../wire/facts.js'
import type { Previous } from './changes.js'
import type { Comparison } from './comparison.js'
import type { Diagnosis } from './diagnosis.js'
import type { Load } from './load.js'
import type { Parity } from './parity.js'

/** What became of one check; the seven are never blurred. */
export type Status = 'pass' | 'fail' | 'warn' | 'not-applicable' | 'not-testable' | 'error' | 'known'

/** The outcome of one check on one server. `expected` and `actual` are JSON values of any shape. */
export interface Outcome {
  status: Status
  message?: string
  expected?: unknown
  actual?: unknown
  /** Failures that share a cause are shown under one headline. */
  cause?: string
  /** Whose part the cause is and how to mend it, where it is a known one. */
  remedy?: Remedy
}

/** What the baseline says of a result that it lists. */
export interface Known {
  reason: string
  /** The last day it is excused, YYYY-MM-DD; without one it has no end. */
  expires?: string
  /** What the check found: it is `known` in place of that. */
  was: 'fail' | 'warn'
  /** True when that day has passed: the result then stands as it was found. */
  expired?: true
}

/**
 * What became of an entry of the baseline. `known`: it excuses something. `stale`: what it lists passes now, which fails the gate. `expired`: it
 * excuses no more what is still broken. `not-judged`: nothing that it lists came to a verdict in this run.
 */
export type EntryState = 'known' | 'stale' | 'expired' | 'not-judged'

/** One known failure: a check, and where that is not enough the target and the revision at which it fails. */
export interface BaselineEntry {
  check: string
  /** Name or URL of a target, as reports show it. */
  target?: string
  revision?: Revision
  reason: string
  /** The last day it holds, YYYY-MM-DD. */
  expires?: string
}

/** The baseline a run was held to. */
export interface Baseline {
  /** The file, as it was named. */
  file: string
  entries: (BaselineEntry & { state: EntryState })[]
}

/** One check's row in a Run. Times are milliseconds with fractions. */
export interface Result {
  id: string
  title: string
  /** Catalogue row, its keyword, its grade, our words for it and the page that states it. */
  requirement: string
  keyword: Keyword
  level: Level
  rule: string
  link: string
  /** The revision the check spoke; absent when it was decided before any was chosen. */
  revision?: Revision
  outcome: Outcome
  /** Present when the baseline lists it. */
  known?: Known
  hint?: string
  ms: number
  /** HTTP requests this check sent, those of the shared survey not counted. */
  requests: number
  /** The last exchanges of the check, newest last, secrets redacted; kept for failures, warnings and errors. */
  exchanges: Exchange[]
}

/** The target as reports show it; `facts` is absent when nothing could be found out. */
export interface Target {
  url: string
  /** A name for it where one URL is judged in several modes. */
  name?: string
  facts?: Facts
  obstacle?: Obstacle
}

/** How a run ended as a whole. */
export type VerdictName = 'pass' | 'fail' | 'incomplete' | 'unreachable' | 'interrupted'

/** The verdict: a pure function of everything else in the Run. */
export interface Verdict {
  name: VerdictName
  exitCode: number
  /** One sentence for the user. */
  sentence: string
  counts: Record<Status, number>
}

/** How strictly the verdict is taken. */
export interface Gate {
  /** Warnings fail the gate. */
  strict?: boolean
  /** Checks that could not be tested make the run incomplete. */
  requireComplete?: boolean
}

/** The whole outcome of a run: plain JSON, schema 1, the only input of every report. */
export interface Run {
  schema: 1
  tool: { name: 'mcp-gauntlet'; version: string }
  startedAt: string
  ms: number
  /** What canaries, ids and all else that was made up came from: given again, it makes up the same. */
  seed?: string
  /** One part per judged target, mode or era; an id repeats between parts, and within one where a check ran at several revisions. */
  parts: Part[]
  /** All results in order, those of several parts one after another. */
  results: Result[]
  /** What was loaded, in order; empty in a run of checks alone. */
  loads: Load[]
  /** Servers compared under the same load. */
  comparisons?: Comparison[]
  /** The way to a server from DNS to the first call, step by step. */
  diagnoses?: Diagnosis[]
  /** STDIO servers against their remote conversions. */
  parities?: Parity[]
  gate: Gate
  /** Known failures the run was held to, in the order of their file. */
  baseline?: Baseline
  /** The loads beside those of a stored run, where the gate is held to one. */
  previous?: Previous
  interrupted?: boolean
  verdict: Verdict
}

/** One target's share of a Run. */
export interface Part {
  target: Target
  /** Index of the first result and how many belong to this part. */
  from: number
  count: number
  requests: number
  /** How many requests the server refused for its rate limit (429), also when they were sent again slowly; absent for none. */
  refused?: number
}
