import { expect, it } from 'vitest'
import { bucketOf, coarse, fine, middleOf } from './buckets.js'

const minute = 60_000_000
const times = Array.from({ length: 4000 }, (_, index) => Math.round(minute ** (index / 3999)))

it.each([
  ['fine', fine, 1 / 64, 500],
  ['coarse', coarse, 1 / 16, 500],
])('%s buckets hold every time near their middle', (_, buckets, share, from) => {
  const wide = 2 ** buckets.unit
  const far = times.filter((time) => {
    const off = Math.abs(middleOf(buckets, bucketOf(buckets, time)) - time)
    return time >= from ? off > time * share : off > wide / 2
  })
  expect(far).toEqual([])
})

it('buckets follow each other without a gap', () => {
  const last = bucketOf(fine, minute)
  const seen = Array.from({ length: last + 1 }, (_, bucket) => bucketOf(fine, middleOf(fine, bucket)))
  expect(seen).toEqual([...seen.keys()])
})

it('a time below zero is in the first bucket', () => {
  expect([bucketOf(fine, -3), bucketOf(fine, 0)]).toEqual([0, 0])
})
