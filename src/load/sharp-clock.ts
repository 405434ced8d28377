import { Worker } from 'node:worker_threads'
import { type Clock, realClock } from './clock.js'

/** What a sharp clock shares with its thread: a bell that is rung when the time to wake at has changed, and that time in ms of hrtime, 0 for never. */
export interface TimerCells {
  bell: Int32Array
  due: Float64Array
}

/** A thread that sleeps in our place. */
export interface Sleeper {
  /** Lets it wake us at a time of `performance.now()`, and no more at the time it was told before. */
  wakeAt(time: number): void
  /** What waking is. */
  onWake: () => void
  close(): Promise<void>
}

/** A clock that can wake on the dot; to be closed after use. */
export interface SharpClock extends Clock {
  close(): Promise<void>
}

/**
 * The real clock with a `sharpAt` that is late by a tenth of a millisecond rather than by one, for one waiter at a time: a thread of its own sleeps until
 * then, so that nobody need look at the clock all the time. Run from TypeScript sources, which threads cannot load, it is the ordinary one.
 */
export function sharpClock(sleeper = startSleeper()): SharpClock {
  if (!sleeper) return { ...realClock, close: async () => {} }
  let waiting: { time: number; action: () => void } | undefined
  sleeper.onWake = () => {
    if (!waiting) return
    const { time, action } = waiting
    // It was on its way for an earlier waiter, or a hair too early.
    if (performance.now() < time) return sleeper.wakeAt(time)
    waiting = undefined
    action()
  }
  return {
    ...realClock,
    sharpAt(time, action) {
      const mine = { time, action }
      waiting = mine
      sleeper.wakeAt(time)
      return {
        cancel() {
          if (waiting === mine) waiting = undefined
        },
      }
    },
    async close() {
      waiting = undefined
      await sleeper.close()
    },
  }
}

function startSleeper(): Sleeper | undefined {
  if (import.meta.url.endsWith('.ts')) return undefined
  const bell = new Int32Array(new SharedArrayBuffer(4))
  const due = new Float64Array(new SharedArrayBuffer(8))
  const workerData: TimerCells = { bell, due }
  const thread = new Worker(new URL('./timer-thread.js', import.meta.url), { workerData })
  thread.unref()
  const sleeper: Sleeper = {
    wakeAt(time) {
      due[0] = time - performance.now() + Number(process.hrtime.bigint()) / 1e6
      Atomics.add(bell, 0, 1)
      Atomics.notify(bell, 0)
    },
    onWake() {},
    close: async () => void (await thread.terminate()),
  }
  thread.on('message', () => sleeper.onWake())
  return sleeper
}
