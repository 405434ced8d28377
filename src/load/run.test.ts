import { describe, expect, it, onTestFinished } from 'vitest'
import { type CountingOptions, type CountingServer, startCounting } from '../../test/support/counting-server.js'
import type { Load } from '../report/load.js'
import type { LoadEvent } from './plan.js'
import { planLoad } from './plan-load.js'
import type { Profile } from './profile.js'
import { runLoad } from './run.js'

const seconds = 0.6
const closed: Profile = { description: '', loop: 'closed', stages: [{ seconds, connections: 5 }] }
const open: Profile = { description: '', loop: 'open', connections: 5, stages: [{ seconds, rate: 200 }] }
const tools = [{ name: 'echo', arguments: { text: 'hello' } }]

async function loaded(
  options: CountingOptions,
  profile: Profile,
  { abortAt = '', token = '' } = {},
): Promise<{ load: Load; events: LoadEvent[]; server: CountingServer; counted: Record<string, number> }> {
  const server = await startCounting(options)
  onTestFinished(server.close)
  const { plan } = await planLoad(`${server.url}${token ? `?api_key=${token}` : ''}`, {
    profileName: 'test',
    profile,
    tools,
  })
  const before = { ...server.counts }
  const controller = new AbortController()
  const events: LoadEvent[] = []
  for await (const event of runLoad(plan!, controller.signal)) {
    events.push(event)
    if (event.type === abortAt) controller.abort()
  }
  const last = events.at(-1)
  if (last?.type !== 'done') throw new Error('the last event is not done')
  const counted = Object.fromEntries(
    Object.entries(server.counts).map(([name, count]) => [name, count - (before[name] ?? 0)]),
  )
  return { load: last.load, events, server, counted }
}

/** Requests of a phase that the load says it made: answered, failed, and on their way at the end. */
const made = ({ phases, inFlightAtEnd }: Load) =>
  phases['tools/call']!.count + phases['tools/call']!.failed + inFlightAtEnd

describe.each<[string, CountingOptions]>([
  ['sessions and JSON', { sessions: true, insists: true }],
  ['sessions and event streams', { sessions: true, insists: true, answers: 'sse' }],
  ['no sessions and JSON', {}],
  ['no sessions and event streams', { answers: 'sse' }],
])('on a server with %s', (_, options) => {
  it.each([
    ['closed', closed],
    ['open', open],
  ])('a %s loop counts what the server counts', async (_, profile) => {
    const { load, server, counted } = await loaded(options, profile)
    expect(made(load)).toBe(counted['tools/call'])
    expect(load.phases['tools/call']).toMatchObject({ failed: 0, errors: {} })
    expect(load.phases['tools/call']!.count).toBeGreaterThan(10)
    expect(load.answers).toBe(options.answers ?? 'json')
    expect(load.phases['tools/call']!.firstEvent !== undefined).toBe(options.answers === 'sse')
    expect(load.sessions).toEqual({
      opened: options.sessions ? 5 : 0,
      lost: 0,
      closed: options.sessions ? 5 : 0,
      left: 0,
    })
    expect(server.sessions.size).toBe(0)
    expect(new Set(server.ids.slice(-load.phases['tools/call']!.count)).size).toBe(load.phases['tools/call']!.count)
    expect(load.obstacle).toBeUndefined()
    expect(load.thresholds).toEqual([{ text: 'rate(errors)<1%', held: true, actual: 0 }])
    if (profile === open) expect(made(load) + load.dropped).toBe(200 * seconds)
  })

  it('a session for each request is opened and ended, or left', async () => {
    const { load, server, counted } = await loaded(options, { ...closed, session: 'per-request' })
    expect(counted.initialize! - load.phases.initialize!.count).toBeLessThanOrEqual(load.inFlightAtEnd)
    expect(load.sessions.opened).toBe(options.sessions ? counted.initialize : 0)
    expect(load.sessions.closed).toBe(load.sessions.opened)
    expect(server.sessions.size).toBe(0)
    if (!options.sessions) return
    const leaving = await loaded(options, { ...closed, session: 'per-request', afterwards: 'leave' })
    expect(leaving.counted.DELETE ?? 0).toBe(0)
    expect(leaving.load.sessions.left).toBe(leaving.server.sessions.size)
  })
})

it('tells each kind of failure by its name, as often as the server made it', async () => {
  const made: Record<string, number> = {}
  const kinds: [string, CountingOptions['onCall']][] = [
    ['rpc-error', ({ id }, answer) => json(answer, { jsonrpc: '2.0', id, error: { code: -32000, message: 'no' } })],
    ['tool-error', ({ id }, answer) => json(answer, { jsonrpc: '2.0', id, result: { isError: true, content: [] } })],
    ['wrong-id', (_, answer) => json(answer, { jsonrpc: '2.0', id: 1, result: {} })],
    ['not-json-rpc', (_, answer) => json(answer, 'what?')],
    ['http-status', (_, answer) => Boolean(answer.writeHead(503).end('busy'))],
    ['transport', (_, answer) => Boolean(answer.destroy())],
    [
      'foreign-answer',
      ({ id }, answer) =>
        json(answer, { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'hello canary-1' }] } }),
    ],
    [
      'truncated-stream',
      (_, answer) =>
        Boolean(
          answer
            .writeHead(200, { 'content-type': 'text/event-stream' })
            .end('data: {"jsonrpc":"2.0","method":"x"}\n\n'),
        ),
    ],
  ]
  const onCall: CountingOptions['onCall'] = (message, answer, number) => {
    if (number < 20 || number % 3 > 0) return false
    const [kind, act] = kinds[(number / 3) % kinds.length]!
    made[kind] = (made[kind] ?? 0) + 1
    return act!(message, answer, number)
  }
  const { load } = await loaded({ onCall }, closed)
  const { errors, examples, count } = load.phases['tools/call']!
  expect(Object.keys(errors).sort()).toEqual(kinds.map(([kind]) => kind).sort())
  for (const [kind, times] of Object.entries(made))
    expect(times - (errors as Record<string, number>)[kind]!).toBeLessThanOrEqual(load.inFlightAtEnd)
  expect(count).toBeGreaterThan(10)
  expect(examples['http-status']).toMatchObject({ status: 503, response: expect.stringContaining('busy') })
  expect(load.reconnects.failed).toBe(errors.transport)
})

it('ends when the user says so, with what was measured', async () => {
  const { load, events, server } = await loaded(
    { sessions: true },
    { ...closed, stages: [{ seconds: 3600, connections: 3 }] },
    { abortAt: 'second' },
  )
  expect(load.interrupted).toBe(true)
  expect(load.seconds).toBeLessThan(60)
  expect(load.phases['tools/call']!.count).toBeGreaterThan(10)
  expect(load.sessions).toMatchObject({ opened: 3, closed: 3 })
  expect(server.sessions.size).toBe(0)
  expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['opened', 'second'])
})

it('shows no secret', async () => {
  const { events } = await loaded({}, closed, { token: 'hush-hush' })
  expect(JSON.stringify(events)).not.toContain('hush-hush')
})

function json(answer: Parameters<NonNullable<CountingOptions['onCall']>>[1], value: unknown): boolean {
  const body = typeof value === 'string' ? value : JSON.stringify(value)
  answer.writeHead(200, { 'content-type': 'application/json' }).end(body)
  return true
}
