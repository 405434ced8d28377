import { expect, it } from 'vitest'
import { virtualPlan } from '../../test/support/virtual-load.js'
import { Portion } from './portion.js'

it('threads share connections and streams without loss, and know how many there are of all', () => {
  const plan = virtualPlan({
    profile: { stages: [{ seconds: 10, connections: 7, ramp: true }], streams: { count: 5 } },
  })
  const portions = [0, 1, 2].map((index) => new Portion({ ...plan, thread: { index, of: 3 } }))
  expect(portions.map(({ connections, streams, allConnections }) => [connections, streams, allConnections])).toEqual([
    [3, 2, 7],
    [2, 2, 7],
    [2, 1, 7],
  ])
  expect(portions.map((portion) => portion.connectionsAt(5))).toEqual([2, 1, 1])
})

it('an open loop has its connections from the beginning, streams have places after them', () => {
  const plan = virtualPlan({
    profile: { loop: 'open', connections: 2, stages: [{ seconds: 1, rate: 9 }], streams: { count: 2 } },
  })
  const portion = new Portion(plan)
  expect([portion.connectionsAt(0), portion.connectionsAt(1)]).toEqual([2, 2])
  expect([portion.places(true, true), portion.places(false, true), portion.places(true, false)]).toEqual([
    [0, 1, 2, 3],
    [2, 3],
    [0, 1],
  ])
  expect(new Portion(virtualPlan({ profile: { loop: 'open', stages: [] } })).connections).toBe(50)
})
