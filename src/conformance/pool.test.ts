import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkOf, contextOf } from '../../test/support/conformance.js'
import { testPeer } from '../../test/support/servers.js'
import type { Facts } from '../wire/facts.js'
import { Evidence } from './evidence.js'
import { pool, type Turn, widthFor } from './pool.js'

const turns = (count: number): Turn[] =>
  Array.from({ length: count }, (_, at) => ({ job: { check: checkOf(`a/${at}`), evidence: new Evidence() } }))

describe('pool', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** How many turns of `all` have begun after each of these times, none of which ends. */
  async function begunAfter(
    all: Turn[],
    width: number,
    times: number[],
    work = (_: Turn) => {},
    quietMs = 1000,
  ): Promise<number[]> {
    let begun = 0
    const running = pool(all, width, quietMs, (turn) => {
      begun++
      work(turn)
      return new Promise<void>(() => {})
    })
    void running.next()
    const counts: number[] = []
    for (const ms of times) {
      await vi.advanceTimersByTimeAsync(ms)
      counts.push(begun)
    }
    return counts
  }

  it('holds a place for each that works, and none for one that has sent nothing for a while', async () => {
    expect(await begunAfter(turns(9), 4, [900, 400])).toEqual([4, 8])
  })

  it('but never runs more than four times as many, and more than twice only while most have long been quiet', async () => {
    expect(await begunAfter(turns(9), 2, [500, 8500], undefined, 100)).toEqual([4, 8])
  })

  it('keeps the place of one that goes on sending', async () => {
    const busy = ({ job }: Turn) => void setInterval(() => job.evidence.record({} as never), 300)
    expect(await begunAfter(turns(9), 3, [5000], busy)).toEqual([3])
  })

  it('runs one at a time where that is asked for, however long it is quiet', async () => {
    expect(await begunAfter(turns(3), 1, [5000])).toEqual([1])
  })

  it('yields each as it ends', async () => {
    vi.useRealTimers()
    const all = turns(3)
    const ended: string[] = []
    for await (const [{ job }, at] of pool(all, 2, 1000, async (turn) => all.indexOf(turn)))
      ended.push(`${job.check.id} ${at}`)
    expect(ended.sort()).toEqual(['a/0 0', 'a/1 1', 'a/2 2'])
  })
})

it.each<[string, Partial<Facts>, number]>([
  ['an ordinary server', { handshakeMs: 20 }, 16],
  ['one that makes each client wait, but not all the longer', { handshakeMs: 1000, waits: true }, 32],
  ['one that works long for each client', { handshakeMs: 1000 }, 16],
  ['a strained one', { handshakeMs: 1000, strained: true }, 3],
])('%s', (_, facts, width) => {
  expect(widthFor(contextOf(testPeer('http://127.0.0.1:1/mcp'), facts))).toBe(width)
})
