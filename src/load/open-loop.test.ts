import { expect, it } from 'vitest'
import { VirtualClock } from '../../test/support/virtual-clock.js'
import { Lane, Place } from './lane.js'
import { OpenLoop } from './open-loop.js'
import { Arrivals } from './pacer.js'

function looping(rate: number, seconds: number) {
  const clock = new VirtualClock()
  const begun: [lane: number, intended: number][] = []
  const late: number[] = []
  const work = {
    begin(lane: Lane, intended: number) {
      lane.state = 'busy'
      begun.push([lane.number, intended - start])
    },
  }
  const loop = new OpenLoop(false, work, clock, new Arrivals([{ seconds, rate }]), (ms) => late.push(ms))
  const lanes = Array.from({ length: 3 }, (_, number) => new Lane(number, new Place()))
  const free = (...numbers: number[]) => {
    for (const number of numbers) {
      lanes[number]!.state = 'idle'
      loop.free(lanes[number]!)
    }
  }
  const start = clock.now()
  return { loop, lanes, free, begun, late, start }
}

it('passes over lanes that went down while they were idle', () => {
  const { loop, lanes, free, begun, start } = looping(10, 1)
  free(0, 1, 2)
  lanes[0]!.state = 'down'
  loop.start(start)
  loop.beat(start)
  free(0)
  loop.beat(start + 250)
  expect(begun).toEqual([
    [1, 0],
    [2, 100],
    [0, 200],
  ])
})

it('tells how late it was itself, but not of those that waited for a lane', () => {
  const { loop, free, begun, late, start } = looping(10, 1)
  free(0)
  loop.start(start)
  expect(loop.beat(start + 130)).toBe(start + 200)
  free(1)
  expect(begun).toEqual([
    [0, 0],
    [1, 100],
  ])
  expect(late).toEqual([130])
})

it('leaves nothing uncounted that was due when it ends, however long nobody looked', () => {
  const { loop, free, begun, start } = looping(10, 1)
  loop.start(start)
  free(0)
  loop.beat(start)
  loop.stop(start + 1000)
  free(1)
  expect(begun).toHaveLength(1)
  expect(loop.waiting).toBe(9)
})
