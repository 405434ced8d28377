import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  beginStream,
  greeting,
  resultOf,
  type Seen,
  sendEvent,
  sendJson,
  serveHttp,
  testPeer,
} from '../../test/support/servers.js'
import { StreamableSession } from './streamable.js'

type Handle = (seen: Seen, answer: ServerResponse) => unknown

/** A hand-made server: greets, takes notifications and answers, gives 405 to GET, and leaves everything else to `rest`. */
function serve(
  rest: Handle = (seen, answer) => sendJson(answer, resultOf(seen.message)),
  headers: Record<string, string> = {},
) {
  return serveHttp((seen, answer) => {
    const { method, message } = seen
    if (message?.method === 'initialize') return sendJson(answer, greeting(message), headers)
    if (method === 'DELETE' || (message && !Array.isArray(message) && !('id' in message && 'method' in message)))
      return answer.writeHead(202).end()
    if (method === 'GET' && rest.length === 0) return answer.writeHead(405).end()
    rest(seen, answer)
  })
}

const open = (url: string, more: Parameters<typeof testPeer>[1] = {}, options = {}) =>
  StreamableSession.open(testPeer(url, more), '2025-11-25', options)

describe('the handshake', () => {
  it.each(['json', 'sse'])('is done over %s answers', async (form) => {
    const { url, seen } = await serveHttp(({ message }, answer) => {
      if (message?.method !== 'initialize') return answer.writeHead(202).end()
      if (form === 'json') return sendJson(answer, greeting(message), { 'Mcp-Session-Id': 'abc' })
      beginStream(answer, { 'mcp-session-id': 'abc' })
      sendEvent(answer, greeting(message))
      answer.end()
    })
    const session = await open(url)
    expect(session).toMatchObject({ revision: '2025-11-25', id: 'abc', transport: 'streamable-http', postUrl: url })
    expect(session.initialized?.status).toBe(202)
    expect(seen.map((one) => one.message.method)).toEqual(['initialize', 'notifications/initialized'])
    expect(seen[0]!.message).toMatchObject({
      jsonrpc: '2.0',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'mcp-gauntlet' } },
    })
    expect(seen[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    })
  })

  it('session id and version go out after initialize only', async () => {
    const { url, seen } = await serve(undefined, { 'mcp-session-id': 'abc' })
    const session = await open(url)
    await session.request('ping')
    const sent = seen.map(({ headers }) => [headers['mcp-session-id'], headers['mcp-protocol-version']])
    expect(sent).toEqual([
      [undefined, undefined],
      ['abc', '2025-11-25'],
      ['abc', '2025-11-25'],
    ])
  })

  it('the version header belongs to 2025-06-18 and later', async () => {
    const { url, seen } = await serve()
    const session = await open(url, {}, { offer: '2025-03-26' })
    await session.request('ping')
    expect(session.revision).toBe('2025-03-26')
    expect(seen.at(-1)!.headers['mcp-protocol-version']).toBeUndefined()
  })

  it('options are followed: capabilities, id, headers, no notification', async () => {
    const { url, seen } = await serve()
    await open(url, {}, { capabilities: { roots: {} }, id: 'first', headers: { 'x-a': 'b' }, initialized: false })
    expect(seen).toHaveLength(1)
    expect(seen[0]!.message).toMatchObject({ id: 'first', params: { capabilities: { roots: {} } } })
    expect(seen[0]!.headers['x-a']).toBe('b')
  })

  it.each<[string, Handle]>([
    ['an HTTP error', (_, answer) => answer.writeHead(500).end('oops')],
    [
      'a JSON-RPC error',
      ({ message }, answer) => sendJson(answer, { jsonrpc: '2.0', id: message.id, error: { code: -32602 } }),
    ],
    ['a result that is no object', ({ message }, answer) => sendJson(answer, resultOf(message, 'hello'))],
  ])('after %s nothing more is sent, and the session says how it went', async (_, handle) => {
    const { url, seen } = await serveHttp(handle)
    const session = await open(url)
    await session.close()
    expect(seen).toHaveLength(1)
    expect(session.initialized).toBeUndefined()
    expect(session.opening.status).toBeGreaterThan(0)
  })
})

describe('identities', () => {
  const peer = {
    plainHeaders: [['x-plain', '1']],
    credentials: [['authorization', 'Bearer own']],
    secondCredentials: [['authorization', 'Bearer second']],
  } as const
  it.each([
    [undefined, 'Bearer own'],
    ['own', 'Bearer own'],
    ['second', 'Bearer second'],
    ['none', undefined],
    [[['authorization', 'Bearer odd']], 'Bearer odd'],
  ] as const)('%j sends %s, and plain headers always', async (identity, authorization) => {
    const { url, seen } = await serve()
    const session = await open(url, structuredClone(peer) as never)
    await session.request('ping', {}, identity ? { identity: identity as never } : {})
    expect(seen.at(-1)!.headers).toMatchObject({ 'x-plain': '1' })
    expect(seen.at(-1)!.headers.authorization).toBe(authorization)
  })
})

describe('payloads', () => {
  it.each<[string, unknown, string]>([
    ['an object', { a: 1 }, '{"a":1}'],
    ['a text as it is', '{"a": 1', '{"a": 1'],
    ['bytes', Buffer.from('é'), 'é'],
    ['bytes in pieces', [Buffer.from('{"a"'), Buffer.from(':1}')], '{"a":1}'],
    ['a batch', [{ id: 1, method: 'ping' }], '[{"id":1,"method":"ping"}]'],
  ])('%s', async (_, payload, body) => {
    const { url, seen } = await serve((_seen, answer) => sendJson(answer, { id: 1, result: {} }))
    const session = await open(url)
    await session.post(payload as object, { 'x-a': ['1', '2'], accept: null })
    const last = seen.findLast((one) => one.headers['x-a'])!
    expect([last.body, last.headers['x-a'], last.headers.accept]).toEqual([body, '1, 2', undefined])
  })

  it('a batch is read until every response is there', async () => {
    const { url } = await serve((_, answer) => {
      beginStream(answer)
      sendEvent(answer, { id: 2, result: {} })
      setImmediate(() => sendEvent(answer, { id: 1, error: { code: 1 } }))
    })
    const reply = await (await open(url)).post(
      [{ id: 1, method: 'a' }, { id: 2, method: 'b' }, { method: 'c' }],
      {},
      { lingerMs: 0 },
    )
    expect(reply.messages).toHaveLength(2)
  })
})

describe('streams', () => {
  it('an answer that breaks off after an event with an id is fetched by GET with Last-Event-ID, keeping to retry', async () => {
    const { url, seen } = await serve(({ method, message, headers }, answer) => {
      beginStream(answer)
      if (method === 'GET') {
        const call = seen.find((one) => one.message?.method === 'slow')!.message
        if (headers['last-event-id'] === '1') sendEvent(answer, { method: 'notifications/progress' }, '2')
        else sendEvent(answer, resultOf(call, { late: true }), '3')
      } else if (message.method === 'slow') answer.write('id: 1\nretry: 20\ndata:\n\n')
      answer.end()
    })
    const session = await open(url)
    const reply = await session.request('slow')
    expect(reply.response?.result).toEqual({ late: true })
    expect(reply).toMatchObject({ resumed: 2, lastEventId: '3', retry: 20 })
    expect(seen.filter((one) => one.method === 'GET').map((one) => one.headers['last-event-id'])).toEqual(['1', '2'])
    expect(session.received.map((one) => one.channel)).toEqual(['answer', 'get-stream', 'get-stream'])
  })

  it.each<[string, string, object]>([
    ['without an event id there is nothing to resume from', 'data: {"method":"a"}\n\n', {}],
    ['when told not to', 'id: 1\ndata:\n\n', { resume: false }],
  ])('no resumption: %s', async (_, body, options) => {
    const { url, seen } = await serve((_seen, answer) => {
      beginStream(answer)
      answer.end(body)
    })
    const reply = await (await open(url)).request('slow', {}, options)
    expect([reply.response, reply.ended, reply.resumed]).toEqual([undefined, 'complete', 0])
    expect(seen.filter((one) => one.method === 'GET')).toEqual([])
  })

  it('a server that ends every stream is not asked for ever', async () => {
    const { url, seen } = await serve(({ method }, answer) => {
      beginStream(answer)
      answer.end(method === 'GET' ? '' : 'id: 1\nretry: 1\ndata:\n\n')
    })
    await (await open(url)).request('slow')
    expect(seen.filter((one) => one.method === 'GET')).toHaveLength(5)
  })

  it('a stream that stays open after its response is closed by us, what came meanwhile is kept', async () => {
    const { url } = await serve(({ message }, answer) => {
      beginStream(answer)
      sendEvent(answer, resultOf(message))
      setImmediate(() => sendEvent(answer, { method: 'notifications/message' }))
    })
    const reply = await (await open(url)).request('slow', {}, { lingerMs: 60 })
    expect([reply.ended, reply.messages.length]).toEqual(['closed', 2])
  })

  it('a stream without a response ends with the bound', async () => {
    const { url } = await serve((_, answer) => beginStream(answer))
    const reply = await (await open(url)).request('slow', {}, { timeoutMs: 60 })
    expect([reply.response, reply.ended]).toEqual([undefined, 'timeout'])
  })

  it('a GET that is never answered ends with the bound of ordinary waits', async () => {
    const { url } = await serve(
      ({ method, message }, answer) => method !== 'GET' && sendJson(answer, resultOf(message)),
    )
    const session = await open(url, { timeoutMs: 100 })
    const stream = await session.get()
    expect([stream.status, stream.ended]).toEqual([0, 'timeout'])
  })

  it('GET opens a stream that stays open, asked for as an event stream', async () => {
    const { url, seen } = await serve((_, answer) => {
      beginStream(answer)
      sendEvent(answer, { method: 'notifications/message' }, '1')
    })
    const session = await open(url)
    const stream = await session.get({ 'last-event-id': '0' })
    await stream.until((reply) => reply.messages.length > 0, 1000)
    expect(stream.ended).toBeUndefined()
    expect(seen.at(-1)!.headers).toMatchObject({ accept: 'text/event-stream', 'last-event-id': '0' })
    await session.close()
    expect(stream.ended).toBe('closed')
  })
})

describe('requests of the server', () => {
  it('a ping on the stream of an answer is answered; what we do not offer is refused', async () => {
    const { url, seen } = await serve(({ message }, answer) => {
      beginStream(answer)
      sendEvent(answer, { jsonrpc: '2.0', id: 'p', method: 'ping' })
      sendEvent(answer, { jsonrpc: '2.0', id: 's', method: 'sampling/createMessage' })
      sendEvent(answer, resultOf(message))
    })
    const session = await open(url)
    await session.request('slow')
    const replies = await Promise.all(session.answered.map((one) => one.reply))
    expect(replies.map((reply) => reply.status)).toEqual([202, 202])
    const answers = seen.map((one) => one.message).filter((message) => message && !('method' in message))
    expect(answers).toEqual([
      { jsonrpc: '2.0', id: 'p', result: {} },
      { jsonrpc: '2.0', id: 's', error: { code: -32601, message: expect.any(String) } },
    ])
  })

  it('with the budget spent the answer fails, and nothing else does', async () => {
    const { url } = await serve(({ message }, answer) => {
      beginStream(answer)
      sendEvent(answer, { jsonrpc: '2.0', id: 'p', method: 'ping' })
      sendEvent(answer, resultOf(message))
    })
    const session = await open(url, { maxRequests: 3 })
    const reply = await session.request('slow')
    expect(reply.response?.result).toEqual({})
    await expect(session.answered[0]!.reply).rejects.toThrow('budget')
  })
})

describe('closing', () => {
  it('deletes the session once', async () => {
    const { url, seen } = await serve(undefined, { 'mcp-session-id': 'abc' })
    const session = await open(url)
    await session.close()
    await session.close()
    const deletes = seen.filter((one) => one.method === 'DELETE')
    expect(deletes.map((one) => [one.headers['mcp-session-id'], one.headers['mcp-protocol-version']])).toEqual([
      ['abc', '2025-11-25'],
    ])
  })

  it('does not delete what delete() has ended, nor where there is no session', async () => {
    const { url, seen } = await serve(undefined, { 'mcp-session-id': 'abc' })
    const session = await open(url)
    expect((await session.delete()).status).toBe(202)
    await session.close()
    const stateless = await serve()
    await (await open(stateless.url)).close()
    expect([...seen, ...stateless.seen].filter((one) => one.method === 'DELETE')).toHaveLength(1)
  })

  it('a session whose DELETE was answered with success is as new to nobody, whoever asked and with whatever headers', async () => {
    const { url } = await serve(undefined, { 'mcp-session-id': 'abc' })
    const sessions = await Promise.all([1, 2, 3].map(() => open(url)))
    expect(sessions.map(({ asNew }) => asNew)).toEqual([true, true, true])
    await sessions[0]!.delete({ 'mcp-protocol-version': null })
    await sessions[1]!.delete({}, { identity: 'none' })
    expect(sessions.map(({ asNew }) => asNew)).toEqual([false, false, true])
  })

  it('does not throw when the budget is spent', async () => {
    const { url } = await serve(undefined, { 'mcp-session-id': 'abc' })
    const session = await open(url, { maxRequests: 2 })
    await expect(session.close()).resolves.toBeUndefined()
  })
})

it('a server whose streams never cease to ask gets 50 answers, however many views of the session there are', async () => {
  const { url, seen } = await serveHttp(({ message }, answer) => {
    if (message?.method === 'initialize') return void sendJson(answer, greeting(message))
    beginStream(answer)
    for (let count = 0; count < 100; count++) sendEvent(answer, { jsonrpc: '2.0', id: count, method: 'ping' })
    if (message?.method === 'tools/list') sendEvent(answer, resultOf(message, { tools: [] }))
  })
  const session = await open(url)
  const views = [1, 2, 3].map(() => StreamableSession.adopt(testPeer(url), session))
  await Promise.all(views.map((view) => view.request('tools/list')))
  await Promise.all(views.flatMap((view) => view.answered.map(({ reply }) => reply)))
  expect(seen.filter(({ message }) => message && 'result' in message)).toHaveLength(50)
})
