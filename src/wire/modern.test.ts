import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  beginStream,
  resultOf,
  type Seen,
  sendEvent,
  sendJson,
  serveHttp,
  testPeer,
} from '../../test/support/servers.js'
import { metaKey } from '../protocol/modern.js'
import { ModernSession } from './modern.js'

type Handle = (seen: Seen, answer: ServerResponse) => unknown

const tool = {
  name: 'sql',
  inputSchema: { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } },
}

/** A hand-made server: answers every request with an empty result, tools/list with one tool, and leaves the rest to `rest`. */
function serve(rest?: Handle) {
  return serveHttp((seen, answer) => {
    const { method, message } = seen
    if (method !== 'POST') return answer.writeHead(405).end()
    if (message?.method === 'tools/list') return sendJson(answer, resultOf(message, { tools: [tool] }))
    if (rest) return rest(seen, answer)
    if (message && !('id' in message)) return answer.writeHead(202).end()
    sendJson(answer, resultOf(message ?? { id: null }))
  })
}

async function open(url: string, options = {}, more: Parameters<typeof testPeer>[1] = {}) {
  return ModernSession.open(testPeer(url, more), '2026-07-28', options)
}

const meta = (seen: Seen) => seen.message.params._meta

describe('every request says what it speaks', () => {
  it('from the first one on, which is server/discover', async () => {
    const { url, seen } = await serve()
    const session = await open(url)
    expect(session).toMatchObject({ revision: '2026-07-28', transport: 'streamable-http', postUrl: url })
    expect(session.id).toBeUndefined()
    expect(session.opening.status).toBe(200)
    expect(seen).toHaveLength(1)
    expect(seen[0]!.message).toMatchObject({ jsonrpc: '2.0', method: 'server/discover' })
    expect(meta(seen[0]!)).toEqual({
      [metaKey.protocolVersion]: '2026-07-28',
      [metaKey.clientInfo]: { name: 'mcp-gauntlet', version: '0.1.0' },
      [metaKey.clientCapabilities]: {},
    })
    expect(seen[0]!.headers).toMatchObject({
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'server/discover',
    })
    expect(seen[0]!.headers['mcp-name']).toBeUndefined()
    expect(seen[0]!.headers['mcp-session-id']).toBeUndefined()
  })

  it.each<[string, Record<string, unknown>, string | undefined]>([
    ['prompts/get', { name: 'greeting' }, 'greeting'],
    ['resources/read', { uri: 'file:///ä' }, '=?base64?ZmlsZTovLy/DpA==?='],
    ['tools/call', { name: 'sql' }, 'sql'],
    ['completion/complete', { name: 'x' }, undefined],
    ['tools/call', { name: 7 }, undefined],
  ])('%s %j names %s', async (method, params, name) => {
    const { url, seen } = await serve()
    await (await open(url)).request(method, params)
    expect(seen.at(-1)!.headers['mcp-method']).toBe(method)
    expect(seen.at(-1)!.headers['mcp-name']).toBe(name)
    expect(seen.at(-1)!.message.params).toMatchObject(params)
  })

  it('arguments that a tool wants in headers are mirrored, once its listing is known', async () => {
    const { url, seen } = await serve()
    const session = await open(url)
    await session.request('tools/call', { name: 'sql', arguments: { region: 'north' } })
    await ModernSession.adopt(testPeer(url), session).request('tools/call', {
      name: 'sql',
      arguments: { region: 'süd' },
    })
    expect(seen.map(({ message }) => message.method)).toEqual([
      'server/discover',
      'tools/list',
      'tools/call',
      'tools/call',
    ])
    expect(seen.slice(2).map(({ headers }) => headers['mcp-param-region'])).toEqual(['north', '=?base64?c8O8ZA==?='])
  })

  it('strangers list no tools for others', async () => {
    const { url, seen } = await serve()
    const session = await open(url)
    await session.request('tools/call', { name: 'sql' }, { identity: 'none' })
    expect(seen.map(({ message }) => message.method)).toEqual(['server/discover', 'tools/call'])
  })

  it('GET and DELETE carry the version, notifications no metadata', async () => {
    const { url, seen } = await serve()
    const session = await open(url)
    await session.get()
    await session.delete()
    expect((await session.notify('notifications/x', { a: 1 })).status).toBe(202)
    expect(seen.slice(1).map(({ method, headers }) => [method, headers['mcp-protocol-version']])).toEqual([
      ['GET', '2026-07-28'],
      ['DELETE', '2026-07-28'],
      ['POST', '2026-07-28'],
    ])
    expect(seen.at(-1)!.message.params).toEqual({ a: 1 })
    expect(seen.at(-1)!.headers['mcp-method']).toBe('notifications/x')
  })
})

describe('what it says can be changed on purpose', () => {
  it('by the options of the session', async () => {
    const { url, seen } = await serve()
    await open(url, { offer: '2099-01-01', capabilities: { roots: {} }, identity: [['x-key', 'k']], id: 'first' })
    expect(seen[0]!.message.id).toBe('first')
    expect(seen[0]!.headers).toMatchObject({ 'mcp-protocol-version': '2099-01-01', 'x-key': 'k' })
    expect(meta(seen[0]!)).toMatchObject({
      [metaKey.protocolVersion]: '2099-01-01',
      [metaKey.clientCapabilities]: { roots: {} },
    })
  })

  it('by `spelling`: the names of mirrored headers, no others', async () => {
    const { url, seen } = await serve()
    await (await open(url)).request('tools/call', { name: 'sql' }, { spelling: (name) => name.toUpperCase() })
    const names = seen.at(-1)!.raw.map(([name]) => name)
    expect(names).toEqual(expect.arrayContaining(['MCP-PROTOCOL-VERSION', 'MCP-METHOD', 'MCP-NAME', 'content-type']))
  })

  it('by `meta`: headers follow the body', async () => {
    const { url, seen } = await serve()
    const session = await open(url)
    await session.request('x', undefined, { meta: { protocolVersion: '1999-01-01', clientInfo: undefined, 'a/b': 1 } })
    expect(meta(seen[1]!)).toEqual({
      [metaKey.protocolVersion]: '1999-01-01',
      [metaKey.clientCapabilities]: {},
      'a/b': 1,
    })
    expect(seen[1]!.headers['mcp-protocol-version']).toBe('1999-01-01')
    await session.request('x', { a: 1 }, { meta: { protocolVersion: undefined } })
    expect(meta(seen[2]!)).not.toHaveProperty([metaKey.protocolVersion])
    expect(seen[2]!.headers['mcp-protocol-version']).toBe('2026-07-28')
    await session.request('x', { a: 1 }, { meta: false })
    expect(seen[3]!.message.params).toEqual({ a: 1 })
  })

  it('members that the params bring along stay, and go before ours', async () => {
    const { url, seen } = await serve()
    const own = { progressToken: 't', [metaKey.clientCapabilities]: { sampling: {} } }
    await (await open(url)).request('x', { _meta: own })
    expect(meta(seen[1]!)).toMatchObject({ ...own, [metaKey.protocolVersion]: '2026-07-28' })
  })

  it('by headers: missing, wrong, doubled', async () => {
    const { url, seen } = await serve()
    const session = await open(url)
    await session.request('x', {}, { headers: { 'Mcp-Method': null, 'mcp-protocol-version': ['a', 'b'] } })
    expect(seen[1]!.headers['mcp-method']).toBeUndefined()
    expect(seen[1]!.raw.filter(([name]) => name === 'mcp-protocol-version').map(([, value]) => value)).toEqual([
      'a',
      'b',
    ])
  })

  it('a body given as text goes out as it is, with headers that fit it where it shows a method', async () => {
    const { url, seen } = await serve()
    const session = await open(url)
    for (const body of ['{"method":"tools/list","id":1', 'garbage', '{"jsonrpc":"2.0","id":1,"result":{}}'])
      await session.post(body)
    expect(seen.slice(1).map(({ body }) => body)).toEqual([
      '{"method":"tools/list","id":1',
      'garbage',
      '{"jsonrpc":"2.0","id":1,"result":{}}',
    ])
    expect(seen.slice(1).map(({ headers }) => headers['mcp-method'])).toEqual([
      'tools/list',
      'server/discover',
      undefined,
    ])
  })

  it('requests of a batch are whole each', async () => {
    const { url, seen } = await serve((_, answer) => answer.writeHead(400).end())
    await (await open(url)).post([{ jsonrpc: '2.0', id: 1, method: 'x' }])
    expect(seen[1]!.message[0].params._meta).toHaveProperty([metaKey.protocolVersion], '2026-07-28')
  })
})

describe('streams', () => {
  const streaming: Handle = ({ message }, answer) => {
    if (message.method === 'server/discover') return sendJson(answer, resultOf(message))
    beginStream(answer)
    if (message.method === 'silent') return
    sendEvent(answer, { jsonrpc: '2.0', method: 'notifications/x', params: {} })
    if (message.method === 'subscriptions/listen') return
    sendEvent(answer, { jsonrpc: '2.0', id: 9, method: 'roots/list' })
    sendEvent(answer, resultOf(message, { done: true }))
    answer.end()
  }

  it('messages are noted with the place they came from; requests of the server get no answer', async () => {
    const { url, seen } = await serve(streaming)
    const session = await open(url)
    const reply = await session.request('x')
    expect(reply.response?.result).toEqual({ done: true })
    expect(session.received.map(({ channel }) => channel)).toEqual([
      'answer',
      'post-stream',
      'post-stream',
      'post-stream',
    ])
    expect(session.answered).toEqual([])
    expect(seen).toHaveLength(2)
  })

  it('a subscription stays open until it is closed, which the server sees', async () => {
    let close = () => {}
    const closed = new Promise<void>((resolve) => {
      close = resolve
    })
    const { url, seen } = await serve((one, answer) => {
      if (one.message.method === 'subscriptions/listen') answer.on('close', close)
      streaming(one, answer)
    })
    const session = await open(url)
    const reply = await session.listen({ toolsListChanged: true }, { id: 'sub' })
    expect(seen[1]!.message).toMatchObject({ id: 'sub', params: { notifications: { toolsListChanged: true } } })
    expect(reply.ended).toBeUndefined()
    expect(session.received.at(-1)).toMatchObject({ channel: 'listen-stream', reply })
    reply.close()
    await closed
    expect(reply.ended).toBe('closed')
  })

  it('what is still open is closed with the session', async () => {
    const { url } = await serve(streaming)
    const session = await open(url, {}, { timeoutMs: 300 })
    const live = await session.request('silent', undefined, { live: true })
    expect(live.ended).toBeUndefined()
    await session.close()
    expect(live.ended).toBe('closed')
  })

  it('an answer that never comes is given up', async () => {
    const { url } = await serve(streaming)
    const session = await open(url, {}, { timeoutMs: 300 })
    expect((await session.request('silent')).ended).toBe('timeout')
  })
})
