import { redactor } from '../wire/redact.js'
import { generate } from './generate.js'
import { loadOf, stageName, stageStats } from './load-of.js'
import type { LoadEvent, LoadPlan } from './plan.js'
import { rowOf } from './seconds.js'
import { type ServerWatch, watchServer } from './server-watch.js'
import { type GeneratorEvent, measuredPhases, type Tally } from './tally.js'
import { generateOnThreads } from './workers.js'

/**
 * Runs the load of a plan. The last event is `done`; the signal ends it early with what was measured, and nothing throws for what the server
 * does.
 */
export async function* runLoad(plan: LoadPlan, signal: AbortSignal): AsyncGenerator<LoadEvent> {
  const shown = { ...plan, url: redactor(plan.secrets).text(plan.url) }
  const { targetPid } = plan
  let watch: ServerWatch | undefined
  const start = async () => {
    // From here on, so that what opening sessions costs the server is not in its figures.
    if (targetPid !== undefined) watch = await watchServer(targetPid)
  }
  const make = plan.workers > 1 ? generateOnThreads : generate
  for await (const event of make(plan, signal, start)) {
    if (event.type === 'done') yield await done(shown, event.tally, watch, signal)
    else yield await told(shown, event, watch)
  }
}

async function told(
  plan: LoadPlan,
  event: Exclude<GeneratorEvent, { type: 'done' }>,
  watch: ServerWatch | undefined,
): Promise<LoadEvent> {
  const { profile } = plan
  if (event.type === 'opened') return event
  if (event.type === 'stage')
    return {
      type: 'stage',
      stage: stageStats(profile, event.stage, event.tally),
      index: event.stage,
      of: profile.stages.length,
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

async function done(
  plan: LoadPlan,
  tally: Tally,
  watch: ServerWatch | undefined,
  signal: AbortSignal,
): Promise<LoadEvent> {
  const good = measuredPhases(tally.phases).reduce((sum, { count }) => sum + count, 0)
  const server = await watch?.stop(good)
  return {
    type: 'done',
    load: loadOf(plan, tally, {
      ...(server ? { server } : {}),
      ...(watch ? { samples: watch.samples } : {}),
      ...(signal.aborted ? { interrupted: true } : {}),
    }),
  }
}
