import { expect, it } from 'vitest'
import type { ComparedMetric, Comparison } from '../report/comparison.js'
import { type CompareOptions, compareLoads, type RunLoad } from './compare.js'
import { record } from './histogram.js'
import { loadOf } from './load-of.js'
import type { LoadPlan } from './plan.js'
import { emptyPhase, emptyStretch, emptyTally, type Tally } from './tally.js'

const plans = ['A', 'B'].map(
  (name): LoadPlan => ({
    url: `http://${name.toLowerCase()}/mcp`,
    name,
    profileName: 'steady',
    profile: { description: '', loop: 'closed', stages: [{ seconds: 60, connections: 9 }], thresholds: ['p(99)<1ms'] },
    mode: 'stateful',
    session: 'shared',
    revision: '2025-11-25',
    requests: [{ method: 'tools/call', params: { name: 'echo', arguments: {} } }],
    headers: [],
    secrets: [],
    thresholds: [],
    timeoutMs: 1000,
    workers: 1,
  }),
)

const options: CompareOptions = {
  sessions: ['per-connection'],
  loops: ['open', 'closed'],
  rounds: 4,
  seconds: 5,
  connections: 20,
  memory: false,
}

/** What a made-up server does under a plan: how many good answers of how many ms each, and what else is to be changed. */
type Server = (plan: LoadPlan, turn: number) => { good: number; ms: number } & Partial<Tally>

/** Loads of made-up servers by name; every plan that was run is noted down. */
function running(servers: Record<string, Server>, seen: LoadPlan[] = [], each: () => void = () => {}): RunLoad {
  return async function* (plan) {
    seen.push(plan)
    each()
    const { seconds } = plan.profile.stages[0]!
    const { good, ms, ...rest } = servers[plan.name!]!(plan, seen.length)
    const phase = emptyPhase()
    for (let count = 0; count < good; count++) record(phase.latency, ms)
    phase.count = good
    const tally = {
      ...emptyTally(0),
      measured: seconds,
      phases: { 'tools/call': phase, initialize: { ...emptyPhase(), count: 7, errors: { timeout: 1 } } },
      stages: [{ ...emptyStretch(), count: good, seconds }],
      ...rest,
    }
    const server = { pid: 1, cpu: 0.5, cpuMsPerRequest: ms / 4, rss: { start: 1, end: 1, max: 1 } }
    yield { type: 'done', load: loadOf(plan, tally, plan.targetPid ? { server } : {}) }
  }
}

async function compare(
  run: RunLoad,
  changes: Partial<CompareOptions> = {},
  signal = new AbortController().signal,
  on = plans,
) {
  const told: string[] = []
  let comparison: Comparison | undefined
  for await (const event of compareLoads(on, { ...options, ...changes }, signal, run)) {
    if (event.type === 'round') told.push(`${'ABC'[event.target]}${event.round}`)
    if (event.type === 'done') comparison = event.comparison
  }
  return { told, comparison: comparison! }
}

const value = ({ trials }: Comparison, trial: number, metric: ComparedMetric) =>
  trials[trial]!.values.find((one) => one.metric === metric)!

it('alternates A B B A after an uncounted round, closed loop first, then open at half of the slowest round', async () => {
  const seen: LoadPlan[] = []
  // A falls from 1000 to about 800 per second over the rounds; B answers 1.5 times as much.
  const run = running(
    {
      A: ({ profile }, turn) => ({
        good: profile.loop === 'open' ? profile.stages[0]!.rate! * 5 : 5000 - 100 * turn,
        ms: 3,
      }),
      B: ({ profile }, turn) => ({
        good: profile.loop === 'open' ? profile.stages[0]!.rate! * 5 : 7500 - 150 * turn,
        ms: 2,
      }),
    },
    seen,
  )
  const { told, comparison } = await compare(run)
  const rounds = ['B0', 'A0', 'A1', 'B1', 'B2', 'A2', 'A3', 'B3', 'B4', 'A4']
  expect(told).toEqual([...rounds, ...rounds])
  expect(comparison.trials.map(({ loop, rounds, rate }) => [loop, rounds, rate])).toEqual([
    ['closed', 4, undefined],
    ['open', 4, 400],
  ])
  expect(seen[2]).toMatchObject({
    session: 'per-connection',
    profile: { loop: 'closed', stages: [{ seconds: 5, connections: 20 }] },
  })
  expect(seen[12]!.profile).toMatchObject({ loop: 'open', connections: 20, stages: [{ seconds: 5, rate: 400 }] })
  expect(seen[12]!.profile.stages[0]).not.toHaveProperty('connections')
  expect(seen[0]!.profile.stages[0]!.seconds).toBe(2)
  const { ratios, rounds: each } = value(comparison, 0, 'throughput')
  expect(each[0]).toHaveLength(4)
  expect(ratios[0]).toBeNull()
  expect(ratios[1]!.shown).toBe(true)
  expect(Math.abs(ratios[1]!.ratio - 1.5)).toBeLessThan(0.01)
  expect(value(comparison, 1, 'p95').values.map((ms) => Math.round(ms!))).toEqual([3, 2])
  expect(comparison.trials[1]!.values.map(({ metric }) => metric)).not.toContain('throughput')
  expect(comparison).toMatchObject({
    method: 'tools/call',
    tool: 'echo',
    targets: [{ name: 'A' }, { name: 'B', mode: 'stateful' }],
  })
})

it('shows no difference between servers that differ by noise alone', async () => {
  const noise = [1, 1.3, 0.8, 1.1, 0.9, 1.2]
  const server: Server = (_, turn) => ({ good: Math.round(4000 * noise[turn % 6]!), ms: 2 })
  const { comparison } = await compare(running({ A: server, B: server }), { loops: ['closed'] })
  const ratio = value(comparison, 0, 'throughput').ratios[1]!
  expect(ratio.shown).toBe(false)
  expect(ratio.low).toBeLessThan(1)
  expect(ratio.high).toBeGreaterThan(1)
})

it('adds all rounds of a side up, failures with their first example', async () => {
  const phase = emptyPhase()
  phase.errors = { 'rpc-error': 2 }
  phase.examples = { 'rpc-error': { second: 1, message: 'Internal error' } }
  for (let count = 0; count < 10; count++) record(phase.latency, 5)
  const failing: Server = () => ({ good: 10, ms: 5, dropped: 1, phases: { 'tools/call': { ...phase, count: 10 } } })
  const { comparison } = await compare(running({ A: failing, B: () => ({ good: 20, ms: 5 }) }), {
    loops: ['closed'],
    rounds: 3,
  })
  expect(comparison.trials[0]!.sides).toMatchObject([
    { good: 30, failed: 6, dropped: 3, example: 'Internal error', latency: { max: 5.003 } },
    { good: 60, failed: 3, dropped: 0 },
  ])
})

it('compares server CPU where processes are watched, and memory per session last, with sessions left open', async () => {
  const seen: LoadPlan[] = []
  const on = plans.map((plan, index) => ({ ...plan, targetPid: index + 1 }))
  const server =
    (ms: number): Server =>
    () => ({ good: 100, ms })
  const { comparison } = await compare(
    running({ A: server(4), B: server(8) }, seen),
    { loops: ['closed'], rounds: 2, memory: true },
    undefined,
    on,
  )
  expect(value(comparison, 0, 'server-cpu')).toMatchObject({
    unit: 'ms',
    values: [1, 2],
    ratios: [null, { ratio: 2, shown: true }],
  })
  expect(comparison.trials[1]).toMatchObject({
    leaves: true,
    session: 'per-request',
    values: [{ metric: 'session-memory' }],
  })
  expect(seen.at(-1)!.profile).toMatchObject({ afterwards: 'leave', stages: [{ seconds: 10, connections: 10 }] })
})

it('leaves sessions open only on servers that keep any', async () => {
  const on = plans.map(
    (plan, at): LoadPlan => ({ ...plan, targetPid: 4242, mode: at === 0 ? 'stateful' : 'stateless' }),
  )
  const server = () => ({ good: 1000, ms: 4 })
  const { told, comparison } = await compare(
    running({ A: server, B: server }),
    { loops: ['closed'], rounds: 2, memory: true },
    undefined,
    on,
  )
  expect(told).toEqual(['B0', 'A0', 'A1', 'B1', 'B2', 'A2', 'A0', 'A1', 'A2'])
  const left = comparison.trials[1]!
  expect(left).toMatchObject({ leaves: true, rounds: 2, sides: [{ good: 2000 }, { good: 0 }] })
  expect(left.values[0]!.rounds[1]).toEqual([null, null])
})

it('says which server gave no good answer, and does not ask it for an open loop', async () => {
  const run = running({
    A: () => ({ good: 50, ms: 1 }),
    B: () => ({ good: 0, ms: 1, obstacle: 'The server was gone.' }),
  })
  const { comparison } = await compare(run)
  expect(comparison.trials).toHaveLength(1)
  expect(comparison.trials[0]).toMatchObject({ rounds: 0, obstacle: 'B gave no good answer. The server was gone.' })
})

it('says which server did not carry the rate asked for', async () => {
  const { comparison } = await compare(
    running({ A: () => ({ good: 5000, ms: 1 }), B: () => ({ good: 4000, ms: 1 }) }),
    {
      loops: ['open'],
      rate: 1000,
    },
  )
  expect(comparison.trials[0]).toMatchObject({
    rate: 1000,
    obstacle: 'B did not carry 1000 requests per second, only 800.',
  })
})

it('does not hold a server to the rate while it warms up', async () => {
  const slow = (_: LoadPlan, turn: number) => ({ good: turn <= 2 ? 100 : 5000, ms: 1 })
  const { comparison } = await compare(running({ A: slow, B: slow }), { loops: ['open'], rate: 1000, rounds: 2 })
  expect(comparison.trials[0]).toMatchObject({ rounds: 2 })
  expect(comparison.trials[0]).not.toHaveProperty('obstacle')
})

it('keeps the rounds that were finished when it is ended early', async () => {
  const controller = new AbortController()
  const seen: LoadPlan[] = []
  const run = running({ A: () => ({ good: 10, ms: 1 }), B: () => ({ good: 10, ms: 1 }) }, seen, () => {
    if (seen.length === 5) controller.abort()
  })
  const { comparison } = await compare(run, {}, controller.signal)
  expect(comparison).toMatchObject({ interrupted: true, trials: [{ rounds: 1 }] })
  expect(value(comparison, 0, 'throughput').ratios[1]).toEqual({ ratio: 1, shown: false })
})

it('says in how many loads the generator was the limit', async () => {
  const run = running({ A: () => ({ good: 10, ms: 1, busiest: 0.99 }), B: () => ({ good: 10, ms: 1 }) })
  const { comparison } = await compare(run, { loops: ['closed'] })
  expect(comparison.trials[0]!.limited).toMatch(/^In 4 of 8 loads: The generator was the limit: it used 99 % of a core/)
})

it('compares nothing where servers would be asked for different things, and shows no secret', async () => {
  const [first, second] = plans
  const on = [
    { ...first!, url: 'http://a/mcp?key=s3cret-value', secrets: ['s3cret-value'] },
    { ...second!, requests: [{ method: 'ping' }] },
  ]
  const { comparison } = await compare(running({}), {}, undefined, on)
  expect(comparison).toMatchObject({
    trials: [],
    obstacle:
      'A would be asked for tools/call echo, but B for ping: name one thing to ask for with --tool or --method.',
  })
  expect(JSON.stringify(comparison)).not.toContain('s3cret-value')
})

it('goes there and back where there are more than two, and compares each with the first', async () => {
  const three = [...plans, { ...plans[0]!, name: 'C', mode: 'modern' as const }]
  const steady =
    (good: number, ms: number): Server =>
    (_, turn) => ({ good: good + turn, ms })
  const run = running({ A: steady(1000, 2), B: steady(2000, 2), C: steady(500, 4) })
  const { told, comparison } = await compare(run, { loops: ['closed'], rounds: 2 }, undefined, three)
  expect(told).toEqual(['C0', 'B0', 'A0', 'A1', 'B1', 'C1', 'C2', 'B2', 'A2'])
  const { values, ratios } = value(comparison, 0, 'throughput')
  expect(values).toHaveLength(3)
  expect(ratios.map((one) => one && Number(one.ratio.toFixed(1)))).toEqual([null, 2, 0.5])
  expect(comparison.targets.map(({ mode }) => mode)).toEqual(['stateful', 'stateful', 'modern'])
})
