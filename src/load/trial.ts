import type { Trial } from '../report/comparison.js'
import type { Load, Loop, SessionPolicy } from '../report/load.js'
import { redactor } from '../wire/redact.js'
import type { CompareEvent, RunLoad } from './compare.js'
import type { LoadPlan } from './plan.js'
import { type Round, sideOf, valuesOf } from './trial-values.js'

/** One loop with one session policy, to be tried on every target in turn. */
export interface TrialPlan {
  loop: Loop
  session: SessionPolicy
  connections: number
  rate?: number
  rounds: number
  seconds: number
  /** True when sessions are left open, to see what one costs. */
  leaves?: true
}

/**
 * Runs the rounds of a trial in the order A B B A …, after a shorter round on each target that is not counted. Ends early when a target gives
 * no good answer: then the obstacle says so. Returns undefined when not one round was finished for want of time. Servers that keep no sessions
 * are left out where sessions are left open.
 */
export async function* runTrial(
  plans: readonly LoadPlan[],
  trial: TrialPlan,
  signal: AbortSignal,
  run: RunLoad,
): AsyncGenerator<CompareEvent, Trial | undefined> {
  const rounds: Round[] = []
  const taking = plans.flatMap(({ mode }, target) => (trial.leaves && mode !== 'stateful' ? [] : [target]))
  let obstacle: string | undefined
  for (let round = 0; round <= trial.rounds && obstacle === undefined; round++) {
    const seconds = round === 0 ? Math.max(1, Math.ceil(trial.seconds / 3)) : trial.seconds
    const loads: Round = plans.map(() => undefined)
    for (const target of turns(taking, round)) {
      if (signal.aborted) break
      yield { type: 'round', target, round, rounds: trial.rounds }
      const load = yield* runRound(planOf(plans[target]!, trial, seconds), target, round, signal, run)
      if (signal.aborted || !load) break
      loads[target] = load
      // While they warm up, servers need not keep up yet.
      obstacle = obstacleOf(load, round === 0 ? { ...trial, rate: 0 } : trial, nameOf(plans[target]!))
      if (obstacle !== undefined) break
    }
    if (loads.filter(Boolean).length < taking.length) break
    if (round > 0) rounds.push(loads)
  }
  if (rounds.length === 0 && obstacle === undefined) return undefined
  const limits = rounds.flat().flatMap((load) => load?.generator.sentence ?? [])
  const { leaves, ...shape } = trial
  return {
    ...shape,
    ...(leaves ? { leaves } : {}),
    rounds: rounds.length,
    sides: plans.map((_, target) => sideOf(rounds.flatMap((loads) => loads[target] ?? []))),
    values: valuesOf(rounds, trial, plans.length),
    ...(limits[0] ? { limited: `In ${limits.length} of ${rounds.length * taking.length} loads: ${limits[0]}` } : {}),
    ...(obstacle ? { obstacle } : {}),
  }
}

/** Targets in the order of a round: A B in odd ones, B A in even ones. */
function turns(targets: readonly number[], round: number): readonly number[] {
  return round % 2 === 0 ? targets.toReversed() : targets
}

async function* runRound(
  plan: LoadPlan,
  target: number,
  round: number,
  signal: AbortSignal,
  run: RunLoad,
): AsyncGenerator<CompareEvent, Load | undefined> {
  let load: Load | undefined
  for await (const event of run(plan, signal)) {
    yield { type: 'load', target, round, event }
    if (event.type === 'done') load = event.load
  }
  return load
}

function planOf(plan: LoadPlan, { loop, session, connections, rate, leaves }: TrialPlan, seconds: number): LoadPlan {
  return {
    ...plan,
    profileName: 'compare',
    session,
    thresholds: [],
    profile: {
      description: 'one round of a comparison',
      loop,
      connections,
      stages: [loop === 'closed' ? { seconds, connections } : { seconds, rate: rate ?? 1 }],
      session,
      ...(leaves ? { afterwards: 'leave' } : {}),
    },
  }
}

/** Why a round ends its trial. */
function obstacleOf(load: Load, { loop, rate = 0 }: TrialPlan, name: string): string | undefined {
  const good = load.stages.reduce((sum, { count }) => sum + count, 0)
  if (good === 0) return `${name} gave no good answer. ${load.obstacle ?? ''}`.trim()
  if (load.obstacle) return `${name}: ${load.obstacle}`
  if (loop === 'open' && load.seconds > 0 && good / load.seconds < rate * 0.9)
    return `${name} did not carry ${rate} requests per second, only ${Math.round(good / load.seconds)}.`
  return undefined
}

/** What a target is called in a sentence; secrets redacted. */
export function nameOf({ name, url, secrets }: LoadPlan): string {
  return name ?? redactor(secrets).text(url)
}
