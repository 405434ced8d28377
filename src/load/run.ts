import type { CapacityStats } from '../report/load.js'
import { redactor } from '../wire/redact.js'
import { type MakeLoad, searchCapacity } from './capacity.js'
import { generate } from './generate.js'
import { loadOf, stageName, stageStats } from './load-of.js'
import { withObstacle } from './obstacle.js'
import type { LoadEvent, LoadPlan } from './plan.js'
import { rowOf } from './seconds.js'
import { type ServerWatch, watchServer } from './server-watch.js'
import { type GeneratorEvent, measuredPhases, type Tally } from './tally.js'
import { generateOnThreads } from './workers.js'

/**
 * Runs the load of a plan. The last event is `done`; the signal ends it early with what was measured, and nothing throws for what the server
 * does. `engine` makes the load in place of our own generators.
 */
export async function* runLoad(plan: LoadPlan, signal: AbortSignal, engine?: MakeLoad): AsyncGenerator<LoadEvent> {
  const { targetPid, readUse, profile } = plan
  const server = targetPid ?? readUse
  const url = redactor(plan.secrets).text(plan.url)
  const shown = { ...plan, url, profile: { ...profile, stages: [...profile.stages] } }
  let watch: ServerWatch | undefined
  const start = async () => {
    // From here on, so that what opening sessions costs the server is not in its figures.
    if (server !== undefined) watch = await watchServer(server)
  }
  const make = engine ?? (plan.workers > 1 ? generateOnThreads : generate)
  const events = profile.capacity
    ? searchCapacity(plan, profile.capacity, signal, { make, start })
    : make(plan, signal, start)
  for await (const event of events) {
    if (event.type === 'step') shown.profile.stages.push(event.stage)
    else if (event.type === 'done') yield await ended(shown, { tally: withObstacle(event.tally) }, watch, signal)
    else if (event.type === 'found') yield await ended(shown, event, watch, signal)
    else yield await told(shown, event, watch)
  }
}

async function told(
  { profile }: LoadPlan,
  event: Exclude<GeneratorEvent, { type: 'done' }>,
  watch: ServerWatch | undefined,
): Promise<LoadEvent> {
  if (event.type === 'opened') return event
  if (event.type === 'stage') {
    const { stage: index, tally } = event
    return {
      type: 'stage',
      stage: stageStats(profile, index, tally),
      index,
      of: profile.capacity ? 0 : profile.stages.length,
    }
  }
  const sample = await watch?.sample()
  const row = rowOf(event.second, event.index, profile.streams !== undefined)
  const stage = profile.stages[event.stage]
  return {
    type: 'second',
    row: sample ? { ...row, serverCpu: sample.cpu, serverRss: sample.rss } : row,
    stage: stage ? stageName(stage) : '',
    secondsLeft: event.secondsLeft,
  }
}

async function ended(
  plan: LoadPlan,
  end: { tally: Tally; capacity?: CapacityStats },
  watch: ServerWatch | undefined,
  signal: AbortSignal,
): Promise<LoadEvent> {
  const good = measuredPhases(end.tally.phases).reduce((sum, { count }) => sum + count, 0)
  const server = await watch?.stop(good)
  return {
    type: 'done',
    load: loadOf(plan, end.tally, {
      ...(server ? { server } : {}),
      ...(watch ? { samples: watch.samples } : {}),
      ...(end.capacity ? { capacity: end.capacity } : {}),
      ...(signal.aborted ? { interrupted: true } : {}),
    }),
  }
}
