import type { Histogram } from 'hdr-histogram-js'
import type { ComparedMetric, ComparedValue, TrialSide } from '../report/comparison.js'
import type { Load } from '../report/load.js'
import { addHistogram, decodeHistogram, encodeHistogram, latencyOf, newHistogram, percentileOf } from './histogram.js'
import { geometricMean, ratioOf } from './ratio.js'
import { kibPerSessionLeft } from './session-cost.js'
import { isMeasured } from './tally.js'
import type { TrialPlan } from './trial.js'

type Measure = [metric: ComparedMetric, unit: ComparedValue['unit'], of: (load: Load) => number | undefined]

const percentile = (at: number) => (load: Load) => percentileOf(responseTimes(load), at)

const times: Measure[] = [
  ['p50', 'ms', percentile(50)],
  ['p95', 'ms', percentile(95)],
  ['p99', 'ms', percentile(99)],
  ['server-cpu', 'ms', ({ server }) => server?.cpuMsPerRequest],
]
const throughput: Measure = ['throughput', '/s', (load) => goodOf(load) / load.seconds]
const memory: Measure = ['session-memory', 'KiB', kibPerSessionLeft]

/** What a trial compares: an open loop makes throughput the same by itself, and sessions left open are about memory alone. */
function measuresOf({ loop, leaves }: TrialPlan): Measure[] {
  if (leaves) return [memory]
  return loop === 'closed' ? [throughput, ...times] : times
}

/** One load per target, in their order; undefined for a target that takes no part. */
export type Round = (Load | undefined)[]

/** Each metric of a trial over its rounds. */
export function valuesOf(rounds: readonly Round[], trial: TrialPlan, targets: number): ComparedValue[] {
  return measuresOf(trial).map(([metric, unit, of]) => {
    const one = (load: Load | undefined) => (load && of(load)) ?? null
    const each = Array.from({ length: targets }, (_, target) => rounds.map((loads) => one(loads[target])))
    return {
      metric,
      unit,
      better: metric === 'throughput' ? 'more' : 'less',
      values: each.map(middleOf),
      rounds: each,
      ratios: each.map((values, target) => (target === 0 ? null : (ratioOf(each[0]!, values) ?? null))),
    }
  })
}

function middleOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null)
  return known.length === values.length ? (geometricMean(known) ?? null) : null
}

/** What one target did over all rounds. */
export function sideOf(loads: readonly Load[]): TrialSide {
  const all = newHistogram()
  for (const load of loads) addHistogram(all, responseTimes(load))
  const latency = latencyOf(all)
  const examples = loads.flatMap((load) => measured(load.phases).flatMap((phase) => Object.values(phase.examples)))
  return {
    good: sum(loads.map(goodOf)),
    failed: sum(loads.flatMap((load) => Object.values(load.phases).map(({ failed }) => failed))),
    dropped: sum(loads.map(({ dropped }) => dropped)),
    ...(latency ? { latency, histogram: encodeHistogram(all) } : {}),
    ...(examples[0] ? { example: examples[0].message } : {}),
  }
}

function responseTimes({ histograms }: Load): Histogram {
  const all = newHistogram()
  for (const text of measured(histograms)) addHistogram(all, decodeHistogram(text))
  return all
}

function goodOf({ phases }: Load): number {
  return sum(measured(phases).map(({ count }) => count))
}

/** What is about the load itself, of things kept by phase. */
function measured<Of>(byPhase: Record<string, Of>): Of[] {
  return Object.entries(byPhase).flatMap(([name, one]) => (isMeasured(name) ? [one] : []))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
