import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { call, handshake, initialize, post, request } from '../testing/raw-client.js'

describe.each([
  { mode: 'stateful', response: 'sse' },
  { mode: 'stateful', response: 'json' },
  { mode: 'stateless', response: 'sse' },
  { mode: 'stateless', response: 'json' },
] as const)('messages, $mode $response', (options) => {
  let server: RunningReference
  let client: Record<string, string>
  beforeAll(async () => {
    server = await startReference(options)
    client = await handshake(server)
  })
  afterAll(() => server.close())

  const send = (body: unknown, headers = {}) => post(server.url, body, { ...client, ...headers })

  it.each([0, -1, '', 'ä', Number.MAX_SAFE_INTEGER])('echoes the id %j', async (id) => {
    const { messages } = await send(request(id, 'ping'))
    expect(messages).toEqual([{ jsonrpc: '2.0', id, result: {} }])
  })

  it.each([
    ['broken JSON', '{', -32700, undefined],
    ['an empty body', '', -32700, undefined],
    ['id null', request(null, 'ping'), -32600, undefined],
    ['a fractional id', request(1.5, 'ping'), -32600, undefined],
    ['jsonrpc 1.0', { ...request(7, 'ping'), jsonrpc: '1.0' }, -32600, 7],
    ['a numeric method', request(7, 5 as never), -32600, 7],
    ['no method', { jsonrpc: '2.0', id: 7 }, -32600, 7],
    ['params null', request(7, 'ping', null), -32600, 7],
    ['a malformed notification', { jsonrpc: '2.0', method: 'notifications/initialized', params: 5 }, -32600, undefined],
    ['a bad progress token', request(7, 'ping', { _meta: { progressToken: {} } }), -32602, 7],
    ['a batch', [request(7, 'ping')], -32600, undefined],
  ])('answers %s with 400', async (_name, body, code, id) => {
    const { status, messages } = await send(body)
    expect(status).toBe(400)
    expect(messages[0]).toMatchObject({ jsonrpc: '2.0', error: { code } })
    expect(messages[0]?.id).toBe(id)
  })

  it('refuses bytes that are no UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","id":1,"method":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ])
    const headers = { ...client, 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const reply = await fetch(server.url, { method: 'POST', headers, body })
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { code: -32700 } })
  })

  it('accepts notifications and responses with 202 and no body', async () => {
    for (const message of [
      { method: 'notifications/unheard-of' },
      { id: 99, result: {} },
      { id: 99, error: { code: 1, message: '' } },
    ]) {
      const { status, text } = await send({ jsonrpc: '2.0', ...message })
      expect([status, text]).toEqual([202, ''])
    }
  })

  it('takes batches in 2025-03-26 and only then', async () => {
    const old = await handshake(server, '2025-03-26')
    const notification = { jsonrpc: '2.0', method: 'notifications/unheard-of' }
    const mixed = await post(server.url, [request(1, 'ping'), request('b', 'tools/list'), notification], old)
    expect(mixed.messages.map(({ id }) => id)).toEqual([1, 'b'])
    const silent = await post(server.url, [notification], old)
    expect([silent.status, silent.text]).toEqual([202, ''])
    for (const bad of [[], [initialize()], [request(1, 'ping'), request(1, 'ping')], [5]])
      expect((await post(server.url, bad, old)).messages[0]).toMatchObject({ error: { code: -32600 } })
  })

  it('refuses an unknown MCP-Protocol-Version, but not on initialize', async () => {
    for (const version of ['1900-01-01', 'not-a-version'])
      expect((await send(request(1, 'ping'), { 'mcp-protocol-version': version })).status).toBe(400)
    expect((await post(server.url, initialize(), { 'mcp-protocol-version': '1900-01-01' })).status).toBe(200)
  })

  it('negotiates', async () => {
    for (const [asked, got] of [
      ['2024-11-05', '2024-11-05'],
      ['2025-06-18', '2025-06-18'],
      ['2024-10-07', '2025-11-25'],
      ['1900-01-01', '2025-11-25'],
    ]) {
      const { messages } = await post(server.url, initialize(asked))
      expect(messages[0]?.result.protocolVersion).toBe(got)
    }
  })

  it('refuses initialize without its params as -32602', async () => {
    const { messages } = await post(server.url, request(1, 'initialize', {}))
    expect(messages[0]).toMatchObject({ id: 1, error: { code: -32602 } })
  })

  it('runs a call that asks for a task as a plain one', async () => {
    const body = request(1, 'tools/call', { name: 'list_stations', arguments: {}, task: { ttl: 1000 } })
    expect((await send(body)).messages.at(-1)?.result.content).toHaveLength(1)
  })

  it('keeps equal ids of concurrent clients apart', async () => {
    const places = Array.from({ length: 20 }, (_, index) => `place-${index}`)
    const replies = await Promise.all(
      places.map(async (location) => {
        const headers = options.mode === 'stateful' ? await handshake(server) : client
        return post(server.url, call(1, 'get_weather', { location }), headers)
      }),
    )
    replies.forEach((reply, index) => {
      expect(reply.messages.at(-1)?.result.content[0].text).toContain(`${places[index]}:`)
    })
  })

  it.each([
    ['Accept', { accept: 'application/json' }, 406],
    ['Content-Type', { 'content-type': 'text/plain' }, 415],
    ['charset', { 'content-type': 'application/json; charset=latin1' }, 415],
  ])('refuses a wrong %s as JSON', async (_name, headers, status) => {
    const reply = await send(request(1, 'ping'), headers)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8'])
  })

  it('refuses an oversized body as JSON', async () => {
    const reply = await send(request(1, 'ping', { padding: 'x'.repeat(5_000_000) }))
    expect([reply.status, reply.messages[0]?.jsonrpc]).toEqual([413, '2.0'])
  })
})
