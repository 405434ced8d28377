import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { call, handshake, openStream, post, request, type StreamEvent } from '../testing/raw-client.js'

const slow = (id: unknown, steps: number, token: unknown = 'token', delayMs = 20) =>
  call(id, 'get_alerts', { location: 'Oslo', steps, delayMs }, { progressToken: token })
const cancel = (requestId: unknown) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } })
const messages = (events: StreamEvent[]) => events.flatMap(({ data }) => (data ? [JSON.parse(data)] : []))
const isProgress = ({ data }: StreamEvent) => data.includes('notifications/progress')

describe('streams', () => {
  let server: RunningReference
  let client: Record<string, string>
  beforeAll(async () => {
    server = await startReference({ mode: 'stateful' })
    client = await handshake(server)
  })
  afterAll(() => server.close())

  it('primes POST and GET streams in 2025-11-25, and not before', async () => {
    for (const [revision, primes] of [
      ['2025-11-25', true],
      ['2025-06-18', false],
    ] as const) {
      const headers = await handshake(server, revision)
      const { text } = await post(server.url, request(1, 'ping'), headers)
      expect(/^id: \S+\nretry: \d+\ndata: \n\n/.test(text)).toBe(primes)
    }
    const stream = await openStream(server.url, client)
    const [first] = await stream.until(() => true)
    expect(first).toMatchObject({ data: '', retry: '500' })
    stream.abort()
  })

  it('resumes a stream by its last event, up to the response and no further', async () => {
    const stream = await openStream(server.url, client, slow('lost', 5))
    const before = [...(await stream.until(isProgress))]
    stream.abort()
    const other = await post(server.url, request('other', 'ping'), client)
    expect(other.messages).toHaveLength(1)
    const resumed = await openStream(server.url, { ...client, 'last-event-id': before[0]!.id! })
    await resumed.ended
    const replayed = messages(resumed.events)
    expect(replayed.at(-1)).toMatchObject({ id: 'lost', result: {} })
    expect(
      replayed.filter(({ method }) => method === 'notifications/progress').map(({ params }) => params.progress),
    ).toEqual([1, 2, 3, 4, 5])
    const again = await openStream(server.url, { ...client, 'last-event-id': resumed.events.at(-2)!.id! })
    await again.ended
    expect(messages(again.events)).toEqual([replayed.at(-1)])
  })

  it.each([0, '', 'one', 17])('cancels the request %j: its stream ends without a response', async (id) => {
    const stream = await openStream(server.url, client, slow(id, 50))
    await stream.until(isProgress)
    expect((await post(server.url, cancel(id), client)).status).toBe(202)
    await stream.ended
    const seen = messages(stream.events)
    expect(seen.every(({ method }) => method !== undefined)).toBe(true)
    expect(seen.length).toBeLessThan(50)
    const resumed = await openStream(server.url, { ...client, 'last-event-id': stream.events[0]!.id! })
    await resumed.ended
    expect(messages(resumed.events)).toEqual(seen)
    const reused = await post(server.url, request(id, 'ping'), client)
    expect(reused.messages).toEqual([{ jsonrpc: '2.0', id, result: {} }])
  })

  it('ignores cancellations of what is unknown or finished', async () => {
    for (const id of ['never', 'one', null, {}])
      expect((await post(server.url, cancel(id), client)).status).toBeLessThan(500)
    expect((await post(server.url, request(1, 'ping'), client)).messages[0]?.result).toEqual({})
  })

  it('refuses an id that is in flight and still answers the first', async () => {
    const stream = await openStream(server.url, client, slow('twice', 3))
    expect((await post(server.url, request('twice', 'ping'), client)).messages[0]).toMatchObject({
      error: { code: -32600 },
    })
    await stream.ended
    expect(messages(stream.events).at(-1)).toMatchObject({ id: 'twice', result: {} })
  })

  it('reports progress only for a token, and with its type kept', async () => {
    const { messages: plain } = await post(server.url, call(1, 'get_alerts', { location: 'Oslo', delayMs: 0 }), client)
    expect(plain.some(({ method }) => method === 'notifications/progress')).toBe(false)
    const { messages: told } = await post(server.url, slow(2, 3, 7, 0), client)
    const progress = told.filter(({ method }) => method === 'notifications/progress').map(({ params }) => params)
    expect(progress.map(({ progressToken }) => progressToken)).toEqual([7, 7, 7])
  })

  it('replaces a server stream by a newer one and sends each message on one of them', async () => {
    const headers = await handshake(server)
    await post(server.url, request(1, 'resources/subscribe', { uri: 'weather://stations' }), headers)
    const [first, second] = [await openStream(server.url, headers), await openStream(server.url, headers)]
    await first.ended
    await post(server.url, call(2, 'refresh_stations', {}), client)
    await second.until(({ data }) => data.includes('resources/updated'))
    expect(messages([...first.events, ...second.events])).toHaveLength(1)
    await post(server.url, request(3, 'resources/unsubscribe', { uri: 'weather://stations' }), headers)
    await post(server.url, call(4, 'refresh_stations', {}), headers)
    await post(server.url, request(5, 'ping'), headers)
    expect(messages(second.events)).toHaveLength(1)
    second.abort()
  })

  it('keeps the log level of each session', async () => {
    const quiet = await handshake(server)
    await post(server.url, request(1, 'logging/setLevel', { level: 'error' }), quiet)
    expect((await post(server.url, call(2, 'get_weather', { location: 'Oslo' }), quiet)).messages).toHaveLength(1)
    await post(server.url, request(1, 'logging/setLevel', { level: 'debug' }), client)
    expect((await post(server.url, call(2, 'get_weather', { location: 'Oslo' }), client)).messages).toHaveLength(3)
  })
})

it('ends a cancelled request in JSON mode with an empty event stream', async () => {
  const server = await startReference({ mode: 'stateful', response: 'json' })
  const client = await handshake(server)
  const pending = post(server.url, slow('slow', 50, 'token', 500), client)
  const inUse = () => post(server.url, request('slow', 'ping'), client).then((reply) => reply.status)
  await expect.poll(inUse, { interval: 5 }).toBe(400)
  await post(server.url, cancel('slow'), client)
  const { status, text, headers } = await pending
  expect([status, text, headers.get('content-type')]).toEqual([200, '', 'text/event-stream'])
  await server.close()
})
