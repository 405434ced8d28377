import { expect, it } from 'vitest'
import { VirtualClock } from '../../test/support/virtual-clock.js'
import { Lane } from './lane.js'
import { Places } from './places.js'

function placing(shared: boolean) {
  const clock = new VirtualClock()
  const opened: number[] = []
  const ready: number[] = []
  const places = new Places(shared, clock, {
    open: (lane, place) => {
      place.opening = true
      lane.state = 'busy'
      opened.push(lane.number)
    },
    ready: (lane) => ready.push(lane.number),
  })
  const lanes = [0, 1, 2].map((number) =>
    Object.assign(new Lane(number, places.at(number)), { state: 'idle' as const }),
  )
  const later = (ms: number) =>
    clock.until(new Promise<void>((resolve) => clock.at(clock.now() + ms, resolve, undefined)))
  return { places, lanes: lanes as Lane[], opened, ready, later }
}

it('a shared session is opened by the first who needs it; the others wait', () => {
  const { places, lanes, opened, ready } = placing(true)
  for (const lane of lanes) places.settle(lane)
  expect(opened).toEqual([0])
  expect(ready).toEqual([])
  places.opened(lanes[0]!.place, { id: 's' })
  expect(ready).toEqual([1, 2])
})

it('lanes have places of their own where the session is not shared', () => {
  const { places, lanes, opened } = placing(false)
  for (const lane of lanes) places.settle(lane)
  expect(opened).toEqual([0, 1, 2])
})

it('an opening that failed is tried again after a growing pause, by whoever is up then', async () => {
  const { places, lanes, opened, later } = placing(true)
  for (const lane of lanes) places.settle(lane)
  places.notOpened(lanes[0]!.place)
  lanes[0]!.state = 'down'
  await later(99)
  expect(opened).toEqual([0])
  await later(2)
  expect(opened).toEqual([0, 1])
  places.notOpened(lanes[0]!.place)
  await later(150)
  expect(opened).toEqual([0, 1])
  await later(60)
  expect(opened).toEqual([0, 1, 2])
})

it('a session is lost once, however many find out', () => {
  const { places, lanes } = placing(true)
  const { place } = lanes[0]!
  const session = { id: 's' }
  places.opened(place, session)
  expect([places.lost(place, session), places.lost(place, session), places.lost(place, undefined)]).toEqual([
    true,
    false,
    false,
  ])
  places.opened(place, { id: 't' })
  expect(places.lost(place, session)).toBe(false)
  expect(places.sessions()).toEqual([{ id: 't' }])
})
