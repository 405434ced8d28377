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

/** The most bytes of one answer. */
const maxBytes = 8 << 20

/** Where a plan's engine connects to, and its bounds. */
export function engineOptionsOf({ url, timeoutMs, ca }: LoadPlan): EngineOptions {
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
