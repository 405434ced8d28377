import { generate } from '../../src/load/generate.js'
import type { GeneratorParts } from '../../src/load/generator-parts.js'
import { newHistogram } from '../../src/load/histogram.js'
import { withObstacle } from '../../src/load/obstacle.js'
import type { LoadPlan } from '../../src/load/plan.js'
import type { Profile } from '../../src/load/profile.js'
import type { openStream } from '../../src/load/stream.js'
import type { GeneratorEvent, Tally } from '../../src/load/tally.js'
import { VirtualClock } from './virtual-clock.js'
import { VirtualEngine, type VirtualServer } from './virtual-engine.js'

/** What differs from a closed loop of four connections for three seconds, in sessions of their own. */
export interface VirtualLoad extends Partial<Omit<LoadPlan, 'profile'>> {
  profile?: Partial<Profile>
  /** Ends it after so many ms from the start of everything. */
  abortAfterMs?: number
  openStream?: typeof openStream
}

/** A plan for a virtual server. */
export function virtualPlan({ profile, abortAfterMs: _, openStream: __, ...changes }: VirtualLoad = {}): LoadPlan {
  return {
    url: 'http://127.0.0.1:1/mcp',
    profileName: 'virtual',
    profile: { description: '', loop: 'closed', stages: [{ seconds: 3, connections: 4 }], ...profile },
    mode: 'stateful',
    session: 'per-connection',
    revision: '2025-11-25',
    requests: [{ method: 'tools/call', params: { name: 'echo', arguments: { text: 'hello' } } }],
    headers: [],
    secrets: [],
    thresholds: [],
    timeoutMs: 1000,
    workers: 1,
    ...changes,
  }
}

/** What a generator is made of when neither network nor time are real. */
export function virtualParts(server: VirtualServer, clock: VirtualClock, open?: typeof openStream): GeneratorParts {
  const refuse: typeof openStream = () => {
    throw new Error('no streams were expected')
  }
  return {
    createEngine: (options, handlers) => new VirtualEngine(options, handlers, clock, server),
    createClock: () => clock,
    openStream: open ?? refuse,
    watch: () => ({ stop: () => ({ cpuSeconds: 0, busiest: 0, occupied: 0, eventLoopDelay: newHistogram() }) }),
  }
}

/** Runs a load on a virtual server in virtual time. */
export async function loadVirtually(
  server: VirtualServer,
  load: VirtualLoad = {},
): Promise<{ events: GeneratorEvent[]; tally: Tally; clock: VirtualClock }> {
  const clock = new VirtualClock()
  const controller = new AbortController()
  if (load.abortAfterMs !== undefined) clock.at(clock.now() + load.abortAfterMs, () => controller.abort(), undefined)
  const events: GeneratorEvent[] = []
  const parts = virtualParts(server, clock, load.openStream)
  const run = async () => {
    for await (const event of generate(virtualPlan(load), controller.signal, async () => {}, parts)) events.push(event)
  }
  await clock.until(run())
  const last = events.at(-1)
  if (last?.type !== 'done') throw new Error('the last event is not done')
  return { events, tally: withObstacle(last.tally), clock }
}
