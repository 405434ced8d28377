/**
 * Log-linear buckets of times in microseconds: equal steps up to `steps` of them, then each doubling of time is cut into half as many. Every
 * runner has the same ones, so that counts of several add up exactly. Runs in Node and in k6.
 */
export interface Buckets {
  /** The first steps, as a power of two of microseconds. */
  unit: number
  /** How many equal parts each doubling has, as a power of two. */
  parts: number
}

/** What percentiles come from: 32 parts per doubling, so that the middle of a bucket is within 1.6 % of all in it, from half a millisecond on. */
export const fine: Buckets = { unit: 4, parts: 5 }

/** What the figures of single seconds come from: within 6.3 %. */
export const coarse: Buckets = { unit: 6, parts: 3 }

/** The bucket of a time; those before zero count as zero. */
export function bucketOf({ unit, parts }: Buckets, micros: number): number {
  const steps = micros > 0 ? Math.floor(micros) >>> unit : 0
  const doublings = Math.max(0, 31 - Math.clz32(steps) - parts)
  return (doublings << parts) + (steps >>> doublings)
}

/** The middle of a bucket, in microseconds. */
export function middleOf({ unit, parts }: Buckets, bucket: number): number {
  const doublings = Math.max(0, (bucket >>> parts) - 1)
  const steps = bucket - (doublings << parts)
  return (steps + 0.5) * 2 ** (doublings + unit)
}
