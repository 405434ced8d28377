import { expect, it } from 'vitest'
import { seededRandom } from '../../test/support/random.js'
import { geometricMean, ratioOf, tQuantile } from './ratio.js'

it.each([
  [1, 12.706],
  [5, 2.571],
  [30, 2.042],
  [31, 2.0395],
  [60, 2.0003],
  [120, 1.9799],
])('Student’s t for %i degrees of freedom is %f', (degrees, known) => {
  expect(tQuantile(degrees)).toBeCloseTo(known, 3)
})

it('takes the mean of factors, not of differences', () => {
  expect(geometricMean([1, 4, 16])).toBeCloseTo(4, 10)
  expect(geometricMean([])).toBeUndefined()
  expect(geometricMean([1, 0])).toBeUndefined()
})

it('gives the interval of the paired t-test on logarithms', () => {
  // Logarithms 0, ln 2, ln 4: mean ln 2, standard deviation ln 2; t(2) = 4.303.
  const { ratio, low, high, shown } = ratioOf([10, 10, 10], [10, 20, 40])!
  expect(ratio).toBeCloseTo(2, 10)
  expect(high).toBeCloseTo(2 * 2 ** (4.303 / Math.sqrt(3)), 6)
  expect(low).toBeCloseTo(2 / 2 ** (4.303 / Math.sqrt(3)), 6)
  expect(shown).toBe(false)
})

it('is the same seen from the other side', () => {
  const [one, other] = [
    [5, 6, 9, 5.5],
    [7, 7.5, 8, 9],
  ]
  const there = ratioOf(one, other)!
  const back = ratioOf(other, one)!
  expect(back.ratio * there.ratio).toBeCloseTo(1, 10)
  expect(back.low! * there.high!).toBeCloseTo(1, 10)
})

it('takes out what hits both of a pair', () => {
  const drift = [1, 3, 9, 27]
  const { ratio, low, high, shown } = ratioOf(
    drift,
    drift.map((value) => value * 1.1),
  )!
  for (const value of [ratio, low!, high!]) expect(value).toBeCloseTo(1.1, 10)
  expect(shown).toBe(true)
})

it('shows nothing with one pair, and has no ratio where a value is missing or zero', () => {
  expect(ratioOf([2], [4])).toEqual({ ratio: 2, shown: false })
  expect(ratioOf([2, 2], [4, null])).toBeUndefined()
  expect(ratioOf([2, 0], [4, 4])).toBeUndefined()
  expect(ratioOf([], [])).toBeUndefined()
})

it('covers the true ratio in 95 % of comparisons of six noisy rounds, and shows no difference in 95 % where there is none', () => {
  const random = seededRandom(3)
  const noise = () => Math.exp(0.3 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
  const times = 4000
  let covered = 0
  let falselyShown = 0
  for (let time = 0; time < times; time++) {
    const rounds = Array.from({ length: 6 }, noise)
    const { low, high } = ratioOf(
      rounds,
      Array.from({ length: 6 }, () => 1.5 * noise()),
    )!
    if (low! <= 1.5 && 1.5 <= high!) covered++
    if (ratioOf(rounds, Array.from({ length: 6 }, noise))!.shown) falselyShown++
  }
  expect(Math.abs(covered / times - 0.95)).toBeLessThan(0.012)
  expect(Math.abs(falselyShown / times - 0.05)).toBeLessThan(0.012)
})
