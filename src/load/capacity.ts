import type { CapacityStats } from '../report/load.js'
import { addTally } from './add-tally.js'
import { answersNothing, generatorLimit, judgeStep, mayBeChance } from './capacity-step.js'
import { nextRate, standing, type Trial } from './knee.js'
import { withObstacle } from './obstacle.js'
import { parseThreshold } from './parse-threshold.js'
import type { LoadPlan } from './plan.js'
import type { CapacitySearch, Stage } from './profile.js'
import { emptyTally, type GeneratorEvent, type Tally } from './tally.js'

/** Something that makes the load of a plan; `start` is awaited before its clock starts. */
export type MakeLoad = (
  plan: LoadPlan,
  signal: AbortSignal,
  start: () => Promise<void>,
) => AsyncGenerator<GeneratorEvent>

/** What a search is made with. */
export interface SearchParts {
  make: MakeLoad
  /** Awaited before the clock of the first step starts. */
  start?: () => Promise<void>
  /** Lets the server recover; tests have a time of their own. */
  rest?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** What a search tells: each step before it is run, as the next stage of one load, the events of the steps, and at the end everything together. */
export type CapacityEvent =
  | { type: 'step'; stage: Stage }
  | Exclude<GeneratorEvent, { type: 'done' }>
  | { type: 'found'; tally: Tally; capacity: CapacityStats }

type Step = CapacityStats['steps'][number]

/** Pause before a step is repeated, in ms: time for a server to recover. */
const recoveryMs = 1000

/**
 * Searches for the highest rate at which the objective holds. Each step is a load of its own, with sessions of its own, so that nothing of an
 * overloaded step is left in the next. A step that may have broken by chance is repeated once. It ends early where the generator is the limit, and
 * where the server does not come back.
 */
export async function* searchCapacity(
  plan: LoadPlan,
  search: CapacitySearch,
  signal: AbortSignal,
  parts: SearchParts,
): AsyncGenerator<CapacityEvent> {
  const { rest = pause } = parts
  const objective = search.objective.map(parseThreshold)
  const found: Found = { tally: emptyTally(Date.now()), steps: [], trials: [], run: 0 }
  let rate = nextRate([], search)
  let repeated = false
  while (rate !== undefined && !signal.aborted) {
    const stage: Stage = { seconds: search.stepSeconds, rate }
    const tally: Tally | undefined = yield* oneStep(plan, stage, found, signal, parts)
    if (!tally || signal.aborted) break
    const step = judgeStep(rate, tally, objective)
    found.steps.push(step)
    const limit = step.held ? undefined : generatorLimit(tally)
    if (limit) {
      step.reason = limit
      break
    }
    if (repeated && answersNothing(tally)) {
      found.tally.obstacle = `At ${rate} requests per second the server stopped answering: ${step.reason}`
      found.trials.push(step)
      break
    }
    repeated = !repeated && mayBeChance(step, tally)
    if (repeated) await rest(recoveryMs, signal)
    else found.trials.push(step)
    rate = repeated ? rate : nextRate(found.trials, search)
  }
  const capacity = { objective: search.objective, ...standing(found.trials), steps: found.steps }
  yield { type: 'found', tally: found.tally, capacity }
}

interface Found {
  tally: Tally
  steps: Step[]
  /** The steps that count, in order. */
  trials: Trial[]
  /** How many steps were begun. */
  run: number
}

/** Makes the load of one step and tells of it as of the next stage of one load. */
async function* oneStep(
  plan: LoadPlan,
  stage: Stage,
  found: Found,
  signal: AbortSignal,
  { make, start = atOnce }: SearchParts,
): AsyncGenerator<CapacityEvent, Tally | undefined> {
  const { capacity: _, ...profile } = plan.profile
  const index = found.run++
  const seconds = found.tally.seconds.length
  const first = index === 0
  yield { type: 'step', stage }
  for await (const event of make(
    { ...plan, profile: { ...profile, stages: [stage] } },
    signal,
    first ? start : atOnce,
  )) {
    if (event.type === 'second') yield { ...event, index: seconds + event.index, stage: index }
    else if (event.type === 'stage') yield { ...event, stage: index }
    else if (event.type === 'opened' && first) yield event
    else if (event.type === 'done') {
      append(found.tally, event.tally, first)
      return withObstacle(event.tally)
    }
  }
  return undefined
}

const atOnce = async () => {}

/** Adds what was counted after what was counted before; obstacles of a step are reasons of that step. */
function append(into: Tally, from: Tally, first: boolean): void {
  const { obstacle: _, ...counted } = from
  const after = {
    seconds: [...into.seconds, ...from.seconds],
    stages: [...into.stages, ...from.stages],
    measured: into.measured + from.measured,
    opening: into.opening + from.opening,
    startedAt: first ? from.startedAt : into.startedAt,
  }
  addTally(into, { ...counted, seconds: [], stages: [] })
  Object.assign(into, after)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
