import { expect, it } from 'vitest'
import { seededRandom } from '../../test/support/random.js'
import {
  addHistogram,
  decodeHistogram,
  encodeHistogram,
  latencyOf,
  newHistogram,
  percentileOf,
  record,
} from './histogram.js'

it('tells percentiles of known values within three digits', () => {
  const histogram = newHistogram()
  for (let ms = 1; ms <= 10_000; ms++) record(histogram, ms)
  const latency = latencyOf(histogram)!
  const known = { min: 1, mean: 5000.5, p50: 5000, p90: 9000, p95: 9500, p99: 9900, p999: 9990, max: 10_000 }
  for (const [name, value] of Object.entries(known))
    expect(Math.abs(latency[name as keyof typeof known] - value) / value, name).toBeLessThan(0.001)
})

it('keeps microseconds apart below two milliseconds', () => {
  const histogram = newHistogram()
  for (const ms of [0, 0.001, 0.99, 1.99]) record(histogram, ms)
  expect(latencyOf(histogram)).toMatchObject({ min: 0, p50: 0.001, max: 1.99 })
  expect(percentileOf(histogram, 75)).toBe(0.99)
})

it('has no figures when empty', () => {
  expect(latencyOf(newHistogram())).toBeUndefined()
  expect(percentileOf(newHistogram(), 50)).toBeUndefined()
})

it('holds negative times as zero and the longest as an hour', () => {
  const histogram = newHistogram()
  record(histogram, -3)
  record(histogram, 9e9)
  expect(latencyOf(histogram)!.min).toBe(0)
  expect(Math.abs(latencyOf(histogram)!.max / 3_600_000 - 1)).toBeLessThan(0.001)
})

it('merges exactly: any split, any order, through any encoding, is the whole', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 40; round++) {
    const whole = newHistogram()
    const parts = Array.from({ length: 1 + Math.floor(random() * 5) }, newHistogram)
    const values = Array.from({ length: Math.floor(random() * 400) }, () => 10 ** (random() * 9 - 3))
    for (const ms of values) {
      record(whole, ms)
      record(parts[Math.floor(random() * parts.length)]!, ms)
    }
    const merged = newHistogram()
    for (const part of parts.reverse()) addHistogram(merged, decodeHistogram(encodeHistogram(part)))
    expect(merged.totalCount).toBe(values.length)
    expect(latencyOf(merged)).toEqual(latencyOf(whole))
    expect(encodeHistogram(merged)).toBe(encodeHistogram(whole))
  }
})

it('refuses text that is no histogram', () => {
  expect(() => decodeHistogram('bm8=')).toThrow()
})
