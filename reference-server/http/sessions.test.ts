import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { handshake, initialize, openStream, post, request } from '../testing/raw-client.js'

const accept = { accept: 'text/event-stream' }

describe('sessions', () => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode: 'stateful' })
  })
  afterAll(() => server.close())

  it('asks for a session id, and knows none that it did not issue', async () => {
    expect((await post(server.url, request(1, 'ping'))).status).toBe(400)
    const unknown = await post(server.url, request(1, 'ping'), { 'mcp-session-id': 'made-up' })
    expect([unknown.status, unknown.messages[0]?.id]).toEqual([404, 1])
  })

  it('answers 404 on every method after DELETE', async () => {
    const client = await handshake(server)
    expect((await fetch(server.url, { method: 'DELETE', headers: client })).status).toBe(204)
    expect((await post(server.url, request(1, 'ping'), client)).status).toBe(404)
    expect((await post(server.url, initialize(), client)).status).toBe(404)
    for (const method of ['GET', 'DELETE'])
      expect((await fetch(server.url, { method, headers: { ...client, ...accept } })).status).toBe(404)
  })

  it('ends open streams with the session', async () => {
    const client = await handshake(server)
    const stream = await openStream(server.url, client)
    await fetch(server.url, { method: 'DELETE', headers: client })
    await stream.ended
  })

  it('refuses a second initialize', async () => {
    const client = await handshake(server)
    const again = await post(server.url, initialize(), client)
    expect([again.status, again.messages[0]?.error.code]).toEqual([400, -32600])
  })

  it('refuses methods there are none of, with Allow', async () => {
    const reply = await fetch(server.url, { method: 'PUT' })
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'POST, GET, DELETE, OPTIONS'])
  })
})

it('ends sessions that nobody uses, but not one with an open stream', async () => {
  const server = await startReference({ mode: 'stateful', sessionIdleMs: 60 })
  const [idle, held] = [await handshake(server), await handshake(server)]
  const stream = await openStream(server.url, held)
  await expect
    .poll(() => post(server.url, request(1, 'ping'), idle).then((reply) => reply.status), { interval: 120 })
    .toBe(404)
  expect((await post(server.url, request(1, 'ping'), held)).status).toBe(200)
  stream.abort()
  await server.close()
})

it('pings an open stream, takes the answer with 202, and drops a stream that does not answer', async () => {
  const server = await startReference({ mode: 'stateful', pingIntervalMs: 60 })
  const client = await handshake(server)
  const stream = await openStream(server.url, client)
  const [ping] = (await stream.until(({ data }) => data.includes('"ping"'))).filter(({ data }) => data !== '')
  const { id } = JSON.parse(ping!.data)
  const answer = await post(server.url, { jsonrpc: '2.0', id, result: {} }, client)
  expect([answer.status, answer.text]).toEqual([202, ''])
  await stream.ended
  await server.close()
})

it('has neither GET nor DELETE when stateless', async () => {
  const server = await startReference({ mode: 'stateless' })
  for (const method of ['GET', 'DELETE']) {
    const reply = await fetch(server.url, { method, headers: accept })
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  }
  await server.close()
})

it('frees its port though streams are open', async () => {
  const server = await startReference({ mode: 'stateful' })
  const stream = await openStream(server.url, await handshake(server))
  const started = Date.now()
  await server.close()
  await stream.ended
  expect(Date.now() - started).toBeLessThan(1000)
  const again = await startReference({ mode: 'stateful', port: Number(new URL(server.url).port) })
  await again.close()
})
