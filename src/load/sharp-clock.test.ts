import { expect, it } from 'vitest'
import { type Sleeper, sharpClock } from './sharp-clock.js'

function sleeping() {
  const told: number[] = []
  const sleeper: Sleeper = { wakeAt: (time) => told.push(time), onWake() {}, close: async () => void told.push(-1) }
  return { told, sleeper, clock: sharpClock(sleeper) }
}

it('sleeps until a time and acts once', () => {
  const { told, sleeper, clock } = sleeping()
  const time = clock.now() - 1
  let acts = 0
  clock.sharpAt(time, () => acts++)
  expect(told).toEqual([time])
  sleeper.onWake()
  sleeper.onWake()
  expect(acts).toBe(1)
})

it('goes on sleeping when it is woken too early, as by who waited before', () => {
  const { told, sleeper, clock } = sleeping()
  const later = clock.now() + 60_000
  const acts: string[] = []
  clock.sharpAt(clock.now() - 1, () => acts.push('first'))
  clock.sharpAt(later, () => acts.push('second'))
  sleeper.onWake()
  expect(acts).toEqual([])
  expect(told.slice(1)).toEqual([later, later])
})

it('does nothing once called off or closed', async () => {
  const { told, sleeper, clock } = sleeping()
  let acts = 0
  clock.sharpAt(0, () => acts++).cancel()
  sleeper.onWake()
  clock.sharpAt(0, () => acts++)
  await clock.close()
  sleeper.onWake()
  expect(acts).toBe(0)
  expect(told.at(-1)).toBe(-1)
})

it('is the ordinary clock where there is no thread to sleep', async () => {
  const clock = sharpClock()
  await new Promise<void>((resolve) => clock.sharpAt(clock.now() + 5, resolve))
  await clock.close()
})
