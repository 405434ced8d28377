import { performance } from 'node:perf_hooks'
import type { Comparison, Trial } from '../report/comparison.js'
import type { Loop, SessionPolicy } from '../report/load.js'
import { redactor } from '../wire/redact.js'
import type { LoadEvent, LoadPlan, MeasuredRequest } from './plan.js'
import { runLoad } from './run.js'
import { nameOf, runTrial, type TrialPlan } from './trial.js'

/** How servers are compared. Seconds are those of one round. */
export interface CompareOptions {
  /** Each is tried by itself. */
  sessions: readonly SessionPolicy[]
  loops: readonly Loop[]
  /** Rounds per target in each trial; fewer than two give no interval. */
  rounds: number
  seconds: number
  connections: number
  /** Requests started per second in open loops; by default half of what the slowest target carried in a round of the closed loop. */
  rate?: number
  /** True to find out last what a session left open costs each target, where their processes can be watched. */
  memory: boolean
}

/** What a comparison tells while it works; the last event is `done`. Rounds count from 1, the warming up is round 0. */
export type CompareEvent =
  | { type: 'trial'; index: number; of: number; plan: TrialPlan }
  | { type: 'round'; target: number; round: number; rounds: number }
  | { type: 'load'; target: number; round: number; event: LoadEvent }
  | { type: 'done'; comparison: Comparison }

/** Runs the load of one plan. */
export type RunLoad = (plan: LoadPlan, signal: AbortSignal) => AsyncIterable<LoadEvent>

/** Memory needs this many seconds of a round to be told from noise. */
const memorySeconds = 10

/**
 * Puts the same load on several servers in alternating rounds, one plan per server, and compares each with the first. Their profiles are left
 * aside: loops, connections and seconds come from the options. The signal ends it early with the rounds that were finished.
 */
export async function* compareLoads(
  plans: readonly LoadPlan[],
  options: CompareOptions,
  signal: AbortSignal,
  run: RunLoad = runLoad,
): AsyncGenerator<CompareEvent> {
  const startedAt = new Date()
  const start = performance.now()
  const trials: Trial[] = []
  const shown = plans.map((plan) => ({ ...plan, url: redactor(plan.secrets).text(plan.url) }))
  const obstacle = unlike(shown)
  const planned = obstacle ? [] : trialPlans(plans, options)
  for (const [index, trial] of planned.entries()) {
    if (signal.aborted) break
    const rate = trial.loop === 'open' ? (options.rate ?? rateAllCarry(trials, trial.session)) : undefined
    // Without an answer in the closed loop there is no rate to ask for, and nothing to learn from asking.
    if (trial.loop === 'open' && rate === undefined && options.loops.includes('closed')) continue
    const plan = rate === undefined ? trial : { ...trial, rate }
    yield { type: 'trial', index, of: planned.length, plan }
    const done = yield* runTrial(plans, plan, signal, run)
    if (done) trials.push(done)
  }
  yield {
    type: 'done',
    comparison: {
      ...headOf(shown),
      startedAt: startedAt.toISOString(),
      seconds: Math.round(performance.now() - start) / 1000,
      trials,
      ...(signal.aborted ? { interrupted: true } : {}),
      ...(obstacle ? { obstacle } : {}),
    },
  }
}

function headOf(plans: readonly LoadPlan[]): Pick<Comparison, 'targets' | 'method' | 'tool' | 'workers'> {
  const requests = plans[0]?.requests ?? []
  const tools = requests.flatMap((request) => toolOf(request) ?? [])
  return {
    targets: plans.map(({ url, name, mode, revision }) => ({ url, ...(name ? { name } : {}), mode, revision })),
    method: [...new Set(requests.map(({ method }) => method))].join(', '),
    ...(tools.length > 0 ? { tool: [...new Set(tools)].join(', ') } : {}),
    workers: plans[0]?.workers ?? 1,
  }
}

function toolOf({ method, params }: MeasuredRequest): string | undefined {
  return method === 'tools/call' ? String(params?.name) : undefined
}

/** Why the loads of the plans cannot be compared: they would measure different things. */
function unlike(plans: readonly LoadPlan[]): string | undefined {
  const asked = plans.map(({ requests }) =>
    requests.map((request) => [request.method, toolOf(request)].filter(Boolean).join(' ')).join(', '),
  )
  const other = asked.findIndex((words) => words !== asked[0])
  if (other < 0) return undefined
  return `${nameOf(plans[0]!)} would be asked for ${asked[0]}, but ${nameOf(plans[other]!)} for ${asked[other]}: name one thing to ask for with --tool or --method.`
}

function trialPlans(plans: readonly LoadPlan[], options: CompareOptions): TrialPlan[] {
  const { rounds, seconds, connections } = options
  // The closed loop goes first: what it carried says what the open loop may ask for.
  const loops = (['closed', 'open'] as const).filter((loop) => options.loops.includes(loop))
  const trials = options.sessions.flatMap((session) =>
    loops.map((loop): TrialPlan => ({ loop, session, connections, rounds, seconds })),
  )
  const watched = plans.some(({ mode, targetPid }) => mode === 'stateful' && targetPid !== undefined)
  // Last, because sessions left behind burden whatever follows.
  if (options.memory && watched)
    trials.push({
      loop: 'closed',
      session: 'per-request',
      connections: Math.min(connections, 10),
      rounds: Math.min(rounds, 3),
      seconds: Math.max(seconds, memorySeconds),
      leaves: true,
    })
  return trials
}

/** Half of the least that any target carried in any round, to two digits. */
function rateAllCarry(trials: readonly Trial[], session: SessionPolicy): number | undefined {
  const closed = trials.find((trial) => trial.loop === 'closed' && trial.session === session)
  const throughput = closed?.values.find(({ metric }) => metric === 'throughput')
  const rounds = throughput?.rounds.flat().filter((value): value is number => value !== null && value > 0) ?? []
  return rounds.length > 0 ? Math.max(1, Number((Math.min(...rounds) / 2).toPrecision(2))) : undefined
}
