import { describe, expect, it } from 'vitest'
import { type Expectation, judge, judgeTrouble } from './answer.js'
import type { Reply } from './engine.js'

const request: Expectation = { sent: 'request', id: 7, session: true }
const good = { jsonrpc: '2.0', id: 7, result: { content: [{ type: 'text', text: 'fine' }] } }

function reply(body: string | Buffer, type = 'application/json', status = 200): Reply {
  const headers = type === '' ? [] : ['Content-TYPE', type]
  return { status, headers, body: Buffer.from(body), sentAt: 0, firstByteAt: 1, firstEventAt: 0, endedAt: 2, bytes: 3 }
}

const json = (value: unknown) => reply(JSON.stringify(value))
const sse = (text: string) => reply(text, 'text/event-stream; charset=utf-8')
const event = (value: unknown) => `event: message\ndata: ${JSON.stringify(value)}\n\n`
const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1, id: 7 } }

describe('a good answer', () => {
  const cases: [string, Reply][] = [
    ['as JSON', json(good)],
    ['as JSON with a charset', reply(JSON.stringify(good), 'application/json; charset=utf-8')],
    ['in a batch', json([progress, good])],
    ['with isError false', json({ ...good, result: { content: [], isError: false } })],
    ['as an event', sse(event(good))],
    ['after a comment, a priming event and progress', sse(`: hi\n\nid: 1\ndata:\n\n${event(progress)}${event(good)}`)],
    ['before another event', sse(`${event(good)}data: nonsense\n\n`)],
    ['after a request of the server with the same id', sse(`${event({ ...progress, id: 7 })}${event(good)}`)],
    ['with CRLF', sse(event(good).replaceAll('\n', '\r\n'))],
    ['with CR', sse(event(good).replaceAll('\n', '\r'))],
    ['over several data lines', sse(`data: {"jsonrpc":"2.0",\ndata:"id":7,\ndata: "result":{}}\n\n`)],
    ['in a batch within an event', sse(event([progress, good]))],
  ]
  it.each(cases)('%s', (_, answer) => expect(judge(answer, request)).toBeUndefined())
})

describe('the type of a result', () => {
  const typed = (resultType: string) =>
    json({ ...good, result: { ...good.result, resultType, inputRequests: { a: { method: 'roots/list' } } } })

  it.each(['complete', 'other'])('%s is no failure', (type) =>
    expect(judge(typed(type), { ...request, modern: true })).toBeUndefined(),
  )

  it('input_required is no answer in mode modern, and means nothing before', () => {
    expect(judge(typed('input_required'), { ...request, modern: true })).toEqual({
      kind: 'input-required',
      message: 'the server asks back before it answers: {"a":{"method":"roots/list"}}',
    })
    expect(judge(typed('input_required'), request)).toBeUndefined()
  })
})

describe('a failure has its kind and says what it was', () => {
  const cases: [string, Reply, string, RegExp][] = [
    [
      '404 in a session',
      reply('gone', 'text/plain', 404),
      'session-lost',
      /^404 for a request in a live session: gone$/,
    ],
    ['503', reply('<b>busy</b>', 'text/html', 503), 'http-status', /^status 503 for a request: <b>busy<\/b>$/],
    ['202 for a request', reply('', '', 202), 'http-status', /^status 202 for a request, no body$/],
    ['HTML', reply('<html>', 'text/html'), 'not-json-rpc', /content type 'text\/html'/],
    ['no content type', reply(JSON.stringify(good), ''), 'not-json-rpc', /^no content type: /],
    ['no JSON', reply('{"jsonrpc"'), 'not-json-rpc', /^not JSON: \{"jsonrpc"$/],
    ['an empty body', reply(''), 'not-json-rpc', /^not JSON, no body$/],
    ['a JSON text', reply('"hello"'), 'not-json-rpc', /^not a JSON object/],
    ['no jsonrpc member', json({ id: 7, result: {} }), 'not-json-rpc', /^jsonrpc is missing/],
    ['neither result nor error', json({ jsonrpc: '2.0', id: 7 }), 'not-json-rpc', /neither result nor error/],
    ['a result that is no object', json({ ...good, result: null }), 'not-json-rpc', /result is no object/],
    ['a batch of nothing', json([]), 'not-json-rpc', /a batch without an answer/],
    ['another id', json({ ...good, id: 8 }), 'wrong-id', /^asked with id 7, answered with id 8$/],
    ['the id as a text', json({ ...good, id: '7' }), 'wrong-id', /answered with id "7"$/],
    ['no id', json({ jsonrpc: '2.0', result: {} }), 'wrong-id', /answered with id missing$/],
    [
      'an error',
      json({ jsonrpc: '2.0', id: 7, error: { code: -32603, message: 'oh\nno' } }),
      'rpc-error',
      /^error -32603: oh no$/,
    ],
    [
      'an error without id',
      json({ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'x' } }),
      'rpc-error',
      /-32700/,
    ],
    ["another's error", json({ jsonrpc: '2.0', id: 9, error: { code: 1, message: 'x' } }), 'wrong-id', /id 9$/],
    ['an error that is a text', json({ jsonrpc: '2.0', id: 7, error: 'oops' }), 'rpc-error', /^error "oops"$/],
    [
      'isError',
      json({ ...good, result: { isError: true, content: [{ text: 'no such city' }] } }),
      'tool-error',
      /^isError: no such city$/,
    ],
    ['isError without content', json({ ...good, result: { isError: true } }), 'tool-error', /^isError: \{"jsonrpc"/],
    ['a stream of nothing', sse(''), 'truncated-stream', /ended without the answer, no body$/],
    ['a stream of progress', sse(event(progress)), 'truncated-stream', /ended without the answer: event: message data/],
    ['an event without its end', sse(event(good).slice(0, -1)), 'truncated-stream', /ended without the answer/],
    ['a stream with another answer', sse(event({ ...good, id: 8 })), 'wrong-id', /answered with id 8$/],
    ['a stream of nonsense', sse('data: nonsense\n\n'), 'not-json-rpc', /^not JSON: nonsense$/],
    [
      'a stream with an error',
      sse(event({ jsonrpc: '2.0', id: 7, error: { code: 3, message: 'x' } })),
      'rpc-error',
      /^error 3: x$/,
    ],
  ]
  it.each(cases)('%s', (_, answer, kind, message) => {
    expect(judge(answer, request)).toEqual({ kind, message: expect.stringMatching(message) })
  })

  it('a redirection says where to', () => {
    const redirection = { ...reply('', '', 307), headers: ['Location', '/mcp/'] }
    expect(judge(redirection, request)?.message).toBe('status 307 (to /mcp/) for a request, no body')
  })

  it('404 without a session is a status', () => {
    expect(judge(reply('', '', 404), { ...request, session: false })?.kind).toBe('http-status')
  })
})

describe('a canary', () => {
  const mine = { ...request, canary: 'canary-1000000042' }
  const echo = (text: string) => ({ ...good, result: { content: [{ type: 'text', text }] } })

  it('is found in the result, written as escapes too', () => {
    expect(judge(json(echo('you said canary-1000000042')), mine)).toBeUndefined()
    expect(judge(sse(event(echo('canary-1000000042'))), mine)).toBeUndefined()
    expect(
      judge(reply(JSON.stringify(echo('canary-1000000042')).replace('canary', '\\u0063anary')), mine),
    ).toBeUndefined()
  })

  it('that is missing makes the answer a foreign one', () => {
    const foreign = {
      kind: 'foreign-answer',
      message: expect.stringContaining("'canary-1000000042' is not in the result"),
    }
    expect(judge(json(echo('canary-1000000041')), mine)).toEqual(foreign)
    expect(judge(sse(event({ ...progress, canary: mine.canary }) + event(echo('canary-1'))), mine)).toEqual(foreign)
  })
})

describe('a request without a whole answer', () => {
  const timeout = { kind: 'timeout', message: 'no whole answer within 9 ms' } as const

  it('is told as it is', () => {
    const { kind, message } = judgeTrouble({ ...timeout, partial: sse(event(progress)) }, request)
    expect({ kind, message }).toEqual(timeout)
    expect(judgeTrouble(timeout, request)).toEqual(timeout)
    const reset = { kind: 'transport', message: 'reset', partial: sse(event(good)) } as const
    expect(judgeTrouble(reset, request)).toEqual({ kind: 'transport', message: 'reset' })
  })

  it('whose answer was there says that its stream stayed open', () => {
    expect(judgeTrouble({ ...timeout, partial: sse(event(good)) }, request)).toEqual({
      kind: 'timeout',
      message: 'the answer came, but the server left it open: no whole answer within 9 ms',
    })
  })
})

describe('what is no request', () => {
  it.each([
    ['notification', [200, 202, 204], [400, 404, 405]],
    ['delete', [200, 202, 204, 405], [400, 404, 500]],
  ] as const)('a %s is answered by its own statuses', (sent, fine, failed) => {
    for (const status of fine) expect(judge(reply('', '', status), { sent, session: true })).toBeUndefined()
    for (const status of failed)
      expect(judge(reply('', '', status), { sent, session: true })?.kind).toBe(
        status === 404 ? 'session-lost' : 'http-status',
      )
  })
})

describe('hostile answers', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const deepResult = `{"jsonrpc":"2.0","id":7,"result":{"x":${deep(200_000)}}}`

  it('a result nested deep is an answer all the same', () => {
    expect(judge(reply(deepResult), request)).toBeUndefined()
    expect(judge(reply(deepResult), { ...request, canary: 'canary-1000000042' })?.kind).toBe('foreign-answer')
    expect(judge(reply(`{"jsonrpc":"2.0","id":7,"error":{"code":${deep(200_000)}}}`), request)).toEqual({
      kind: 'rpc-error',
      message: 'error nested too deep to show: missing',
    })
  })

  it('bytes that are no text', () => {
    const bytes = Buffer.from(Array.from({ length: 2048 }, (_, i) => (i * 131) % 256))
    expect(judge(reply(bytes), request)?.kind).toBe('not-json-rpc')
    expect(judge(reply(bytes, 'text/event-stream'), request)?.kind).toBe('truncated-stream')
    expect(judge(reply(bytes, 'image/png', 500), request)?.message).toMatch(
      /^status 500 for a request: [^\n\r\0]{1,201}$/u,
    )
  })

  it('megabytes of anything give one short line', () => {
    const much = 'x'.repeat(4 << 20)
    for (const answer of [
      reply(much),
      sse(much),
      sse(`data: ${much}\n\n`),
      sse('data: {}\n\n'.repeat(20_000)),
      reply(much, much, 500),
    ])
      expect(judge(answer, request)?.message.length).toBeLessThan(400)
    expect(judge(json({ ...good, id: much }), request)?.message.length).toBeLessThan(400)
    expect(judge(reply('{}', much), request)?.message.length).toBeLessThan(700)
  })
})
