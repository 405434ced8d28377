import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { deadUrl, serveHttp } from '../../test/support/servers.js'
import { openStream } from './stream.js'

/** Opens a stream and gathers what becomes of it, until `enough` of it was told. */
function opened(url: string, enough: number, options: { timeoutMs?: number; body?: object } = {}) {
  const told: string[] = []
  let close = () => {}
  const finished = new Promise<void>((resolve) => {
    const tell = (text: string) => {
      told.push(text)
      if (told.length >= enough) resolve()
    }
    close = openStream(
      { url: new URL(url), headers: [['Mcp-Session-Id', 's1']], timeoutMs: 5000, ...options },
      {
        held: () => tell('held'),
        refused: (message, status, none) => tell(`refused ${status ?? '-'} ${message}${none ? ', never' : ''}`),
        event: () => tell('event'),
        ended: () => tell('ended'),
      },
    )
  })
  return { told, finished, close: () => close() }
}

const stream = (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/event-stream' })

it('is held, counts its events, and tells when the server ends it', async () => {
  const { url, seen } = await serveHttp((_, answer) => {
    stream(answer).write(': hello\n\ndata: {}\n\nid: 1\nda')
    answer.end('ta: {}\n\n')
  })
  const { told, finished } = opened(url, 4)
  await finished
  expect(told).toEqual(['held', 'event', 'event', 'ended'])
  expect(seen[0]).toMatchObject({ method: 'GET', headers: { accept: 'text/event-stream', 'mcp-session-id': 's1' } })
})

it('tells when the server breaks it off', async () => {
  const { url } = await serveHttp((_, answer) => {
    stream(answer).write('data: {}\n\n', () => answer.destroy())
  })
  const { told, finished } = opened(url, 3)
  await finished
  expect(told.at(-1)).toBe('ended')
})

it.each([
  [405, 'Method not allowed', 'refused 405 no GET stream is offered, never'],
  [409, '{"error":\n "only one stream"}', 'refused 409 {"error": "only one stream"}'],
  [503, '', 'refused 503 no body'],
])('%s is a refusal', async (status, body, expected) => {
  const { url } = await serveHttp((_, answer) => answer.writeHead(status).end(body))
  const { told, finished } = opened(url, 1)
  await finished
  expect(told).toEqual([expected])
})

it('an answer that is no event stream is a refusal', async () => {
  const { url } = await serveHttp((_, answer) =>
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  )
  const { told, finished } = opened(url, 1)
  await finished
  expect(told).toEqual(["refused 200 answered with 'application/json', not with an event stream"])
})

it('no answer, and nobody there, are refusals', async () => {
  const silent = await serveHttp(() => {})
  const waited = opened(silent.url, 1, { timeoutMs: 50 })
  await waited.finished
  expect(waited.told).toEqual(['refused - no answer within 50 ms'])
  const dead = opened(await deadUrl(), 1)
  await dead.finished
  expect(dead.told[0]).toContain('ECONNREFUSED')
})

it('tells nothing more once it was closed', async () => {
  const { url } = await serveHttp((_, answer) => stream(answer).write('data: {}\n\n'))
  const { told, finished, close } = opened(url, 2)
  await finished
  close()
  const other = opened(url, 1)
  await other.finished
  other.close()
  expect(told).toEqual(['held', 'event'])
})

const body = { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: {} }
const note = (method: string) => `data: ${JSON.stringify({ jsonrpc: '2.0', method: `notifications/${method}` })}\n\n`
const unknown = JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'Method not found' } })

it('a subscription is posted, held once it is acknowledged, and counts what comes after', async () => {
  const { url, seen } = await serveHttp((_, answer) => {
    stream(answer).write(`id: 1\ndata:\n\n${note('subscriptions/acknowledged')}${note('tools/list_changed')}`)
    answer.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id: 1, result: {} })}\n\n`)
  })
  const { told, finished } = opened(url, 3, { body })
  await finished
  expect(told).toEqual(['held', 'event', 'ended'])
  expect(seen[0]).toMatchObject({
    method: 'POST',
    message: body,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  })
})

it.each([
  [
    'an error in a stream',
    200,
    'text/event-stream',
    `data: ${unknown}\n\n`,
    '200 error -32601: Method not found, never',
  ],
  ['an error with a status', 404, 'application/json', unknown, `404 ${unknown}, never`],
  ['an error for now', 429, 'application/json', unknown.replace('-32601', '-32000'), /^429 .*-32000/],
  ['a result', 200, 'application/json', '{"jsonrpc":"2.0","id":1,"result":{}}', /^200 .*result/],
  ['a stream that ends at once', 200, 'text/event-stream', ': nothing\n\n', '200 ended'],
])('%s is the refusal of a subscription', async (_, status, type, text, expected) => {
  const { url } = await serveHttp((__, answer) => answer.writeHead(status, { 'content-type': type }).end(text))
  const { told, finished } = opened(url, 1, { body })
  await finished
  expect(told).toEqual([typeof expected === 'string' ? `refused ${expected}` : expect.stringMatching(/^refused /)])
  expect(told[0]!.slice('refused '.length)).toMatch(expected)
})

it('a subscription that nobody acknowledges is refused in time', async () => {
  const { url } = await serveHttp((_, answer) => stream(answer).write(': still here\n\n'))
  const { told, finished } = opened(url, 1, { body, timeoutMs: 50 })
  await finished
  expect(told).toEqual(['refused - no answer within 50 ms'])
})
