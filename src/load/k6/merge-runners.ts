import { isDeepStrictEqual } from 'node:util'
import type { CapacityStats, Load } from '../../report/load.js'
import { UsageError } from '../../usage-error.js'
import { addTally } from '../add-tally.js'
import { judgeStep } from '../capacity-step.js'
import { standing } from '../knee.js'
import { loadOf } from '../load-of.js'
import { withObstacle } from '../obstacle.js'
import { parseThreshold } from '../parse-threshold.js'
import type { LoadPlan } from '../plan.js'
import type { CapacitySearch } from '../profile.js'
import { emptyTally, type Tally } from '../tally.js'
import type { RunnerFigures } from './figures.js'
import type { PrintedFigures, RunnerExample } from './read-figures.js'
import type { ToldPlan } from './script-plan.js'
import { withStanding } from './standing.js'
import { tallyOf } from './tally-of.js'

/** A runner that printed and wrote its figures is counted once. */
function distinct(runners: readonly RunnerFigures[]): RunnerFigures[] {
  return [...new Map(runners.map((one) => [one.runner, one])).values()]
}

/**
 * The Load of the runners of one run, as a local one would be: counts and buckets are added, thresholds judged on the sums. Throws a UsageError where
 * they did not make parts of the same load.
 */
export function mergeRunners({ runners, examples }: PrintedFigures): Load {
  const each = distinct(runners)
  const told = each[0]!.plan
  if (!each.every(({ plan }) => isDeepStrictEqual(plan, told)))
    throw new UsageError('these are runners of different loads: give those of one run of one script')
  const share = each.reduce((sum, { segment }) => sum + shareOf(segment), 0)
  if (share > 1.0001)
    throw new UsageError(
      `the runners made ${Math.round(share * 100)} % of the load: give those of one run, each with its own --execution-segment`,
    )
  const tally = sumOf(each, told, examples)
  const plan = planOf(told, each.length)
  const { stages, capacity } = told.profile
  const planned = stages.reduce((sum, { seconds }) => sum + seconds, 0)
  const missing =
    share < 0.9999
      ? `Only ${each.length === 1 ? 'one runner' : `${each.length} runners`} with ${Math.round(share * 100)} % of the load told of it: what the others saw is missing.`
      : undefined
  return loadOf(plan, withObstacle(missing ? { ...tally, obstacle: missing } : tally), {
    ...(capacity ? { capacity: capacityOf(capacity, told, tally) } : {}),
    ...(tally.measured < planned - 1 ? { interrupted: true } : {}),
  })
}

/** All runners added up, with the first failure of each kind. */
export function sumOf(runners: readonly RunnerFigures[], told: ToldPlan, examples: readonly RunnerExample[]): Tally {
  const sum = emptyTally(Date.now())
  runners.forEach((runner, index) => {
    const tally = tallyOf(runner)
    if (index === 0) sum.startedAt = tally.startedAt
    addTally(sum, tally)
  })
  for (const { phase, kind, second, message, status } of examples.toSorted((one, other) => one.second - other.second)) {
    const own = sum.phases[phase]?.examples
    if (own && !own[kind]) own[kind] = { second, message, ...(status ? { status } : {}) }
  }
  const failed = examples.find(({ phase }) => phase === 'initialize')
  if (failed) sum.circumstances.sessions.failure = failed.message
  return withStanding(sum, told.profile, examples)
}

function planOf({ method, thresholds, ...told }: ToldPlan, runners: number): LoadPlan {
  return {
    ...told,
    requests: [{ method }],
    headers: [],
    secrets: [],
    thresholds: thresholds.map(parseThreshold),
    workers: runners,
    engine: 'k6',
  }
}

/** The part of a load that `1/4:1/2` stands for. */
function shareOf(segment: string): number {
  const [from = 0, to = 1] = segment.split(':').map((text) => {
    const [above = '0', below = '1'] = text.split('/')
    return Number(above) / Number(below)
  })
  return to - from
}

/** What a staircase found: each stage is a step. */
function capacityOf({ objective }: CapacitySearch, { method, profile }: ToldPlan, tally: Tally): CapacityStats {
  const parsed = objective.map(parseThreshold)
  const steps = tally.stages.map((stage, index) => {
    const { latency, errors, count, seconds: measured } = stage
    const phases = { [method]: { ...tally.phases[method]!, latency, errors, count } }
    return judgeStep(profile.stages[index]?.rate ?? 0, { ...emptyTally(tally.startedAt), phases, measured }, parsed)
  })
  return { objective, ...standing(steps), steps }
}
