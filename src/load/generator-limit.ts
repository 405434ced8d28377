import { availableParallelism } from 'node:os'
import { msUnit } from '../report/figures.js'
import type { Loop } from '../report/load.js'
import { addHistogram, newHistogram, percentileOf } from './histogram.js'
import { measuredPhases, type Tally } from './tally.js'

/**
 * Why the generator was the limit, in one plain sentence; undefined when it was not. It was when its busiest thread used more than 80 % of a
 * core, when that thread had no pause though it got less (the machine had no core left for it), or, in an open loop, when requests left so
 * late that the 99th percentile of it is more than 10 % of the median response time, and more than a millisecond: below that no timer can be
 * trusted, and nobody needs to be told.
 */
export function limitOf(tally: Tally, loop: Loop): string | undefined {
  const cpu = `${Math.round(tally.busiest * 100)} % of a core`
  if (tally.busiest > 0.8)
    return `The generator was the limit: it used ${cpu}, and the server may carry more than these numbers show.`
  if (tally.occupied > 0.95)
    return `The generator was the limit: it never paused, though this machine gave it only ${cpu}; response times include its own delay.`
  if (loop !== 'open') return undefined
  const response = newHistogram()
  for (const phase of measuredPhases(tally.phases)) addHistogram(response, phase.latency)
  const median = percentileOf(response, 50)
  const late = percentileOf(tally.lateness, 99)
  if (median === undefined || late === undefined || late <= Math.max(1, median / 10)) return undefined
  return `The generator was late: requests left up to ${msUnit(late)} after their time (p99), where the median answer took ${msUnit(median)}; response times include that delay.`
}

/** The same of a program that uses all the cores there are: it was the limit when it used more than 80 % of them. */
export function coresLimit({ busiest }: Tally, cores = availableParallelism()): string | undefined {
  if (busiest <= 0.8 * cores) return undefined
  return `The generator was the limit: it used ${Math.round((busiest / cores) * 100)} % of this machine's ${cores} cores, and the server may carry more than these numbers show.`
}
