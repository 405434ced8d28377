import type { FailureKind, ThresholdOutcome } from '../report/load.js'
import { addHistogram, newHistogram } from './histogram.js'
import { failuresOf, measuredPhases, type PhaseTally } from './tally.js'

/** What a threshold looks at. Percentiles are 0 to 100; `count` and `rate` are about good answers unless they say otherwise. */
export type Aggregate =
  | { name: 'p'; percentile: number }
  | { name: 'avg' | 'min' | 'med' | 'max' }
  | { name: 'count' | 'rate'; of: 'good' | 'errors' | FailureKind }

export const operators = ['<=', '>=', '===', '==', '!=', '<', '>'] as const

/** One parsed threshold of k6's grammar, such as `tools/call:p(95)<100ms`. Plain data. */
export interface Threshold {
  /** As the user wrote it. */
  text: string
  /** The phase it is about; all measured phases but `initialize` and `DELETE` when absent. */
  phase?: string
  aggregate: Aggregate
  operator: (typeof operators)[number]
  /** In microseconds for times, per second for `rate`, a fraction for the rate of a failure, a number for `count`. */
  bound: number
  /** How many of those make one of the unit written: 1000 for `ms`, 0.01 for `%`. */
  unit: number
}

/** What a threshold is about, bound and operator left out: `tools/call:rate(errors)`. Two with the same subject are about the same thing. */
export function subjectOf({ phase, aggregate }: Threshold): string {
  const argument =
    'of' in aggregate
      ? aggregate.of === 'good'
        ? ''
        : aggregate.of
      : 'percentile' in aggregate
        ? `${aggregate.percentile}`
        : ''
  return `${phase ? `${phase}:` : ''}${aggregate.name}${argument && `(${argument})`}`
}

/**
 * Judges thresholds on what was counted, exactly: percentiles come from the added histograms, failures over all requests answered or failed.
 * `seconds` is the measured time. Where nothing was counted nothing holds: `actual` is then null.
 */
export function evaluateThresholds(
  thresholds: readonly Threshold[],
  phases: Record<string, PhaseTally>,
  seconds: number,
): ThresholdOutcome[] {
  return thresholds.map((threshold) => {
    const named = threshold.phase === undefined ? undefined : phases[threshold.phase]
    const found = threshold.phase === undefined ? measuredPhases(phases) : named ? [named] : []
    const actual = measure(threshold.aggregate, found, seconds)
    return {
      text: threshold.text,
      held: actual !== undefined && holds(actual, threshold.operator, threshold.bound),
      actual: actual === undefined ? null : Number((actual / threshold.unit).toPrecision(12)),
    }
  })
}

function measure(aggregate: Aggregate, phases: PhaseTally[], seconds: number): number | undefined {
  const good = sum(phases.map(({ count }) => count))
  const failed = sum(phases.map(failuresOf))
  if (good + failed === 0) return undefined
  if ('of' in aggregate) {
    const { name, of } = aggregate
    const count = of === 'good' ? good : of === 'errors' ? failed : sum(phases.map(({ errors }) => errors[of] ?? 0))
    if (name === 'count') return count
    return of === 'good' ? (seconds > 0 ? good / seconds : undefined) : count / (good + failed)
  }
  if (good === 0) return undefined
  const latency = newHistogram()
  for (const phase of phases) addHistogram(latency, phase.latency)
  if (aggregate.name === 'avg') return latency.mean
  const percentile = aggregate.name === 'p' ? aggregate.percentile : { min: 0, med: 50, max: 100 }[aggregate.name]
  return latency.getValueAtPercentile(percentile)
}

function holds(actual: number, operator: Threshold['operator'], bound: number): boolean {
  if (operator === '<') return actual < bound
  if (operator === '<=') return actual <= bound
  if (operator === '>') return actual > bound
  if (operator === '>=') return actual >= bound
  return (actual === bound) === (operator !== '!=')
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
