import { expect, it } from 'vitest'
import type { Profile } from './profile.js'
import { scaleProfile } from './scale.js'

const closed: Profile = {
  description: '',
  loop: 'closed',
  think: 0.1,
  stages: [
    { seconds: 30, connections: 50, ramp: true },
    { seconds: 15, connections: 50, name: 'held' },
    { seconds: 15, connections: 1 },
    { seconds: 60, connections: 0, ramp: true },
  ],
}
const open: Profile = {
  description: '',
  loop: 'open',
  connections: 100,
  stages: [
    { seconds: 10, rate: 20 },
    { seconds: 10, rate: 200 },
  ],
}
const search: Profile = {
  description: '',
  loop: 'open',
  connections: 100,
  stages: [],
  capacity: { from: 50, to: 9000, stepSeconds: 5, objective: ['p(99)<1s'] },
}

it('stretches all stages to the time asked for', () => {
  expect(scaleProfile(closed, { seconds: 12 }).stages.map(({ seconds }) => seconds)).toEqual([3, 1.5, 1.5, 6])
})

it('brings the highest point to the connections asked for, and leaves no stage without one that had some', () => {
  const { stages, loop } = scaleProfile(closed, { connections: 10 })
  expect(stages.map(({ connections }) => connections)).toEqual([10, 10, 1, 0])
  expect(stages[1]!.name).toBe('held')
  expect(loop).toBe('closed')
})

it('brings the highest point of an open loop to the rate asked for, and gives it the connections asked for', () => {
  const { stages, connections } = scaleProfile(open, { rate: 50, connections: 7 })
  expect(stages.map(({ rate }) => rate)).toEqual([5, 50])
  expect(connections).toBe(7)
})

it('makes an open loop of a closed one when a rate is asked for, in the same shape', () => {
  const { stages, loop, connections, think } = scaleProfile(closed, { rate: 100 })
  expect({ loop, connections, think }).toEqual({ loop: 'open', connections: 50, think: undefined })
  expect(stages.map(({ rate }) => rate)).toEqual([100, 100, 2, 0])
  expect(stages.some((stage) => 'connections' in stage)).toBe(false)
  expect(scaleProfile(closed, { rate: 100, connections: 20 }).connections).toBe(20)
})

it('bounds a search for capacity by the rate, and each of its steps by the time', () => {
  expect(scaleProfile(search, { rate: 20, seconds: 2 }).capacity).toEqual({
    from: 20,
    to: 20,
    stepSeconds: 2,
    objective: ['p(99)<1s'],
  })
})

it('changes nothing when nothing is asked for', () => {
  expect(scaleProfile(closed, {})).toEqual(closed)
})
