import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
import type { Latency } from '../report/load.js'

/** The longest time a histogram holds, in µs: an hour. Longer ones count as an hour. */
const longest = 3_600_000_000

/**
 * An empty HDR histogram of microseconds with 3 significant digits. All have the same range, so that adding two adds their counts one by one
 * and the outcome does not depend on the order.
 */
export function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: longest,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
    autoResize: false,
  })
}

/** Records a time given in milliseconds; below zero counts as zero. */
export function record(histogram: Histogram, ms: number): void {
  const micros = Math.round(ms * 1000)
  histogram.recordValue(micros > 0 ? (micros < longest ? micros : longest) : 0)
}

/** The value at a percentile (0 to 100) in ms: the upper edge of its bucket, as HDR histograms define it; undefined when empty. */
export function percentileOf(histogram: Histogram, percentile: number): number | undefined {
  return histogram.totalCount === 0 ? undefined : histogram.getValueAtPercentile(percentile) / 1000
}

/** The distribution in ms; undefined when nothing was recorded. Every figure comes from the buckets alone, so merging cannot change it. */
export function latencyOf(histogram: Histogram): Latency | undefined {
  if (histogram.totalCount === 0) return undefined
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000
  return {
    min: at(0),
    mean: Math.round(histogram.mean) / 1000,
    p50: at(50),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    max: at(100),
  }
}

/** Adds the counts of `from` to `into`, exactly. */
export function addHistogram(into: Histogram, from: Histogram): void {
  if (from.totalCount > 0) into.add(from)
}

/** A histogram as HDR V2, deflated, base64. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram)
}

/** The inverse of `encodeHistogram`; also takes HDR V2 of another range and turns it into ours. Throws an Error on any other text. */
export function decodeHistogram(text: string): Histogram {
  const histogram = newHistogram()
  addHistogram(histogram, decodeFromCompressedBase64(text) as Histogram)
  return histogram
}
