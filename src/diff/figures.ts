import type { FigureChange } from '../report/changes.js'
import type { Load } from '../report/load.js'
import { bunching, type Estimate, failureRatio, ofLoads, ofSeconds, ratioBetween } from './spread.js'

const figures = ['p50', 'p95', 'p99', 'rate'] as const

type Figure = (typeof figures)[number]

/** How the figures of one phase changed between the loads of two runs; empty where one side has no such phase. */
export function phaseChanges(phase: string, before: readonly Load[], after: readonly Load[]): FigureChange[] {
  if (![before, after].every((loads) => loads.some((load) => load.phases[phase]))) return []
  return [...figures.flatMap((figure) => figureChange(phase, figure, before, after)), errorChange(phase, before, after)]
}

function figureChange(phase: string, figure: Figure, before: readonly Load[], after: readonly Load[]): FigureChange[] {
  const [old, now] = [before, after].map((loads) => loads.map((load) => measured(load, phase, figure)))
  const base = { phase, figure, before: middle(old!), after: middle(now!) }
  if (base.before === null) return []
  // Where nothing was answered any more there is no time either; the rate says so once.
  if (base.after === null) return figure === 'rate' ? [{ ...base, after: 0, ratio: 0, change: 'worse' }] : []
  const several = before.length > 1 || after.length > 1
  const [one, other] = several
    ? shared(ofLoads(old!), ofLoads(now!))
    : [within(before[0]!, phase, figure), within(after[0]!, phase, figure)]
  if (!one || !other) return [{ ...base, ratio: base.after / base.before, change: 'not-shown' }]
  const kind = before.length > 1 && after.length > 1 ? 'several' : 'one'
  const found = ratioBetween(one, other, figure, kind)
  return [{ ...base, ...found, change: judged(found, figure === 'rate' ? 'more' : 'less') }]
}

function measured({ phases }: Load, phase: string, figure: Figure): number {
  const stats = phases[phase]
  return (figure === 'rate' ? stats?.rate : stats?.latency?.[figure]) ?? 0
}

/** Where one side has a single load, it is taken to vary as the other does. */
function shared(one: Estimate, other: Estimate): [Estimate, Estimate] {
  const lend = (to: Estimate, from: Estimate) =>
    to.degrees > 0 ? to : { ...to, variance: from.variance * (from.degrees + 1), degrees: from.degrees }
  return [lend(one, other), lend(other, one)]
}

/** A figure of one load with the spread of its seconds. What surrounds sessions lies outside of them, so that they say nothing of it. */
function within(load: Load, phase: string, figure: Figure): Estimate | undefined {
  if (['initialize', 'notifications/initialized', 'DELETE'].includes(phase)) return undefined
  // The last second is often cut short.
  const seconds = load.series.slice(0, -1)
  const column = figure === 'rate' ? 'count' : figure === 'p50' ? 'p50' : 'p99'
  return ofSeconds(
    measured(load, phase, figure),
    seconds.map((row) => row[column]),
  )
}

function errorChange(phase: string, before: readonly Load[], after: readonly Load[]): FigureChange {
  const [old, now] = [before, after].map((loads) => {
    const sum = (key: 'failed' | 'count') => loads.reduce((all, { phases }) => all + (phases[phase]?.[key] ?? 0), 0)
    return {
      failed: sum('failed'),
      good: sum('count'),
      bunching: Math.max(...loads.map(({ series }) => bunching(series))),
    }
  })
  const share = ({ failed, good }: { failed: number; good: number }) =>
    failed + good > 0 ? failed / (failed + good) : null
  const base = { phase, figure: 'errors' as const, before: share(old!), after: share(now!) }
  if (base.before === null || base.after === null || base.before + base.after === 0)
    return { ...base, change: 'not-shown' }
  const found = failureRatio(old!, now!)
  return { ...base, ...found, change: judged(found, 'less') }
}

function judged({ low, high }: { low: number; high: number }, better: 'more' | 'less'): FigureChange['change'] {
  if (low > 1) return better === 'more' ? 'better' : 'worse'
  if (high < 1) return better === 'more' ? 'worse' : 'better'
  return 'not-shown'
}

/** The geometric mean; null where nothing was measured. */
function middle(values: readonly number[]): number | null {
  if (values.length === 0 || values.some((value) => !(value > 0))) return null
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
