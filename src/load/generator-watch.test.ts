import { performance } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import { watchGenerator } from './generator-watch.js'
import { latencyOf } from './histogram.js'

/** Works for CPU milliseconds, however long that takes. */
function work(cpuMs: number): void {
  const end = process.cpuUsage().user + cpuMs * 1000
  while (process.cpuUsage().user < end);
}

it('tells the CPU of the thread, and how long its event loop stood still', async () => {
  const startedAt = performance.now()
  const watch = watchGenerator()
  await new Promise((resolve) => setTimeout(resolve, 100))
  work(200)
  await new Promise((resolve) => setTimeout(resolve, 100))
  const use = watch.stop()
  const seconds = (performance.now() - startedAt) / 1000
  expect(use.cpuSeconds).toBeGreaterThanOrEqual(0.15)
  expect(use.busiest).toBeGreaterThanOrEqual(0.15 / seconds)
  expect(use.busiest).toBeLessThanOrEqual(1.05)
  expect(use.occupied).toBeGreaterThanOrEqual(0.15 / seconds)
  expect(latencyOf(use.eventLoopDelay)!.max).toBeGreaterThan(100)
})
