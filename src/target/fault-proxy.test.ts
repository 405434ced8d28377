import type { ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  beginStream,
  resultOf,
  type Seen,
  sendEvent,
  sendJson,
  serveHttp,
  testPeer,
} from '../../test/support/servers.js'
import { calls, type FaultSource, instead, json, onError, onReply, onResult } from '../conformance/fault.js'
import { request } from '../wire/jsonrpc.js'
import { send } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import { startFaultProxy } from './fault-proxy.js'

/** A server that answers `json` with JSON, `fail` with an error, `batch` with two, everything else by a stream of two events; GET opens a stream. */
function handle({ method, message }: Seen, answer: ServerResponse): void {
  if (method === 'DELETE') return void answer.writeHead(204, { 'x-kept': 'yes' }).end()
  if (method === 'GET') {
    beginStream(answer, { 'x-kept': 'yes' })
    answer.write(': hello\n\nretry: 70\n')
    sendEvent(answer, { method: 'notifications/message' }, '1')
    sendEvent(answer, '', '2')
    answer.end()
    return
  }
  if (message.method === 'json')
    return sendJson(answer, resultOf(message, { from: 'server' }), { 'x-kept': 'yes', 'set-cookie': 'a' })
  if (message.method === 'fail') return sendJson(answer, { id: message.id, error: { code: -32601 } }, {}, 400)
  if (message.method === 'batch') return sendJson(answer, [resultOf(message, 1), resultOf(message, 2)])
  beginStream(answer)
  sendEvent(answer, { method: 'notifications/progress' }, 'a')
  sendEvent(answer, resultOf(message, { from: 'server' }), 'b')
  answer.end()
}

async function behind(fault?: FaultSource, server = handle) {
  const { url, seen } = await serveHttp(server)
  const proxy = await startFaultProxy()
  onTestFinished(() => proxy.close())
  proxy.aim(url)
  proxy.set(fault)
  const peer = testPeer(proxy.url)
  const ask = async (method: 'POST' | 'GET' | 'DELETE', body?: object): Promise<Reply> => {
    const headers: [string, string][] = [
      ['X-Twice', '1'],
      ['X-Twice', '2'],
      ['origin', 'http://o.example'],
    ]
    const reply = await send(peer, { method, url: proxy.url, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    await reply.finished
    return reply
  }
  return { proxy, seen, ask, url, post: (method: string) => ask('POST', request(method)) }
}

const data = (reply: Reply) => reply.events.map((event) => event.data)

describe('without a fault', () => {
  it('everything passes: status, headers, bodies, events with ids, comments, retry', async () => {
    const { ask, post, seen, proxy } = await behind()
    const answer = await post('json')
    expect([answer.status, answer.response?.result, answer.header('x-kept'), answer.header('set-cookie')]).toEqual([
      200,
      { from: 'server' },
      'yes',
      'a',
    ])
    expect((await post('fail')).status).toBe(400)
    expect((await post('batch')).messages).toHaveLength(2)
    expect((await post('stream')).events).toMatchObject([{ id: 'a' }, { id: 'b' }])
    const stream = await ask('GET')
    expect(stream.events).toMatchObject([{ id: '1' }, { id: '2', data: '' }])
    expect([stream.retry, stream.comments[0]?.text, stream.header('x-kept')]).toEqual([70, 'hello', 'yes'])
    expect((await ask('DELETE')).status).toBe(204)
    expect(seen[0]!.headers).toMatchObject({
      host: new URL(proxy.url).host,
      origin: 'http://o.example',
      'x-twice': '1, 2',
    })
    expect(seen[0]!.url).toBe('/mcp')
  })

  it('an event comes through at once, not when the stream ends', async () => {
    let end = () => {}
    const { proxy } = await behind(undefined, (_, answer) => {
      beginStream(answer)
      sendEvent(answer, { first: true })
      end = () => answer.end()
    })
    const reply = await send(testPeer(proxy.url), { method: 'GET', url: proxy.url, headers: [] })
    expect(await reply.until((one) => one.messages.length === 1, 1000)).toBe(true)
    end()
    await reply.finished
    expect(reply.ended).toBe('complete')
  })

  it('a client that hangs up is passed on to the server', async () => {
    let gone = () => {}
    const left = new Promise<void>((resolve) => {
      gone = resolve
    })
    const { proxy } = await behind(undefined, (_, answer) => {
      beginStream(answer)
      answer.on('close', gone)
    })
    const reply = await send(testPeer(proxy.url), { method: 'GET', url: proxy.url, headers: [] })
    reply.close()
    await left
  })

  it('or kept from it: the server goes on, and the fault sees what it says', async () => {
    let told = () => {}
    const later = new Promise<void>((resolve) => {
      told = resolve
    })
    let stream: ServerResponse | undefined
    const fault: FaultSource = {
      hangup: () => 'unnoticed',
      message: (message, { channel }) => {
        if (message.method === 'later' && channel === 'listen-stream') told()
      },
    }
    const { proxy } = await behind(fault, (_, answer) => {
      beginStream(answer)
      sendEvent(answer, { method: 'first' })
      stream = answer
    })
    const body = JSON.stringify(request('subscriptions/listen'))
    const reply = await send(testPeer(proxy.url), { method: 'POST', url: proxy.url, headers: [], body })
    await reply.until(({ events }) => events.length > 0, 1000)
    reply.close()
    const writing = setInterval(() => stream && sendEvent(stream, { method: 'later' }), 20)
    await later
    clearInterval(writing)
    expect(stream!.destroyed).toBe(false)
  })

  it('a server that drops the connection does so through the proxy', async () => {
    const { post } = await behind(undefined, (_, answer) => answer.destroy())
    expect((await post('json')).error?.kind).toBe('reset')
    const { ask } = await behind(undefined, (_, answer) => {
      beginStream(answer)
      setImmediate(() => answer.destroy())
    })
    expect((await ask('GET')).ended).toBe('reset')
  })

  it('nothing behind it: the connection is dropped', async () => {
    const { proxy, post } = await behind()
    proxy.aim('http://127.0.0.1:1/mcp')
    expect((await post('json')).error?.kind).toBe('reset')
  })
})

describe('request', () => {
  it('changes what the server sees', async () => {
    const { post, seen } = await behind({
      request: (one) => ({
        ...one,
        headers: { ...one.headers, 'x-new': '1' },
        body: one.body.replace('"json"', '"batch"'),
      }),
    })
    expect((await post('json')).messages).toHaveLength(2)
    expect(seen[0]!.headers['x-new']).toBe('1')
  })

  it('answers in place of the server', async () => {
    const { post, seen } = await behind(instead(calls('json'), () => json(418, { tea: true }, { 'x-a': 'b' })))
    const reply = await post('json')
    expect([reply.status, reply.messages, reply.header('x-a'), seen.length]).toEqual([418, [{ tea: true }], 'b', 0])
    expect((await post('fail')).status).toBe(400)
  })
})

describe('reply', () => {
  it.each(['json', 'stream'])('changes status and headers of %s answers', async (method) => {
    const { post } = await behind(
      onReply(calls(/./), (reply) => ({ ...reply, status: 202, headers: { ...reply.headers, 'x-a': 'b' } })),
    )
    const reply = await post(method)
    expect([reply.status, reply.header('x-a'), reply.response?.result]).toEqual([202, 'b', { from: 'server' }])
  })

  it('a body takes the place of a stream', async () => {
    const { post } = await behind(
      onReply(
        () => true,
        () => json(200, { whole: true }),
      ),
    )
    const reply = await post('stream')
    expect([reply.type, reply.messages]).toEqual(['application/json', [{ whole: true }]])
  })

  it('may change the GET stream', async () => {
    const { ask } = await behind({
      reply: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } }),
    })
    expect((await ask('GET')).type).toBe('text/plain')
  })
})

describe('message', () => {
  it.each(['json', 'stream'])('results are changed on %s answers, the rest stays', async (method) => {
    const { post } = await behind(onResult(method, (result) => ({ ...result, from: 'fault' })))
    expect((await post(method)).response?.result).toEqual({ from: 'fault' })
    expect((await post(method === 'json' ? 'stream' : 'json')).response?.result).toEqual({ from: 'server' })
  })

  it('errors are changed, at every method or one', async () => {
    const { post, proxy } = await behind(onError((error) => ({ ...error, code: 'text' })))
    expect((await post('fail')).response?.error).toEqual({ code: 'text' })
    proxy.set(onError((error) => ({ ...error, code: 'text' }), 'other'))
    expect((await post('fail')).response?.error).toEqual({ code: -32601 })
  })

  it.each<[string, string, unknown[]]>([
    ['json', 'an empty body', []],
    ['stream', 'a stream without it', []],
  ])('null drops it from a %s answer: %s', async (method, _, messages) => {
    const { post } = await behind({ message: () => null })
    expect((await post(method)).messages).toEqual(messages)
  })

  it('a list sends several; on a stream the last keeps the event id', async () => {
    const twice: FaultSource = { message: (message) => ('result' in message ? [{ extra: 1 }, message] : undefined) }
    const { post, proxy } = await behind(twice)
    expect((await post('json')).messages).toMatchObject([{ extra: 1 }, { result: { from: 'server' } }])
    proxy.set(twice)
    expect((await post('stream')).events).toMatchObject([{ id: 'a' }, { data: '{"extra":1}' }, { id: 'b' }])
    expect((await post('stream')).events[1]!.id).toBeUndefined()
  })

  it('each of a batch is changed; what is not touched stays byte for byte', async () => {
    const { post, proxy } = await behind({
      message: (message) => (message.result === 2 ? { ...message, result: 3 } : undefined),
    })
    expect((await post('batch')).messages).toMatchObject([{ result: 1 }, { result: 3 }])
    proxy.set({ message: () => undefined })
    expect((await post('json')).text).toMatch(/^{"jsonrpc":"2.0","id":\d+,"result":{"from":"server"}}$/)
  })

  it('knows the channel and the call', async () => {
    const known: unknown[] = []
    const { ask, post } = await behind({
      message: (message, context) => void known.push([context.channel, context.call?.method, 'result' in message]),
    })
    await post('json')
    await post('stream')
    await ask('GET')
    expect(known).toEqual([
      ['json', 'json', true],
      ['post-stream', 'stream', false],
      ['post-stream', 'stream', true],
      ['get-stream', undefined, false],
    ])
  })
})

describe('event, retry and end', () => {
  it('events are changed, dropped and added, on POST and GET streams', async () => {
    const { ask, post } = await behind({
      event: (event) =>
        event.id === 'a' || event.id === '1' ? null : [{ data: 'new' }, { ...event, id: `${event.id}!` }],
    })
    expect((await post('stream')).events).toMatchObject([{ data: 'new' }, { id: 'b!' }])
    expect((await ask('GET')).events).toMatchObject([{ data: 'new' }, { id: '2!', data: '' }])
  })

  it.each<[number | null, number | undefined]>([
    [5, 5],
    [null, undefined],
  ])('retry becomes %s', async (changed, seen) => {
    const { ask } = await behind({ retry: () => changed })
    expect((await ask('GET')).retry).toBe(seen)
  })

  it('end holds the stream open, and may still send', async () => {
    const { post } = await behind({
      end: async (context) => {
        await new Promise((resolve) => setImmediate(resolve))
        for (const stream of context.streams) stream.send({ data: '"late"' })
      },
    })
    const reply = await post('stream')
    expect([data(reply).at(-1), reply.ended]).toEqual(['"late"', 'complete'])
  })

  it('streams that are open can be reached from another request, and are gone when closed', async () => {
    const open: number[] = []
    const { ask, proxy } = await behind(
      {
        request: () => undefined,
        message: (_, context) => {
          open.push(context.streams.length)
          for (const stream of context.streams) stream.send({ data: '"from elsewhere"' })
        },
      },
      (seen, answer) => (seen.method === 'GET' ? beginStream(answer) : handle(seen, answer)),
    )
    const stream = await send(testPeer(proxy.url), { method: 'GET', url: proxy.url, headers: [] })
    await ask('POST', request('json'))
    expect(await stream.until((reply) => reply.events.length === 1, 1000)).toBe(true)
    stream.close()
    await ask('POST', request('json'))
    expect(open).toEqual([1, 0])
  })
})

it('a fault with state starts anew whenever it is set', async () => {
  const counting: FaultSource = () => {
    let count = 0
    return onResult('json', () => ++count)
  }
  const { post, proxy } = await behind(counting)
  const results = [await post('json'), await post('json')].map((reply) => reply.response?.result)
  proxy.set(counting)
  expect([...results, (await post('json')).response?.result]).toEqual([1, 2, 1])
})

it('a fault that throws breaks the answer, not the proxy', async () => {
  const { post, proxy } = await behind({
    message: () => {
      throw new Error('oops')
    },
  })
  expect((await post('json')).error?.kind).toBe('reset')
  expect((await post('stream')).ended).toBe('reset')
  proxy.set(undefined)
  expect((await post('json')).status).toBe(200)
})
