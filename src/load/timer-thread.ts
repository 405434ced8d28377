import { parentPort, workerData } from 'node:worker_threads'
import type { TimerCells } from './sharp-clock.js'

/**
 * Entry of the thread that sleeps for a sharp clock: a wait on a cell ends within a tenth of a millisecond of its bound, where the timers of an
 * event loop know whole milliseconds only.
 */
const { bell, due } = workerData as TimerCells

for (;;) {
  // Read before the time, so that a bell rung in between ends the wait at once.
  const rung = Atomics.load(bell, 0)
  const at = due[0]!
  const left = at === 0 ? Number.POSITIVE_INFINITY : at - Number(process.hrtime.bigint()) / 1e6
  if (left > 0.02) {
    Atomics.wait(bell, 0, rung, left)
  } else {
    due[0] = 0
    parentPort?.postMessage(at)
  }
}
