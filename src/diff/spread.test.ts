import { describe, expect, it } from 'vitest'
import { secondOf } from '../../test/support/loads.js'
import { bunching, failureRatio, leastSeconds, ofLoads, ofSeconds, ratioBetween } from './spread.js'

/** Normal numbers that are the same in every run of the tests. */
function normals(seed: number): () => number {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** How often a change is shown between loads around `factor` of each other, in 1,000 pairs. */
function shown(factor: number, { between = 0.06, within = 0.15, loads = 1, seconds = 20 } = {}): number {
  const next = normals(7)
  const load = (truth: number) => {
    const level = truth * Math.exp(between * next())
    const row = Array.from({ length: seconds }, () => level * Math.exp(within * next()))
    return { value: Math.exp(row.reduce((sum, one) => sum + Math.log(one), 0) / seconds), row }
  }
  const side = (truth: number) => {
    const all = Array.from({ length: loads }, () => load(truth))
    return loads > 1 ? ofLoads(all.map(({ value }) => value)) : ofSeconds(all[0]!.value, all[0]!.row)!
  }
  const found = Array.from({ length: 1000 }, () =>
    ratioBetween(side(5), side(5 * factor), 'p50', loads > 1 ? 'several' : 'one'),
  )
  return found.filter(({ low, high }) => low > 1 || high < 1).length
}

describe('what is shown', () => {
  it('of an unchanged server hardly ever anything', () => {
    expect(shown(1)).toBeLessThan(50)
    expect(shown(1, { loads: 5, between: 0.03 })).toBeLessThan(50)
  })

  it('of one that takes twice as long nearly always that', () => expect(shown(2)).toBeGreaterThan(990))

  it('of one that takes a tenth longer only by several loads', () => {
    expect(shown(1.1)).toBeLessThan(300)
    expect(shown(1.15, { loads: 8, between: 0.01, within: 0.05 })).toBeGreaterThan(900)
  })
})

describe('a load by itself', () => {
  it('that is too short says nothing of how it varies', () => {
    const seconds = Array.from({ length: leastSeconds }, (_, at) => 5 + at / 10)
    expect(ofSeconds(5, seconds.slice(1))).toBeUndefined()
    expect(ofSeconds(5, seconds)?.degrees).toBe(leastSeconds - 1)
  })

  it('is cut into batches, so that one slow stretch widens the interval', () => {
    const steady = Array.from({ length: 60 }, (_, at) => 5 + (at % 2))
    const stretch = Array.from({ length: 60 }, (_, at) => (at < 30 ? 5 : 6))
    expect(ofSeconds(5.5, stretch)!.variance).toBeGreaterThan(10 * ofSeconds(5.5, steady)!.variance)
  })
})

describe('failures', () => {
  it.each([
    ['as many', { failed: 20, good: 980 }, { failed: 22, good: 978 }, 'not shown'],
    ['none before, many after', { failed: 0, good: 1000 }, { failed: 30, good: 970 }, 'more'],
    ['none before, one after', { failed: 0, good: 1000 }, { failed: 1, good: 999 }, 'not shown'],
    ['ten times as many', { failed: 10, good: 990 }, { failed: 100, good: 900 }, 'more'],
    ['all', { failed: 0, good: 1000 }, { failed: 1000, good: 0 }, 'more'],
    ['a tenth', { failed: 100, good: 900 }, { failed: 10, good: 990 }, 'less'],
  ])('%s: %s', (_, before, after, verdict) => {
    const { low, high } = failureRatio({ ...before, bunching: 1 }, { ...after, bunching: 1 })
    expect(low > 1 ? 'more' : high < 1 ? 'less' : 'not shown').toBe(verdict)
  })

  it('in bunches show less than failures apart', () => {
    const apart = Array.from({ length: 10 }, (_, at) => secondOf(at, { count: 100, failed: 2 }))
    const bunch = Array.from({ length: 10 }, (_, at) => secondOf(at, { count: 100, failed: at === 4 ? 20 : 0 }))
    expect(bunching(apart)).toBe(1)
    expect(bunching(bunch)).toBeGreaterThan(10)
    expect(bunching([])).toBe(1)
  })
})
