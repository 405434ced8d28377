import { describe, expect, it } from 'vitest'
import { loadVirtually } from '../../test/support/virtual-load.js'
import { VirtualMcp } from '../../test/support/virtual-mcp.js'
import { latencyOf } from './histogram.js'
import { failuresOf, type Tally } from './tally.js'

const call = (tally: Tally) => tally.phases['tools/call']!
const calls = (tally: Tally) => ({ good: call(tally).count, errors: call(tally).errors, inFlight: tally.inFlightAtEnd })
const stateful = (options = {}) => new VirtualMcp({ sessions: true, ...options })

describe('mode modern', () => {
  const modern = { mode: 'modern', revision: '2026-07-28' } as const

  it.each(['shared', 'per-connection', 'per-request'] as const)(
    'calls are all there is, sessions %s',
    async (session) => {
      const server = new VirtualMcp()
      const { tally } = await loadVirtually(server, { ...modern, session })
      expect(calls(tally)).toEqual({ good: 4 * 300, errors: {}, inFlight: 4 })
      expect(server.counts).toEqual({ 'tools/call': 1204 })
      expect(server.calledIn).toEqual([])
      expect(tally.sessions).toEqual({ opened: 0, lost: 0, closed: 0, left: 0 })
    },
  )
})

describe('a closed loop', () => {
  it('keeps every connection busy in a session of its own, and counts what the server counts', async () => {
    const server = stateful()
    const { tally, events } = await loadVirtually(server)
    expect(calls(tally)).toEqual({ good: 4 * 300, errors: {}, inFlight: 4 })
    expect(server.counts).toEqual({ initialize: 4, 'notifications/initialized': 4, 'tools/call': 1204, DELETE: 4 })
    expect(tally.sessions).toEqual({ opened: 4, lost: 0, closed: 4, left: 0 })
    expect(server.sessions.size).toBe(0)
    expect(server.ids.size).toBe(1208)
    expect(tally.measured).toBe(3)
    expect(latencyOf(call(tally).latency)).toMatchObject({ min: 10, max: 10.007 })
    expect(events.map(({ type }) => type)).toEqual(['opened', 'second', 'second', 'second', 'stage', 'done'])
    expect(tally.seconds.map(({ count, connections }) => [count, connections])).toEqual([
      [396, 4],
      [400, 4],
      [404, 4],
    ])
  })

  it('pauses between an answer and the next request', async () => {
    const server = stateful()
    const { tally } = await loadVirtually(server, { profile: { think: 0.09 } })
    expect(call(tally).count).toBe(4 * 30)
    // Not all begin at once.
    expect(new Set(server.starts.slice(0, 4)).size).toBe(4)
  })

  it('follows its stages, and tells what each came to', async () => {
    const server = stateful()
    const stages = [
      { seconds: 2, connections: 10, ramp: true },
      { seconds: 1, connections: 10 },
      { seconds: 1, connections: 2 },
    ]
    const { tally, events } = await loadVirtually(server, { profile: { stages } })
    expect(tally.stages.map(({ seconds }) => seconds)).toEqual([2, 1, 1])
    const [up, top, down] = tally.stages.map(({ count }) => count)
    expect(up).toBeGreaterThan(1000 * 0.95)
    expect(up).toBeLessThan(1000 * 1.1)
    expect(top).toBeGreaterThan(980)
    expect(down).toBeLessThan(210)
    expect(tally.sessions.opened).toBe(10)
    expect(events.filter(({ type }) => type === 'stage')).toHaveLength(3)
    expect(tally.seconds.map(({ connections }) => connections)).toEqual([5, 10, 10, 2])
  })

  it('lets several requests take turns, each in its phase', async () => {
    const requests = [{ method: 'tools/list' }, { method: 'ping' }, { method: 'tools/list', params: { cursor: 'x' } }]
    const { tally } = await loadVirtually(stateful(), { requests })
    const { ping, 'tools/list': list } = tally.phases
    expect(list!.count + ping!.count).toBe(4 * 300)
    expect(Math.abs(list!.count - 2 * ping!.count)).toBeLessThan(12)
  })

  it('counts what was in flight when time was up, and nothing that comes after', async () => {
    const { tally } = await loadVirtually(stateful({ ms: 700 }))
    expect(calls(tally)).toEqual({ good: 16, errors: {}, inFlight: 4 })
  })
})

describe('an open loop', () => {
  const open = (rate: number, connections = 20) => ({
    profile: { loop: 'open' as const, connections, stages: [{ seconds: 2, rate }] },
  })

  it('starts requests when they are due', async () => {
    const server = stateful()
    const { tally } = await loadVirtually(server, open(100))
    const [first = 0] = server.starts
    expect(server.starts).toEqual(Array.from({ length: 200 }, (_, index) => first + index * 10))
    expect(calls(tally)).toEqual({ good: 200, errors: {}, inFlight: 0 })
    expect(tally.dropped).toBe(0)
    expect(tally.lateness.totalCount).toBe(200)
  })

  it('spreads the work over its sessions', async () => {
    const server = stateful()
    await loadVirtually(server, open(100))
    expect(new Set(server.calledIn.slice(0, 20)).size).toBe(20)
  })

  it('counts response time from when a request was due, service time from its send, and what never left as dropped', async () => {
    const { tally } = await loadVirtually(stateful({ ms: 40 }), open(50, 1))
    const { latency, service, count } = call(tally)
    expect(count).toBe(50)
    expect(latencyOf(service)).toMatchObject({ min: 40, max: 40.031 })
    // The k-th waits for k services of 40 ms while one comes every 20 ms.
    expect(latencyOf(latency)!.max).toBeGreaterThan(990)
    expect(tally.inFlightAtEnd).toBe(1)
    expect(tally.dropped).toBe(100 - 50 - 1)
    expect(tally.lateness.totalCount).toBe(1)
  })

  it('of two threads together is the open loop of one', async () => {
    const shares = [0, 1].map((index) => ({ index, of: 2 }))
    const servers = shares.map(() => stateful())
    const runs = await Promise.all(
      shares.map((thread, index) => loadVirtually(servers[index]!, { ...open(33, 5), thread })),
    )
    const starts = servers.flatMap((server, index) => server.starts.map((at) => at - runs[index]!.tally.opening * 1000))
    expect(starts).toHaveLength(66)
    expect(new Set(servers.flatMap(({ ids }) => [...ids])).size).toBe(66 + 5)
    expect(servers.map(({ mostSessions }) => mostSessions)).toEqual([3, 2])
  })
})

describe('an open loop with a session for each request', () => {
  it('counts response time from when the user wanted the call, its session included', async () => {
    const profile = { loop: 'open' as const, connections: 5, stages: [{ seconds: 2, rate: 50 }] }
    const { tally } = await loadVirtually(stateful(), { session: 'per-request', profile })
    const { initialize, 'notifications/initialized': confirmed, 'tools/call': calls, DELETE } = tally.phases
    expect(latencyOf(initialize!.latency)!.p50).toBeCloseTo(5, 1)
    // initialize 5 ms, initialized 1 ms, the call 10 ms.
    expect(latencyOf(calls!.latency)!.p50).toBeCloseTo(16, 1)
    expect(latencyOf(calls!.service)!.p50).toBeCloseTo(10, 1)
    for (const phase of [confirmed!, DELETE!]) expect(latencyOf(phase.latency)!.p50).toBeCloseTo(1, 2)
    expect(tally.dropped).toBe(0)
    expect(tally.sessions).toMatchObject({ opened: 100, closed: 100 })
  })
})

describe('sessions', () => {
  it('can be one for all', async () => {
    const server = stateful()
    const { tally } = await loadVirtually(server, { session: 'shared' })
    expect(tally.sessions).toEqual({ opened: 1, lost: 0, closed: 1, left: 0 })
    expect(call(tally).count).toBe(4 * 300)
    expect(new Set(server.calledIn).size).toBe(1)
  })

  it('can be one for each request, each step a phase of its own', async () => {
    const server = stateful()
    const { tally } = await loadVirtually(server, { session: 'per-request' })
    // initialize 5 ms, initialized 1 ms, the call 10 ms, DELETE 1 ms.
    const rounds = Math.floor(3000 / 17)
    for (const name of ['initialize', 'notifications/initialized', 'tools/call', 'DELETE'])
      expect(Math.abs(tally.phases[name]!.count - 4 * rounds)).toBeLessThanOrEqual(4)
    expect(tally.sessions.opened).toBe(tally.sessions.closed)
    expect(server.counts.initialize).toBe(server.counts.DELETE)
    expect(new Set(server.calledIn).size).toBe(server.calledIn.length)
    expect(server.mostSessions).toBeLessThanOrEqual(4)
    expect(tally.seconds[1]!.count).toBeLessThanOrEqual(240)
  })

  it('of one request can be left for the server to let go of', async () => {
    const server = stateful()
    const { tally } = await loadVirtually(server, { session: 'per-request', profile: { afterwards: 'leave' } })
    expect(server.counts.DELETE).toBeUndefined()
    expect(tally.phases.DELETE).toBeUndefined()
    expect(tally.sessions.left).toBe(tally.sessions.opened)
    expect(server.sessions.size).toBe(tally.sessions.opened)
  })

  it('are none in a server without: no handshake, or one for each request where that is asked', async () => {
    const bare = new VirtualMcp()
    const { tally } = await loadVirtually(bare, { mode: 'stateless' })
    expect(bare.counts).toEqual({ 'tools/call': call(tally).count + 4 })
    const greeted = new VirtualMcp()
    const each = await loadVirtually(greeted, { mode: 'stateless', session: 'per-request' })
    expect(greeted.counts.initialize).toBeGreaterThan(4 * 180)
    expect(greeted.counts.DELETE).toBeUndefined()
    expect(each.tally.sessions).toEqual({ opened: 0, lost: 0, closed: 0, left: 0 })
  })

  it('that are lost are counted, told and opened again', async () => {
    let swept = false
    const server = stateful({
      instead: ({ at }: { at: number }) => {
        if (at > 2000 && !swept) server.sessions.clear()
        swept ||= at > 2000
        return undefined
      },
    })
    const { tally } = await loadVirtually(server)
    expect(tally.sessions).toEqual({ opened: 8, lost: 4, closed: 4, left: 0 })
    expect(call(tally).errors).toEqual({ 'session-lost': 4 })
    expect(call(tally).examples['session-lost']).toMatchObject({ status: 404 })
    expect(call(tally).count).toBeGreaterThan(4 * 290)
  })

  it('that are lost while shared are opened again once', async () => {
    let swept = false
    const server = stateful({
      instead: ({ at }: { at: number }) => {
        if (at > 2000 && !swept) server.sessions.clear()
        swept ||= at > 2000
        return undefined
      },
    })
    const { tally } = await loadVirtually(server, { session: 'shared' })
    expect(tally.sessions).toEqual({ opened: 2, lost: 1, closed: 1, left: 0 })
    expect(call(tally).errors).toEqual({ 'session-lost': 4 })
    expect(call(tally).count).toBeGreaterThan(4 * 290)
  })

  it('that cannot be ended were left', async () => {
    const server = stateful({
      instead: ({ method }: { method: string }) => (method === 'DELETE' ? { ms: 1, status: 405 } : undefined),
    })
    const { tally } = await loadVirtually(server)
    expect(tally.sessions).toEqual({ opened: 4, lost: 0, closed: 0, left: 4 })
  })

  it('that cannot be opened: the rest is measured, and the obstacle told', async () => {
    const server = stateful({
      instead: ({ message }: any) =>
        message?.method === 'initialize' && server.mostSessions >= 2
          ? { ms: 1, status: 503, body: 'too many sessions' }
          : undefined,
    })
    const { tally } = await loadVirtually(server)
    expect(tally.obstacle).toBe('Only 2 of 4 sessions could be opened: status 503 for a request: too many sessions.')
    expect(call(tally).count).toBe(2 * 300)
    expect(tally.phases.initialize!.errors['http-status']).toBeGreaterThan(2)
    expect(tally.sessions).toEqual({ opened: 2, lost: 0, closed: 2, left: 0 })
  })
})

describe('a server in trouble', () => {
  it('that is not there is told of at once', async () => {
    const server = stateful({ refuses: () => 'connect ECONNREFUSED' })
    const { tally, events, clock } = await loadVirtually(server)
    expect(tally.obstacle).toBe('Not one of 4 sessions could be opened: connect ECONNREFUSED.')
    expect(tally.measured).toBe(0)
    expect(tally.phases).toMatchObject({ initialize: { count: 0, errors: { transport: 4 } } })
    expect(events.map(({ type }) => type)).toEqual(['opened', 'done'])
    expect(clock.now()).toBeLessThan(10_000)
    const stateless = await loadVirtually(server, { mode: 'stateless' })
    expect(stateless.tally.obstacle).toBe('No connection could be made: connect ECONNREFUSED.')
    expect(Object.keys(call(stateless.tally).errors)).toEqual(['transport'])
  })

  it('that dies is told of, and every attempt counts as a failed request', async () => {
    let dead = false
    const server = stateful({
      instead: ({ at }: { at: number }) => {
        dead ||= at > 2000
        return dead ? { ms: 1, broken: 'read ECONNRESET' } : undefined
      },
      refuses: () => (dead ? 'connect ECONNREFUSED' : undefined),
    })
    const { tally } = await loadVirtually(server)
    expect(tally.obstacle).toMatch(/^The server was gone after [01]\.\d s: connect ECONNREFUSED\.$/)
    expect(call(tally).errors.transport).toBeGreaterThan(4)
    expect(tally.reconnects.failed).toBe(4)
    expect(tally.measured).toBe(3)
    expect(tally.sessions).toEqual({ opened: 4, lost: 0, closed: 0, left: 4 })
    expect(tally.seconds.at(-1)!.connections).toBe(0)
  })

  it('that dies under an open loop fails the requests that wait', async () => {
    let dead = false
    const server = new VirtualMcp({
      instead: ({ at }) => {
        dead ||= at > 2000
        return dead ? { ms: 1, broken: 'read ECONNRESET' } : undefined
      },
      refuses: () => (dead ? 'connect ECONNREFUSED' : undefined),
    })
    const profile = { loop: 'open' as const, connections: 10, stages: [{ seconds: 3, rate: 100 }] }
    const { tally } = await loadVirtually(server, { mode: 'stateless', profile })
    const { count, errors } = call(tally)
    expect(errors.transport).toBeGreaterThan(20)
    expect(count + failuresOf(call(tally)) + tally.dropped + tally.inFlightAtEnd).toBe(300)
    expect(tally.obstacle).toContain('The server was gone after')
  })

  it('that forgets its sessions and opens no more is told of, though hardly a request has failed', async () => {
    const server: VirtualMcp = stateful({
      instead: ({ at, message }: { at: number; message: any }) => {
        if (at > 2000) server.sessions.clear()
        return at > 2000 && message?.method === 'initialize' ? { ms: 1, status: 503, body: 'no more' } : undefined
      },
    })
    const { tally } = await loadVirtually(server)
    expect(call(tally).errors).toEqual({ 'session-lost': 4 })
    expect(tally.obstacle).toMatch(/^No good answer came after 1\.0 s: status 503 for a request: no more\.$/)
    expect(tally.seconds.at(-1)!.failed).toBeGreaterThan(0)
  })

  it('that falls silent is told of', async () => {
    const server = stateful({ instead: ({ at }: { at: number }) => (at > 2000 ? 'never' : undefined) })
    const { tally } = await loadVirtually(server, { timeoutMs: 800 })
    expect(call(tally).errors).toEqual({ timeout: 8 })
    expect(tally.obstacle).toMatch(/^The server stopped answering after 1\.0 s: no whole answer within 800 ms\.$/)
  })

  it('that answers nothing at all is told of', async () => {
    const server = new VirtualMcp({ instead: () => 'never' })
    const { tally } = await loadVirtually(server, { mode: 'stateless', timeoutMs: 10_000 })
    expect(tally.obstacle).toBe('Not one request was answered within 3.0 s.')
    expect(tally.phases).toEqual({})
  })

  it('that answers garbage to everything is told of with the first failure', async () => {
    const server = new VirtualMcp({ instead: () => ({ ms: 20, status: 200, body: '<html>' }) })
    const { tally } = await loadVirtually(server, { mode: 'stateless' })
    expect(call(tally)).toMatchObject({ count: 0, errors: { 'not-json-rpc': 4 * 150 } })
    expect(tally.obstacle).toMatch(
      /^None of 600 tools\/call requests was answered as it should be; the first: .*<html>/,
    )
    expect(call(tally).examples['not-json-rpc']).toMatchObject({ second: 0.02, status: 200 })
    expect(call(tally).examples['not-json-rpc']!.request).toContain('POST /mcp HTTP/1.1')
  })

  it('that closes each connection after its answer is gone on with', async () => {
    const server = new VirtualMcp({
      instead: ({ message }) => {
        const result = { content: [] }
        return { ms: 9, status: 200, close: true, body: JSON.stringify({ jsonrpc: '2.0', id: message.id, result }) }
      },
    })
    const { tally } = await loadVirtually(server, { mode: 'stateless' })
    expect(call(tally).count).toBe(4 * 300)
    expect(tally.reconnects).toEqual({ failed: 0, closed: 4 * 300 })
  })

  it('that gives an answer to somebody else is caught by the canary', async () => {
    let number = 0
    let last = ''
    const server = new VirtualMcp({
      instead: ({ message }) => {
        const text = ++number % 100 === 0 ? last : message.params.arguments.text
        last = message.params.arguments.text
        const result = { content: [{ type: 'text', text }] }
        return { ms: 10, status: 200, body: JSON.stringify({ jsonrpc: '2.0', id: message.id, result }) }
      },
    })
    const params = { name: 'echo', arguments: { text: 'hello {canary}' } }
    const requests = [{ method: 'tools/call', params, echoes: true }]
    const { tally } = await loadVirtually(server, { mode: 'stateless', requests })
    expect(call(tally)).toMatchObject({ count: 4 * 300 - 12, errors: { 'foreign-answer': 12 } })
  })

  it('keeps secrets out of the examples', async () => {
    const server = new VirtualMcp({ instead: () => ({ ms: 20, status: 401, body: 'bad token hush-hush' }) })
    const headers: [string, string][] = [['Authorization', 'Bearer hush-hush']]
    const { tally } = await loadVirtually(server, { mode: 'stateless', headers, secrets: ['hush-hush'] })
    expect(JSON.stringify(call(tally).examples)).not.toContain('hush-hush')
    expect(call(tally).examples['http-status']!.request).toContain('[redacted]')
    expect(tally.obstacle).not.toContain('hush-hush')
  })
})

describe('the user may end it', () => {
  it('in the middle, with what was measured', async () => {
    const server = stateful()
    const { tally, events } = await loadVirtually(server, { abortAfterMs: 1500 })
    expect(tally.measured).toBeGreaterThan(1.4)
    expect(tally.measured).toBeLessThan(1.5)
    expect(call(tally).count).toBeGreaterThan(4 * 140)
    expect(tally.sessions).toEqual({ opened: 4, lost: 0, closed: 4, left: 0 })
    expect(tally.obstacle).toBeUndefined()
    expect(events.at(-2)).toMatchObject({ type: 'stage', tally: { seconds: tally.measured } })
  })

  it('before it began', async () => {
    const server = stateful({ instead: () => 'never' })
    const { tally, clock } = await loadVirtually(server, { abortAfterMs: 200, timeoutMs: 10_000 })
    expect(tally).toMatchObject({ measured: 0, phases: {} })
    expect(clock.now()).toBeLessThan(3000)
  })
})
