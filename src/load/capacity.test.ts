import { expect, it } from 'vitest'
import { VirtualClock } from '../../test/support/virtual-clock.js'
import type { VirtualRequest } from '../../test/support/virtual-engine.js'
import { virtualParts, virtualPlan } from '../../test/support/virtual-load.js'
import { VirtualMcp, type VirtualMcpOptions } from '../../test/support/virtual-mcp.js'
import { type CapacityEvent, type MakeLoad, searchCapacity } from './capacity.js'
import { generate } from './generate.js'
import type { CapacitySearch } from './profile.js'
import type { Tally } from './tally.js'

const ordinary: CapacitySearch = { from: 50, to: 5000, stepSeconds: 2, objective: ['p(99)<100ms', 'rate(errors)<1%'] }

/** A server that works on one request at a time. */
function oneByOne(ms: number): (request: VirtualRequest) => number {
  let busyUntil = 0
  return ({ at }) => {
    busyUntil = Math.max(busyUntil, at) + ms
    return busyUntil - at
  }
}

async function search(
  options: VirtualMcpOptions,
  { changes = {} as Partial<CapacitySearch>, worn = (tally: Tally, _step: number) => tally, abortAfter = 99 } = {},
) {
  const clock = new VirtualClock()
  const server = new VirtualMcp({ sessions: true, ...options })
  const controller = new AbortController()
  const events: CapacityEvent[] = []
  let steps = 0
  const make: MakeLoad = async function* (plan, signal, start) {
    const step = ++steps
    for await (const event of generate(plan, signal, start, virtualParts(server, clock))) {
      if (event.type === 'second' && step === abortAfter) controller.abort()
      yield event.type === 'done' ? { ...event, tally: worn(event.tally, step) } : event
    }
  }
  const rest = (ms: number) => new Promise<void>((resolve) => clock.at(clock.now() + ms, resolve, undefined))
  const capacity = { ...ordinary, ...changes }
  const plan = virtualPlan({ profile: { loop: 'open', connections: 20, stages: [], capacity } })
  const run = async () => {
    for await (const event of searchCapacity(plan, capacity, controller.signal, { make, rest })) events.push(event)
  }
  await clock.until(run())
  const found = events.at(-1)
  if (found?.type !== 'found') throw new Error('nothing found')
  return { ...found, events, server }
}

it('finds the highest rate that a server carries', async () => {
  const { capacity, tally, events, server } = await search({ ms: oneByOne(2) })
  expect(capacity.steps.map(({ rate, held }) => [rate, held])).toEqual([
    [50, true],
    [100, true],
    [200, true],
    [400, true],
    [800, false],
    // Nearly kept up: once more.
    [566, false],
    [566, false],
    [476, true],
    [519, false],
    [519, false],
  ])
  expect(capacity).toMatchObject({ held: 476, broke: 519, objective: ordinary.objective })
  expect(capacity.steps[4]).toMatchObject({ reason: expect.stringMatching(/^p\(99\)<100ms was \d+ ms$/), errors: 0 })
  expect(capacity.steps[3]).toMatchObject({ achieved: 400, p99: expect.any(Number) })
  expect(tally.stages).toHaveLength(10)
  expect(tally.seconds).toHaveLength(20)
  expect(tally.measured).toBeCloseTo(20, 6)
  expect(tally.phases['tools/call']!.count + tally.inFlightAtEnd).toBe(server.counts['tools/call'])
  expect(server.sessions.size).toBe(0)
  expect(events.filter(({ type }) => type === 'opened')).toHaveLength(1)
  expect(events.filter(({ type }) => type === 'step')).toHaveLength(10)
  expect(events.flatMap((event) => (event.type === 'second' ? [event.index] : []))).toEqual([...Array(20).keys()])
  expect(tally.obstacle).toBeUndefined()
})

it('says so when nothing broke', async () => {
  const { capacity } = await search({ ms: 5 }, { changes: { to: 300 } })
  expect(capacity).toMatchObject({ held: 300, steps: [{ rate: 50 }, { rate: 100 }, { rate: 200 }, { rate: 300 }] })
  expect(capacity.broke).toBeUndefined()
})

it('repeats a step once that broke though the server kept up', async () => {
  let slow = 30
  const { capacity } = await search({ ms: () => (slow-- > 0 ? 300 : 5) }, { changes: { to: 100 } })
  expect(capacity.steps.map(({ rate, held }) => [rate, held])).toEqual([
    [50, false],
    [50, true],
    [100, true],
  ])
  expect(capacity).toMatchObject({ held: 100 })
})

it('takes missing answers and errors for a break', async () => {
  const refusing: VirtualMcpOptions = {
    instead: ({ message, at }) =>
      message?.method === 'tools/call' && at % 3 < 1 ? { ms: 1, status: 503, body: 'busy' } : undefined,
  }
  const { capacity } = await search(refusing, { changes: { from: 40, to: 40 } })
  expect(capacity.held).toBeUndefined()
  expect(capacity.steps[0]!.reason).toMatch(/^rate\(errors\)<1% was \d+(\.\d+)? %$/)
  expect(capacity.steps[0]!.errors).toBeGreaterThan(10)
  expect(capacity.broke).toBeLessThan(2)
})

it('ends where the generator is the limit, and does not lay it at the door of the server', async () => {
  const { capacity } = await search(
    { ms: oneByOne(2) },
    { worn: (tally, step) => (step >= 5 ? { ...tally, busiest: 0.97 } : tally) },
  )
  expect(capacity).toMatchObject({ held: 400 })
  expect(capacity.broke).toBeUndefined()
  expect(capacity.steps.at(-1)).toMatchObject({ rate: 800, held: false, reason: expect.stringContaining('97 %') })
})

it('ends where the server does not come back, and says when that was', async () => {
  let dead = false
  const { capacity, tally } = await search({
    ms: (request) => {
      dead ||= request.at > 12_000
      return 5
    },
    refuses: () => (dead ? 'connect ECONNREFUSED' : undefined),
    instead: () => (dead ? { ms: 1, broken: 'read ECONNRESET' } : undefined),
  })
  expect(tally.obstacle).toMatch(/^At \d+ requests per second the server stopped answering: .*ECONNREFUSED/)
  expect(capacity.held).toBeGreaterThanOrEqual(100)
  expect(capacity.broke).toBeGreaterThan(capacity.held!)
})

it('ends when the user says so, without judging the step that was cut off', async () => {
  const { capacity, tally } = await search({ ms: 5 }, { abortAfter: 3 })
  expect(capacity.steps.map(({ rate }) => rate)).toEqual([50, 100])
  expect(capacity.held).toBe(100)
  expect(tally.stages).toHaveLength(3)
})
