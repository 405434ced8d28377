import { Worker } from 'node:worker_threads'
import { type Clock, realClock } from './clock.js'

/** What a sharp clock shares with its thread: a bell that is rung when the time to wake at has changed, and that time in ms of hrtime, 0 for never. */
export interface TimerCells {
  bell: Int32Array
  due: Float64Array
}

/** A clock that can wake on the dot; to be closed after use. */
export interface SharpClock extends Clock {
  close(): Promise<void>
}

/**
 * The real clock with a `sharpAt` that is late by a tenth of a millisecond rather than by one, for one waiter at a time: a thread of its own sleeps until
 * then, so that nobody need look at the clock all the time. Run from TypeScript sources, which threads cannot load, it is the ordinary one.
 */
export function sharpClock(): SharpClock {
  if (import.meta.url.endsWith('.ts')) return { ...realClock, close: async () => {} }
  const cells: TimerCells = {
    bell: new Int32Array(new SharedArrayBuffer(4)),
    due: new Float64Array(new SharedArrayBuffer(8)),
  }
  const thread = new Worker(new URL('./timer-thread.js', import.meta.url), { workerData: cells })
  thread.unref()
  let waiting: { time: number; action: () => void } | undefined
  const wakeAt = (time: number) => {
    cells.due[0] = time === 0 ? 0 : time - performance.now() + hrtimeMs()
    Atomics.add(cells.bell, 0, 1)
    Atomics.notify(cells.bell, 0)
  }
  thread.on('message', () => {
    if (!waiting) return
    const { time, action } = waiting
    // A message that was on its way for an earlier waiter, or a hair too early.
    if (performance.now() < time) return wakeAt(time)
    waiting = undefined
    action()
  })
  return {
    ...realClock,
    sharpAt(time, action) {
      const mine = { time, action }
      waiting = mine
      wakeAt(time)
      return {
        cancel() {
          if (waiting === mine) waiting = undefined
        },
      }
    },
    async close() {
      waiting = undefined
      await thread.terminate()
    },
  }
}

function hrtimeMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
