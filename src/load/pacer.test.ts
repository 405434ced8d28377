import { describe, expect, it } from 'vitest'
import { Arrivals, connectionsAt, type Share, shareOfCount, stageAt } from './pacer.js'
import type { Stage } from './profile.js'

function all(stages: Stage[], share?: Share): number[] {
  const times: number[] = []
  for (const arrivals = new Arrivals(stages, share); arrivals.due < Number.POSITIVE_INFINITY; arrivals.advance())
    times.push(arrivals.due)
  return times
}

describe('arrivals', () => {
  it('are evenly spaced at a constant rate and as many as rate times seconds', () => {
    const times = all([{ seconds: 3, rate: 4 }])
    expect(times).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75])
  })

  it('follow the area under a ramp', () => {
    const times = all([{ seconds: 10, rate: 100, ramp: true }])
    expect(times).toHaveLength(500)
    expect(times.filter((time) => time < 5)).toHaveLength(125)
    expect(times[125]).toBeCloseTo(5, 9)
  })

  it('follow a ramp downwards, to nothing', () => {
    const times = all([
      { seconds: 1, rate: 100 },
      { seconds: 2, rate: 0, ramp: true },
    ])
    expect(times).toHaveLength(200)
    expect(times.filter((time) => time >= 1 && time < 2)).toHaveLength(75)
    expect(times.every((time) => time < 3)).toBe(true)
  })

  it('lose and double nothing where stages meet', () => {
    const times = all([
      { seconds: 0.35, rate: 10 },
      { seconds: 0.35, rate: 10 },
      { seconds: 0.3, rate: 10 },
    ])
    expect(times).toHaveLength(10)
    times.forEach((time, index) => {
      expect(time).toBeCloseTo(index / 10, 9)
    })
  })

  it('keep the rate in a stage that names none, and rest in one of rate 0', () => {
    const times = all([{ seconds: 1, rate: 2 }, { seconds: 1 }, { seconds: 1, rate: 0 }, { seconds: 1, rate: 1 }])
    expect(times).toEqual([0, 0.5, 1, 1.5, 3])
  })

  it('of several threads together are those of one', () => {
    const stages: Stage[] = [
      { seconds: 2, rate: 33, ramp: true },
      { seconds: 1.5, rate: 7 },
    ]
    const shares = [0, 1, 2].map((index) => all(stages, { index, of: 3 }))
    expect(shares.flat().sort((a, b) => a - b)).toEqual(all(stages))
  })

  it('do not begin where there is no rate', () => {
    expect(all([{ seconds: 5, rate: 0 }])).toEqual([])
    expect(all([])).toEqual([])
  })
})

describe('connections', () => {
  const stages: Stage[] = [
    { seconds: 10, connections: 20, ramp: true },
    { seconds: 5 },
    { seconds: 5, connections: 3 },
    { seconds: 6, connections: 0, ramp: true },
  ]

  it.each([
    [0, 0],
    [0.01, 1],
    [5, 10],
    [9.99, 20],
    [10, 20],
    [14.9, 20],
    [15, 3],
    [20, 3],
    [23, 2],
    [26, 0],
    [99, 0],
  ])('at %s s are %s', (time, count) => {
    expect(connectionsAt(stages, time)).toBe(count)
  })

  it('and stages are found by time', () => {
    expect([0, 9.9, 10, 15, 25.9, 26, 99].map((time) => stageAt(stages, time))).toEqual([0, 0, 1, 2, 3, 3, 3])
  })

  it('are shared out without loss', () => {
    for (const count of [0, 1, 2, 5, 7, 100]) {
      const shares = [0, 1, 2].map((index) => shareOfCount(count, { index, of: 3 }))
      expect(shares.reduce((a, b) => a + b)).toBe(count)
    }
  })
})
