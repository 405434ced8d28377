import { expect, it } from 'vitest'
import type { Profile } from '../profile.js'
import { loadProfile, profileNames } from '../profiles.js'
import { openingSeconds, scenariosOf } from './scenarios.js'
import { staircase } from './staircase.js'

const profileOf = (own: Partial<Profile>): Profile => ({ description: '', loop: 'closed', stages: [], ...own })
const loadOf = (own: Partial<Profile>, users = 10) =>
  scenariosOf({ profile: profileOf(own), users, opens: false, ends: false }).load

/** The executors of k6 2; `externally-controlled` is none of them. */
const executors = [
  'constant-vus',
  'ramping-vus',
  'constant-arrival-rate',
  'ramping-arrival-rate',
  'shared-iterations',
  'per-vu-iterations',
]

it.each(await profileNames())('profile %s uses executors that k6 has', async (name) => {
  const { profile } = await loadProfile(name, '.')
  const scenarios = scenariosOf({ profile: staircase(profile), users: 10, opens: true, ends: true })
  expect(Object.keys(scenarios)).toEqual(['opening', 'load', 'ending'])
  for (const { executor } of Object.values(scenarios)) expect(executors).toContain(executor)
})

it('scenarios follow each other, so that users keep their sessions', () => {
  const profile = profileOf({ stages: [{ seconds: 3, connections: 100 }] })
  const scenarios = scenariosOf({ profile, users: 100, opens: true, ends: true })
  expect([100, 10_000, 1_000_000].map(openingSeconds)).toEqual([3, 52, 600])
  expect(scenarios.opening).toMatchObject({ vus: 100, iterations: 1, maxDuration: '3000ms', gracefulStop: '0s' })
  expect(scenarios.load).toMatchObject({ startTime: '3000ms', gracefulStop: '1000ms', duration: '3000ms', vus: 100 })
  expect(scenarios.ending).toMatchObject({ startTime: '7000ms', vus: 100 })
})

it('a stage that begins at once jumps, a ramp climbs from where the load stands', () => {
  const stages = [
    { seconds: 1, connections: 4 },
    { seconds: 2, connections: 9, ramp: true },
    { seconds: 1, connections: 9 },
  ]
  expect(loadOf({ stages })).toMatchObject({
    executor: 'ramping-vus',
    stages: [
      { target: 4, duration: '0s' },
      { target: 4, duration: '1000ms' },
      { target: 9, duration: '2000ms' },
      { target: 9, duration: '1000ms' },
    ],
  })
})

it.each([
  [200, 200, '1000ms'],
  [0.5, 5, '10000ms'],
  [33.25, 3325, '100000ms'],
  [1.23456, 1235, '1000000ms'],
])('a rate of %d per second is %d in %s', (rate, whole, timeUnit) => {
  const load = loadOf({ loop: 'open', stages: [{ seconds: 1, rate }] })
  expect(load).toMatchObject({ rate: whole, timeUnit, preAllocatedVUs: 10, maxVUs: 10 })
})

it('a search for capacity is a staircase', () => {
  const capacity = { from: 50, to: 300, stepSeconds: 5, objective: ['p(99)<1s'] }
  const { stages } = staircase(profileOf({ loop: 'open', capacity }))
  expect(stages.map(({ rate }) => rate)).toEqual([50, 100, 200, 300])
})
