import { Counter, Gauge, Rate, Trend } from 'k6/metrics'
import type { Failure } from '../../answer.js'
import { bucketOf, coarse, fine } from '../buckets.js'
import {
  around,
  names,
  phaseCounter,
  rowCounter,
  rowsPerCounter,
  rowTag,
  stageCounter,
  taggedCounters,
} from '../names.js'
import { rowsOf } from '../rows.js'
import { plan } from './plan.js'

const { thresholds, timeoutMs, told } = plan
const { stages } = told.profile
const rows = rowsOf(stages)
const counter = (name: string) => new Counter(name)
const longest = timeoutMs * 1000

/** Counters without tags. */
export const sent = counter(names.sent)
export const asked = counter(names.asked)
export const opened = counter(names.opened)
export const lost = counter(names.lost)
export const closed = counter(names.closed)
export const reconnects = counter(names.reconnects)
export const clock = new Gauge(names.clock)

const firstBytes = counter(names.firstByte)
const answers = counter(names.answers)
const failures = counter(names.failures)
const failedRows = counter(names.failedRows)
const phases = new Map(around.map((phase) => [phase as string, counter(phaseCounter(phase))]))
const perStage = stages.map((_, stage) => counter(stageCounter(stage)))
const perRow = rows.map((_, row) => (row % rowsPerCounter === 0 ? counter(rowCounter(row)) : undefined))
const evaluates = __ENV.MCP_GAUNTLET_THRESHOLDS !== 'off'
const own = evaluates
  ? thresholds.map((one, index) => ({ ...one, metric: metricOf(one.kind, `mcp_threshold_${index}`) }))
  : []

function metricOf(kind: string, name: string) {
  return kind === 'trend' ? new Trend(name, true) : kind === 'rate' ? new Rate(name) : counter(name)
}

/**
 * The thresholds of k6's options: those of the load, and for each bucket one that holds always, because k6 counts by tag only what a threshold
 * names. Users need none of it: only the run that reads the options builds it.
 */
export function thresholdOptions(): Record<string, string[]> {
  const options: Record<string, string[]> = { 'data_sent{scenario:load}': [], 'data_received{scenario:load}': [] }
  if (__VU !== 0) return options
  for (const [name, tags] of taggedCounters(stages.length, rows.length, timeoutMs))
    for (const tag of tags) options[`${name}{b:${tag}}`] = []
  own.forEach(({ expression }, index) => {
    options[`mcp_threshold_${index}`] = [expression]
  })
  return options
}

let row = 0
let answered = false

/** The row that a moment is in, in seconds after the start. Time only goes on. */
function rowAt(second: number): number {
  while (row + 1 < rows.length && second >= rows[row]!.to) row++
  return row
}

/** A good answer of the measured phase, times in ms. */
export function good(second: number, ms: number, firstByteMs: number, form: 'json' | 'sse'): void {
  if (!answered) answers.add(1, { b: form })
  answered = true
  const at = rowAt(second)
  const micros = Math.min(longest, ms * 1000)
  perStage[rows[at]!.stage]!.add(1, { b: String(bucketOf(fine, micros)) })
  perRow[at - (at % rowsPerCounter)]!.add(1, { b: rowTag(at, bucketOf(coarse, micros)) })
  firstBytes.add(1, { b: String(bucketOf(fine, Math.min(longest, firstByteMs * 1000))) })
}

/** A good answer around the measured ones. */
export function goodAround(phase: string, ms: number): void {
  phases.get(phase)!.add(1, { b: String(bucketOf(fine, Math.min(longest, ms * 1000))) })
}

/** A failed request; `second` is undefined where no row counts it. */
export function failed(phase: string, { kind }: Failure, second: number | undefined): void {
  const index = around.indexOf(phase as (typeof around)[number])
  failures.add(1, { b: `${index < 0 ? around.length : index}.${kind}` })
  if (second !== undefined) failedRows.add(1, { b: `${rowAt(second)}.${kind}` })
}

/** Feeds the thresholds that k6 evaluates. */
export function judge(phase: string, ms: number, failure: Failure | undefined): void {
  for (const { kind, of, metric, phase: about = told.method } of own) {
    if (about !== phase) continue
    const matches =
      of === 'good' ? failure === undefined : of === 'errors' ? failure !== undefined : failure?.kind === of
    if (kind === 'trend') {
      if (failure === undefined) metric.add(ms)
    } else if (kind === 'rate') metric.add(matches)
    else if (matches) metric.add(1)
  }
}
