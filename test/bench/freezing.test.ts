import { expect, it } from 'vitest'
import { answeredAt, truthOf } from './freezing.js'

it.each([
  [0, 1],
  [1998, 1999],
  [1999, 3000],
  [2500, 3000],
  [2999.5, 3000.5],
  [3000, 3001],
  [7100, 8000],
])('what arrives at %d ms is answered at %d', (arrived, answered) => {
  expect(answeredAt(arrived)).toBe(answered)
})

it('is the truth that follows from a fifth of the time frozen and waits spread evenly over a second', () => {
  const truth = truthOf(200, 30, 50)
  expect(truth).toMatchObject({ answered: 6000, unsent: 0, inFlight: 0, p50: 1, max: 1000 })
  expect(Math.abs(truth.p90 - 500)).toBeLessThanOrEqual(5)
  expect(Math.abs(truth.p99 - 950)).toBeLessThanOrEqual(5)
})

it('leaves a hundred unanswered when time is up half a second into a freeze, half of them for want of a connection', () => {
  expect(truthOf(200, 7.5, 50)).toMatchObject({ answered: 1400, unsent: 50, inFlight: 50 })
})
