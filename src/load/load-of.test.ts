import { expect, it } from 'vitest'
import { decodeHistogram, record } from './histogram.js'
import { loadOf, stageName } from './load-of.js'
import { parseThreshold } from './parse-threshold.js'
import type { LoadPlan } from './plan.js'
import { sealSecond } from './seconds.js'
import { emptyPhase, emptyStretch, emptyTally, type Tally } from './tally.js'

const plan: LoadPlan = {
  url: 'http://localhost/mcp',
  profileName: 'steady',
  profile: {
    description: 'two stages',
    loop: 'open',
    connections: 10,
    stages: [
      { seconds: 2, rate: 50, ramp: true },
      { name: 'hold', seconds: 2, rate: 50 },
    ],
  },
  mode: 'stateful',
  session: 'per-connection',
  revision: '2025-06-18',
  requests: [{ method: 'ping' }],
  headers: [],
  secrets: [],
  thresholds: [parseThreshold('p(99)<50ms'), parseThreshold('rate(errors)<1%')],
  timeoutMs: 1000,
  workers: 1,
}

function counted(): Tally {
  const tally = emptyTally(Date.UTC(2026, 0, 2))
  const ping = emptyPhase()
  const initialize = emptyPhase()
  const stage = emptyStretch()
  for (let ms = 1; ms <= 100; ms++) for (const into of [ping.latency, ping.service, stage.latency]) record(into, ms)
  ping.count = 100
  ping.errors = { timeout: 1, 'rpc-error': 2 }
  initialize.count = 10
  record(tally.lateness, 0.2)
  record(tally.eventLoopDelay, 1)
  const sealed = sealSecond({ ...stage, count: 100, failed: 3 }, { connections: 10, waiting: 1, streams: 0 })
  return {
    ...tally,
    measured: 4,
    opening: 0.5,
    answers: 'json',
    phases: { initialize, ping },
    stages: [{ ...stage, count: 100, failed: 3, seconds: 2 }],
    seconds: [sealed],
    sessions: { opened: 10, lost: 0, closed: 10, left: 0 },
    cpuSeconds: 0.0113,
    busiest: 0.2,
  }
}

it('turns what was counted into the Load document', () => {
  const load = loadOf(plan, counted(), { samples: [{ cpu: 0.5, rss: 80 }] })
  expect(load).toMatchObject({
    startedAt: '2026-01-02T00:00:00.000Z',
    seconds: 4,
    connections: 10,
    answers: 'json',
    phases: {
      ping: {
        count: 100,
        failed: 3,
        rate: 25,
        errors: { timeout: 1, 'rpc-error': 2 },
        latency: { p50: 50.015, min: 1 },
      },
      initialize: { count: 10, failed: 0, rate: 20 },
    },
    stages: [{ name: 'to 50/s', seconds: 2, rate: 50, count: 100, failed: 3, achieved: 50 }],
    series: [{ second: 0, count: 100, failed: 3, connections: 10, waiting: 1, serverCpu: 0.5, serverRss: 80 }],
    generator: { cpu: 0.2, cpuPerThousand: 0.1, limited: false, lateness: { max: 0.2 }, eventLoopDelay: { mean: 1 } },
    thresholds: [
      { text: 'p(99)<50ms', held: false, actual: 99.007 },
      { text: 'rate(errors)<1%', held: false, actual: Number((300 / 103).toPrecision(12)) },
    ],
  })
  expect(load).not.toHaveProperty('streams')
  expect(load.phases.initialize).not.toHaveProperty('latency')
  expect(Object.keys(load.histograms)).toEqual(['ping'])
  expect(decodeHistogram(load.histograms.ping!).totalCount).toBe(100)
})

it('counts sessions opened per request over the measured time, and shows lateness of open loops alone', () => {
  const closed: LoadPlan = { ...plan, session: 'per-request', profile: { ...plan.profile, loop: 'closed' } }
  const load = loadOf(closed, counted())
  expect(load.phases.initialize!.rate).toBe(2.5)
  expect(load.generator).not.toHaveProperty('lateness')
})

it('counts sessions that were lost and opened again over the whole time', () => {
  const tally = counted()
  tally.sessions.lost = 8
  expect(loadOf(plan, tally).phases.initialize!.rate).toBe(2.222)
})

it('has no rates, no figures and no held threshold when nothing was measured', () => {
  const load = loadOf(plan, { ...emptyTally(0), obstacle: 'The server was gone.' }, { interrupted: true })
  expect(load).toMatchObject({ seconds: 0, phases: {}, interrupted: true, obstacle: 'The server was gone.' })
  expect(load.generator).toMatchObject({ cpuPerThousand: 0, limited: false })
  expect(load.thresholds.map(({ held }) => held)).toEqual([false, false])
})

it.each([
  [{ seconds: 1, connections: 50 }, '50 connections'],
  [{ seconds: 1, connections: 50, ramp: true }, 'to 50 connections'],
  [{ seconds: 1, rate: 20 }, '20/s'],
  [{ seconds: 1, rate: 20, name: 'burst' }, 'burst'],
])('names a stage by what it asks for', (stage, name) => {
  expect(stageName(stage)).toBe(name)
})
