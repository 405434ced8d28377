import { type EventEmitter, on } from 'node:events'
import { type MessagePort, Worker } from 'node:worker_threads'
import type { LoadPlan } from './plan.js'
import type { GeneratorEvent } from './tally.js'
import { decodeFromThread, type Encoded } from './tally-transfer.js'

/** What a generator's thread is told: its clock may start, or the load ends early. */
export type ToThread = 'start' | 'stop'

/** A generator on a thread of its own. */
export interface Thread {
  /** What it tells; ends after `done`, throws when the thread dies before. To be read once. */
  events: AsyncIterable<GeneratorEvent>
  tell(message: ToThread): void
  /** Ends it at once, if it has not ended. */
  end(): Promise<void>
}

/** Starts a generator for one thread's share of a plan. */
export type Spawn = (plan: LoadPlan) => Thread

/** Starts a generator on a worker thread; only from the built program, because threads cannot load TypeScript. */
export function spawnThread(plan: LoadPlan): Thread {
  const worker = new Worker(new URL('./thread-main.js', import.meta.url), { workerData: plan })
  return {
    events: eventsFrom(worker, 'exit'),
    tell: (message) => worker.postMessage(message),
    async end() {
      await worker.terminate()
    },
  }
}

/** The events that come through a port or from a worker, read from now on so that none is missed; `closing` says that no more will come. */
export function eventsFrom(port: Worker | MessagePort, closing: 'exit' | 'close'): AsyncIterable<GeneratorEvent> {
  const messages = on(port as EventEmitter, 'message', { close: [closing] })
  return (async function* () {
    for await (const [message] of messages) {
      const event = decodeFromThread<GeneratorEvent>(message as Encoded<GeneratorEvent>)
      yield event
      if (event.type === 'done') return
    }
    throw new Error('it ended without a word')
  })()
}
