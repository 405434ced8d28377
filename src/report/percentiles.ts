import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { Latency } from './load.js'

/** A point of a percentile curve: `beyond` is 1 in how many requests took longer (1 is the fastest, 100 the p99), the time in ms. */
export interface PercentilePoint {
  beyond: number
  ms: number
}

/** The places of a curve, evenly spread on its logarithmic axis: twenty to a nine. */
export const curvePlaces: readonly number[] = Array.from({ length: 141 }, (_, at) => 10 ** (at / 20))

/**
 * The percentile curve of a histogram (HDR V2, base64, microseconds) as far as its count reaches; from the distribution's own figures where
 * the histogram cannot be read.
 */
export function percentileCurve(histogram: string | undefined, latency: Latency | undefined): PercentilePoint[] {
  try {
    const decoded = decodeFromCompressedBase64(histogram ?? '')
    const places = curvePlaces.filter((beyond) => beyond <= decoded.totalCount)
    return places.map((beyond) => ({ beyond, ms: decoded.getValueAtPercentile(100 - 100 / beyond) / 1000 }))
  } catch {
    if (!latency) return []
    const { min, p50, p90, p99, p999 } = latency
    return [min, p50, p90, p99, p999].map((ms, at) => ({ beyond: [1, 10 ** 0.3, 10, 100, 1000][at]!, ms }))
  }
}

/** The percentile that a place of the curve stands for, as people write it: `p50`, `p99.9`. */
export function percentileName(beyond: number): string {
  return beyond <= 1 ? 'min' : `p${Number((100 - 100 / beyond).toPrecision(Math.ceil(Math.log10(beyond)) + 2))}`
}
