import { tQuantile } from '../load/ratio.js'
import type { ComparedFigure } from '../report/changes.js'
import type { SecondStats } from '../report/load.js'

/** The logarithm of a figure with the variance of its mean and how many degrees of freedom that variance has. */
export interface Estimate {
  log: number
  variance: number
  degrees: number
}

/** Fewer seconds than this do not tell how much a figure varies. */
export const leastSeconds = 8

/** The most batches a load is cut into: what is left in one hardly depends on the one before. */
const mostBatches = 10

/**
 * How much two loads of an unchanged server differ by the moment they were run at, as standard deviations of logarithms: what no single run can tell of
 * itself. Allowances, not measurements of this server: docs/diff.md says what follows from them.
 */
const betweenRuns: Record<'one' | 'several', Record<Exclude<ComparedFigure, 'errors'>, number>> = {
  one: { rate: 0.08, p50: 0.08, p95: 0.12, p99: 0.2 },
  several: { rate: 0.03, p50: 0.03, p95: 0.04, p99: 0.06 },
}

/** A figure measured by several loads. */
export function ofLoads(values: readonly number[]): Estimate {
  const logs = values.map(Math.log)
  return { log: mean(logs), variance: logs.length > 1 ? spread(logs) / logs.length : 0, degrees: logs.length - 1 }
}

/** A figure measured by one load, its spread taken from the seconds of it; undefined where they are too few. */
export function ofSeconds(value: number, seconds: readonly (number | undefined)[]): Estimate | undefined {
  const logs = seconds.filter((one): one is number => one !== undefined && one > 0).map(Math.log)
  if (logs.length < leastSeconds) return undefined
  const size = Math.ceil(logs.length / mostBatches)
  const batches: number[] = []
  for (let at = 0; at + size <= logs.length; at += size) batches.push(mean(logs.slice(at, at + size)))
  return { log: Math.log(value), variance: spread(batches) / batches.length, degrees: batches.length - 1 }
}

/** After to before with the 95 % interval: Welch's on logarithms, widened by what differs between runs. */
export function ratioBetween(
  before: Estimate,
  after: Estimate,
  figure: Exclude<ComparedFigure, 'errors'>,
  kind: 'one' | 'several',
): { ratio: number; low: number; high: number } {
  const within = before.variance + after.variance
  const parts = [before, after].map(({ variance, degrees }) => (degrees > 0 ? variance ** 2 / degrees : 0))
  const degrees = within > 0 ? Math.max(1, Math.floor(within ** 2 / (parts[0]! + parts[1]!))) : 1000
  const between = 2 * betweenRuns[kind][figure] ** 2
  const reach = Math.sqrt(tQuantile(degrees) ** 2 * within + 1.96 ** 2 * between)
  const log = after.log - before.log
  return { ratio: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) }
}

/** Failed and good requests, and how much more failures come in bunches than chance would have them (1 and more). */
export interface Failures {
  failed: number
  good: number
  bunching: number
}

/** How failures bunch, from the seconds they came in: Pearson's dispersion. */
export function bunching(series: readonly SecondStats[]): number {
  const asked = sum(series.map((one) => one.count + one.failed))
  const share = sum(series.map(({ failed }) => failed)) / asked
  if (series.length < 2 || !(share > 0) || share >= 1) return 1
  const terms = series.map(({ count, failed }) => {
    const expected = (count + failed) * share
    return expected > 0 ? (failed - expected) ** 2 / (expected * (1 - share)) : 0
  })
  return Math.max(1, sum(terms) / (series.length - 1))
}

/** Share of failures after to before with the 95 % interval, half a failure added to each side. */
export function failureRatio(before: Failures, after: Failures): { ratio: number; low: number; high: number } {
  const [one, other] = [before, after].map(({ failed, good, bunching: factor }) => ({
    log: Math.log((failed + 0.5) / (failed + good + 0.5)),
    variance: Math.max(0, factor * (1 / (failed + 0.5) - 1 / (failed + good + 0.5))),
  }))
  const log = other!.log - one!.log
  const reach = 1.96 * Math.sqrt(one!.variance + other!.variance)
  return { ratio: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) }
}

function spread(values: readonly number[]): number {
  const middle = mean(values)
  return sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1)
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}
