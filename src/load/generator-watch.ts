import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'
import type { Histogram } from 'hdr-histogram-js'
import { newHistogram, record } from './histogram.js'

/** What a generator's thread used while it was watched; see Tally for the fields. */
export interface GeneratorUse {
  cpuSeconds: number
  busiest: number
  occupied: number
  eventLoopDelay: Histogram
}

const tickMs = 20

/**
 * Watches the thread it is called on until `stop`. The delay of the event loop is how late a timer of 20 ms fires, kept in a histogram of our
 * own because those of perf_hooks cannot be added up over threads.
 */
export function watchGenerator(): { stop(): GeneratorUse } {
  const startedAt = performance.now()
  const processBefore = process.cpuUsage()
  const threadBefore = threadCpuSeconds()
  const loopBefore = performance.eventLoopUtilization()
  const eventLoopDelay = newHistogram()
  let due = startedAt + tickMs
  const timer = setInterval(() => {
    const now = performance.now()
    record(eventLoopDelay, now - due)
    due = now + tickMs
  }, tickMs)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      const seconds = (performance.now() - startedAt) / 1000
      const occupied = performance.eventLoopUtilization(loopBefore).utilization
      const thread = threadCpuSeconds()
      const { user, system } = process.cpuUsage(processBefore)
      const processSeconds = (user + system) / 1e6
      const ownSeconds =
        thread !== undefined && threadBefore !== undefined
          ? thread - threadBefore
          : Math.min(processSeconds, occupied * seconds)
      return {
        cpuSeconds: isMainThread ? processSeconds : ownSeconds,
        busiest: seconds > 0 ? ownSeconds / seconds : 0,
        occupied,
        eventLoopDelay,
      }
    },
  }
}

/** CPU seconds of the calling thread since it began; undefined where the system does not tell. */
function threadCpuSeconds(): number | undefined {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage }
  if (threadCpuUsage) {
    const { user, system } = threadCpuUsage.call(process)
    return (user + system) / 1e6
  }
  try {
    // Read synchronously it is the calling thread's own: nanoseconds on a core, first of three numbers.
    const nanoseconds = Number.parseInt(readFileSync('/proc/thread-self/schedstat', 'utf8'), 10)
    return nanoseconds > 0 ? nanoseconds / 1e9 : undefined
  } catch {
    return undefined
  }
}
