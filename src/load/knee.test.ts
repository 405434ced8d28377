import { expect, it } from 'vitest'
import { nextRate, standing, type Trial } from './knee.js'

/** Searches on a server that carries exactly `carries` requests per second. */
function search(carries: number, from = 50, to = 20_000): Trial[] {
  const trials: Trial[] = []
  for (let rate = nextRate(trials, { from, to }); rate !== undefined; rate = nextRate(trials, { from, to }))
    trials.push({ rate, held: rate <= carries })
  return trials
}

it('doubles until a rate breaks, then searches between', () => {
  expect(search(700).map(({ rate }) => rate)).toEqual([50, 100, 200, 400, 800, 566, 673, 734])
})

it.each([3, 49, 50, 51, 99, 700, 1234, 19_999])('finds the knee of a server that carries %s to a tenth', (carries) => {
  const trials = search(carries)
  const { held, broke } = standing(trials)
  expect(held).toBeLessThanOrEqual(carries)
  expect(broke).toBeGreaterThan(carries)
  expect(broke! / held!).toBeLessThan(1.13)
  expect(trials.length).toBeLessThan(20)
})

it('ends at the highest rate it may try', () => {
  expect(search(1e9, 50, 300).map(({ rate }) => rate)).toEqual([50, 100, 200, 300])
  expect(standing(search(1e9, 50, 300))).toEqual({ held: 300 })
})

it('gives up on a server that carries nothing', () => {
  const trials = search(0)
  expect(trials.map(({ rate }) => rate)).toEqual([50, 25, 13, 6.5, 3.3, 1.6])
  expect(standing(trials)).toEqual({ broke: 1.6 })
})

it('counts the last trial of a rate, and holds nothing above one that broke', () => {
  const trials = [
    { rate: 100, held: false },
    { rate: 100, held: true },
    { rate: 200, held: false },
    { rate: 400, held: true },
  ]
  expect(standing(trials)).toEqual({ held: 100, broke: 200 })
})
