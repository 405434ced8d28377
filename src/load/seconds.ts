import type { SecondStats } from '../report/load.js'
import { addHistogram, decodeHistogram, encodeHistogram, percentileOf } from './histogram.js'
import { addErrors, type SecondTally, type StretchTally } from './tally.js'

/** How things stood when a second ended. */
export interface Standing {
  connections: number
  waiting: number
  streams: number
}

/** What a finished second is kept as. */
export function sealSecond(running: StretchTally, standing: Standing): SecondTally {
  const { count, failed, errors } = running
  return { count, failed, errors: { ...errors }, latency: encodeHistogram(running.latency), ...standing }
}

/** The same second of two generators as one. */
export function addSecond(one: SecondTally, other: SecondTally): SecondTally {
  const latency = decodeHistogram(one.latency)
  addHistogram(latency, decodeHistogram(other.latency))
  const errors = { ...one.errors }
  addErrors(errors, other.errors)
  return {
    errors,
    count: one.count + other.count,
    failed: one.failed + other.failed,
    latency: encodeHistogram(latency),
    connections: one.connections + other.connections,
    waiting: one.waiting + other.waiting,
    streams: one.streams + other.streams,
  }
}

/** Rows of two generators added up second by second; the longer one's rest is kept as it is. */
export function addSeconds(one: SecondTally[], other: SecondTally[]): SecondTally[] {
  const longer = one.length >= other.length ? one : other
  const shorter = longer === one ? other : one
  return longer.map((second, index) => {
    const beside = shorter[index]
    return beside ? addSecond(second, beside) : second
  })
}

/** A second as reports show it. `second` counts from 0; `withStreams` in profiles that hold some. */
export function rowOf(tally: SecondTally, second: number, withStreams = false): SecondStats {
  const latency = decodeHistogram(tally.latency)
  const p50 = percentileOf(latency, 50)
  const p99 = percentileOf(latency, 99)
  return {
    second,
    count: tally.count,
    failed: tally.failed,
    ...(tally.failed > 0 ? { errors: tally.errors } : {}),
    ...(p50 === undefined ? {} : { p50 }),
    ...(p99 === undefined ? {} : { p99 }),
    connections: tally.connections,
    waiting: tally.waiting,
    ...(withStreams ? { streams: tally.streams } : {}),
  }
}
