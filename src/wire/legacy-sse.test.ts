import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  beginStream,
  greeting,
  resultOf,
  type Seen,
  sendEvent,
  serveHttp,
  testPeer,
} from '../../test/support/servers.js'
import { LegacySession } from './legacy-sse.js'

interface Line {
  /** The stream of the connection that came last. */
  stream: ServerResponse
  answer: ServerResponse
}

/** A hand-made HTTP+SSE server: announces `endpoint`, greets over the stream, and leaves other posts to `rest`. */
function serve(
  endpoint: string,
  rest: (seen: Seen, line: Line) => void = ({ message }, { stream, answer }) => {
    answer.writeHead(202).end()
    if ('id' in message) sendEvent(stream, resultOf(message))
  },
) {
  let stream: ServerResponse
  return serveHttp((seen, answer) => {
    if (seen.method === 'GET') {
      beginStream(answer)
      stream = answer
      answer.write(`event: endpoint\ndata: ${endpoint}\n\n`)
      return
    }
    if (seen.message?.method === 'initialize') {
      answer.writeHead(202).end('Accepted')
      return sendEvent(stream, greeting(seen.message))
    }
    rest(seen, { stream, answer })
  })
}

const open = (url: string, more: Parameters<typeof testPeer>[1] = {}) =>
  LegacySession.open(testPeer(url, more), '2025-11-25')

describe('the endpoint event', () => {
  it.each([
    ['relative to the server', '/messages?sessionId=1', (origin: string) => `${origin}/messages?sessionId=1`],
    ['relative to the stream', 'messages', (origin: string) => `${origin}/messages`],
    ['only a query', '?s=1', (origin: string) => `${origin}/mcp?s=1`],
  ])('%s', async (_, endpoint, expected) => {
    const { url, seen } = await serve(endpoint)
    const session = await open(url)
    expect(session.postUrl).toBe(expected(new URL(url).origin))
    expect(session).toMatchObject({ transport: 'http+sse', revision: '2025-11-25' })
    expect(seen.map((one) => one.message?.method ?? one.method)).toEqual([
      'GET',
      'initialize',
      'notifications/initialized',
    ])
    expect(seen[0]!.headers.accept).toBe('text/event-stream')
  })

  it('absolute, of the same origin', async () => {
    let own = ''
    const { url } = await serveHttp((seen, answer) => {
      if (seen.method !== 'GET') return answer.writeHead(202).end()
      beginStream(answer)
      answer.write(`event: endpoint\ndata: ${own}/there\n\n`)
    })
    own = new URL(url).origin
    const session = await open(url, { timeoutMs: 100 })
    expect(session.postUrl).toBe(`${own}/there`)
  })

  it.each([
    ['of a foreign origin', 'http://evil.example/messages'],
    ['of this host by another name', 'http://localhost:1/messages'],
    ['that is no URL', 'http://'],
    ['that is another scheme', 'javascript:alert(1)'],
  ])('%s is refused: nothing is posted', async (_, endpoint) => {
    const { url, seen } = await serve(endpoint)
    const session = await open(url, { timeoutMs: 100, credentials: [['authorization', 'Bearer abc']] })
    expect(session.postUrl).toBe('')
    expect(session.opening).toBe(session.stream)
    expect(seen).toHaveLength(1)
  })

  it.each([
    [405, 'text/plain'],
    [200, 'application/json'],
  ])('missing, with HTTP %i %s: opening is what GET brought', async (status, type) => {
    const { url } = await serveHttp((_, answer) => answer.writeHead(status, { 'content-type': type }).end('{}'))
    const session = await open(url)
    expect([session.opening.status, session.postUrl]).toEqual([status, ''])
  })
})

describe('answers on the shared stream', () => {
  it('are matched by id, in whatever order they come', async () => {
    const waiting: object[] = []
    const { url } = await serve('/m', ({ message }, { stream, answer }) => {
      answer.writeHead(202).end()
      if (!('id' in message)) return
      waiting.unshift(resultOf(message, { is: message.method }))
      if (waiting.length === 3) for (const one of waiting) sendEvent(stream, one)
    })
    const session = await open(url)
    const replies = await Promise.all(['a', 'b', 'c'].map((method) => session.request(method)))
    expect(replies.map((reply) => reply.response?.result.is)).toEqual(['a', 'b', 'c'])
    expect(replies.map((reply) => reply.status)).toEqual([202, 202, 202])
  })

  it.each<[string, (id: number) => unknown]>([
    ['the number as a string', (id) => String(id)],
    ['null', () => null],
    ['another id', () => 'zzz'],
  ])('with a mangled id (%s) still reach the request', async (_, mangle) => {
    const { url } = await serve('/m', ({ message }, { stream, answer }) => {
      answer.writeHead(202).end()
      if ('id' in message) sendEvent(stream, { ...resultOf(message), id: mangle(message.id) })
    })
    const reply = await (await open(url)).request('ping', {}, { id: 7000 })
    expect(reply.response).toMatchObject({ id: mangle(7000), result: {} })
  })

  it('may come before the 202 of the POST', async () => {
    const { url } = await serve('/m', ({ message }, { stream, answer }) => {
      if (!('id' in message)) return answer.writeHead(202).end()
      sendEvent(stream, resultOf(message, { early: true }))
      setImmediate(() => answer.writeHead(202).end())
    })
    const reply = await (await open(url)).request('ping')
    expect(reply.response?.result).toEqual({ early: true })
  })

  it('that never come end with the bound', async () => {
    const { url } = await serve('/m', (_, { answer }) => answer.writeHead(202).end())
    const reply = await (await open(url)).request('ping', {}, { timeoutMs: 60 })
    expect([reply.status, reply.response]).toEqual([202, undefined])
  })

  it('are not waited for when the POST was refused, nor for notifications', async () => {
    const { url } = await serve('/m', ({ message }, { answer }) => answer.writeHead('id' in message ? 400 : 202).end())
    const session = await open(url, { timeoutMs: 20_000 })
    expect((await session.request('ping')).status).toBe(400)
    expect((await session.notify('notifications/x')).status).toBe(202)
  })

  it('a body that is no JSON is posted as it is, and an error without an id is its answer', async () => {
    const { url, seen } = await serve('/m', ({ message }, { stream, answer }) => {
      answer.writeHead(202).end()
      if (!message) sendEvent(stream, { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'no' } })
    })
    const reply = await (await open(url)).post('{"a":')
    expect(seen.at(-1)!.body).toBe('{"a":')
    expect(reply.response?.error.code).toBe(-32700)
  })
})

it('a ping of the server is answered by a POST', async () => {
  const { url, seen } = await serve('/m', ({ message }, { stream, answer }) => {
    answer.writeHead(202).end()
    if (!('id' in message) || !('method' in message)) return
    sendEvent(stream, { jsonrpc: '2.0', id: 'p', method: 'ping' })
    sendEvent(stream, resultOf(message))
  })
  const session = await open(url)
  await session.request('tools/list')
  await Promise.all(session.answered.map((one) => one.reply))
  expect(seen.at(-1)!.message).toEqual({ jsonrpc: '2.0', id: 'p', result: {} })
  expect(session.received.map((one) => one.channel)).toEqual(['legacy-stream', 'legacy-stream', 'legacy-stream'])
})

it('what a server broadcasts is told apart from what was asked for', async () => {
  const streams: ServerResponse[] = []
  const { url } = await serveHttp(({ method, message }, answer) => {
    if (method === 'GET') {
      beginStream(answer)
      streams.push(answer)
      return answer.write('event: endpoint\ndata: /m\n\n')
    }
    answer.writeHead(202).end()
    const response = message.method === 'initialize' ? greeting(message) : resultOf(message)
    if ('id' in message) for (const stream of streams) sendEvent(stream, response)
  })
  const [one, other] = [await open(url), await open(url)]
  await Promise.all([one.request('ping', {}, { id: 'asked' }), other.request('ping', {}, { id: 'by the other' })])
  expect(one.received.map(({ message }) => (message as any).id)).toContain('asked')
  expect(one.received.map(({ message }) => (message as any).id)).not.toContain('by the other')
  expect(one.strays.map(({ message }) => (message as any).id)).toContain('by the other')
})

it('closing ends the stream; further connections are sessions of their own', async () => {
  const { url } = await serve('/m')
  const session = await open(url)
  const other = await session.get()
  expect(other.isStream).toBe(true)
  await session.close()
  expect([session.stream.ended, other.ended]).toEqual(['closed', 'closed'])
})
