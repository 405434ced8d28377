import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pace } from './pace.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance', 'Date'] })
  vi.advanceTimersByTime(5)
})
afterEach(() => void vi.useRealTimers())

/** When each of some turns that are asked for at once comes, in ms from now. */
async function turns(pace: Pace, count: number): Promise<number[]> {
  const start = performance.now()
  const came: number[] = []
  const all = Array.from({ length: count }, () =>
    Promise.resolve(pace.turn()).then(() => came.push(performance.now() - start)),
  )
  await vi.advanceTimersByTimeAsync(60_000)
  await Promise.all(all)
  return came
}

const refuse = (pace: Pace, retryAfter = '1') => pace.again(429, performance.now(), retryAfter)

describe('turns', () => {
  it('come at once while nothing is refused', async () => expect(await turns(new Pace(), 3)).toEqual([0, 0, 0]))

  it('wait for Retry-After, then come one after another', async () => {
    const pace = new Pace()
    expect(refuse(pace)).toBe(true)
    expect(await turns(pace, 3)).toEqual([1000, 1020, 1040])
  })

  it('wait for a date', async () => {
    const pace = new Pace()
    vi.setSystemTime(new Date('2026-01-01T00:00:00.000Z'))
    refuse(pace, 'Thu, 01 Jan 2026 00:00:03 GMT')
    expect((await turns(pace, 1))[0]).toBe(3000)
  })

  it('come less often after each refusal of what was sent since, and more often after answers', async () => {
    const pace = new Pace()
    const inFlight = performance.now()
    await vi.advanceTimersByTimeAsync(10)
    refuse(pace)
    for (let others = 0; others < 20; others++) pace.again(429, inFlight, '1')
    expect((await turns(pace, 3)).slice(1)).toEqual([1020, 1040])
    refuse(pace)
    expect((await turns(pace, 3)).slice(1)).toEqual([1040, 1080])
    for (let answers = 0; answers < 400; answers++) pace.again(200, performance.now(), undefined)
    expect(await turns(pace, 2)).toEqual([0, 0])
  })
})

describe('a refusal stands', () => {
  it.each([[undefined], ['soon'], ['11'], ['-1']])('with Retry-After %s', async (retryAfter) => {
    const pace = new Pace()
    expect(pace.again(429, performance.now(), retryAfter)).toBe(false)
    expect([pace.refused, await turns(pace, 2)]).toEqual([1, [0, 0]])
  })

  it('where a server refuses most of what comes slowly', async () => {
    const pace = new Pace()
    let asked = 0
    for (; asked < 50 && refuse(pace); asked++) {
      pace.turn()
      await vi.advanceTimersByTimeAsync(2001)
    }
    expect(asked).toBe(8)
    expect(await turns(pace, 2)).toEqual([0, 0])
  })
})
