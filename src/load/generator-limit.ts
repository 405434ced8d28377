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
  const cpu = percent(tally.busiest)
  if (tally.busiest > 0.8)
    return `The generator used ${cpu} of a core, so it was the limit: the server may carry more than these numbers show.`
  if (tally.occupied > 0.95)
    return `The generator never paused though it got only ${cpu} of a core: this machine was too busy, and response times include its own delay.`
  if (loop !== 'open') return undefined
  const response = newHistogram()
  for (const phase of measuredPhases(tally.phases)) addHistogram(response, phase.latency)
  const median = percentileOf(response, 50)
  const late = percentileOf(tally.lateness, 99)
  if (median === undefined || late === undefined || late <= Math.max(1, median / 10)) return undefined
  return `Requests left up to ${late.toPrecision(2)} ms late (p99) where the median answer took ${median.toPrecision(2)} ms: response times include the generator's own delay.`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
