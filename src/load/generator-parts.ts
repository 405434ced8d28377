import { autocannonEngine } from './autocannon.js'
import { type Clock, realClock } from './clock.js'
import { ClosedLoop } from './closed-loop.js'
import type { Engine, EngineHandlers, EngineOptions } from './engine.js'
import { watchGenerator } from './generator-watch.js'
import type { Lane } from './lane.js'
import { OpenLoop } from './open-loop.js'
import { Arrivals } from './pacer.js'
import type { LoadPlan } from './plan.js'
import type { Loop, Work } from './scheduler.js'
import { type SharpClock, sharpClock } from './sharp-clock.js'
import { openStream } from './stream.js'

/** What a generator is made of; tests put their own in place. */
export interface GeneratorParts {
  createEngine(options: EngineOptions, handlers: EngineHandlers<Lane>): Engine<Lane>
  createClock(sharp: boolean): Clock | SharpClock
  openStream: typeof openStream
  watch: typeof watchGenerator
}

/** The network, the time and the process as they are. */
export const realParts: GeneratorParts = {
  createEngine: autocannonEngine,
  createClock: (sharp) => (sharp ? sharpClock() : realClock),
  openStream,
  watch: watchGenerator,
}

const MiB = 1 << 20

/** The most bytes of all answers that are being read at once, and of one of them at least and at most. */
const memory = { all: 256 * MiB, least: MiB, most: 8 * MiB }

/** Where a plan's engine connects to, and its bounds; `connections` are those of all threads. */
export function engineOptionsOf({ url, timeoutMs, ca }: LoadPlan, connections: number): EngineOptions {
  const share = Math.floor(memory.all / Math.max(1, connections))
  const maxBytes = Math.max(memory.least, Math.min(memory.most, share))
  return { url: new URL(url), timeoutMs, maxBytes, ...(ca === undefined ? {} : { ca }) }
}

/** The scheduler of a plan's measured time; `late` is told how late requests are sent, in ms. */
export function loopOf(
  { profile, thread }: LoadPlan,
  needsSession: boolean,
  work: Work,
  clock: Clock,
  late: (ms: number) => void,
): Loop {
  return profile.loop === 'closed'
    ? new ClosedLoop(needsSession, work, clock, (profile.think ?? 0) * 1000)
    : new OpenLoop(needsSession, work, clock, new Arrivals(profile.stages, thread), late)
}
