import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { deadUrl, serveSelfSigned, serveTcp, testPeer } from '../../test/support/servers.js'
import { rawExchange } from './raw.js'
import { redactor } from './redact.js'

const ask = 'GET /mcp HTTP/1.1\r\nHost: a\r\n\r\n'
const json = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'

/** Answers the first bytes with these pieces, each in a packet of its own, and then does `after`. */
async function answering(pieces: string[], after: (socket: Socket) => void = () => {}): Promise<string> {
  return serveTcp((socket) => {
    socket.setNoDelay(true)
    socket.once('data', async () => {
      for (const piece of pieces)
        await new Promise<void>((sent) => socket.write(piece, 'latin1', () => setImmediate(sent)))
      after(socket)
    })
  })
}

const end = (socket: Socket) => socket.end()

interface Row {
  what: string
  pieces: string[]
  after?: (socket: Socket) => void
  status: number
  ended: string
  text?: string
  error?: string
}

const rows: Row[] = [
  {
    what: 'Content-Length',
    pieces: [`${json}Content-Length: 8\r\n\r\n{"id":1}`],
    status: 200,
    ended: 'complete',
    text: '{"id":1}',
  },
  {
    what: 'Content-Length over several packets, head cut in the middle',
    pieces: ['HTTP/1.1 2', '00 OK\r\nContent-Length: 4\r\n\r', '\nab', 'cd'],
    status: 200,
    ended: 'complete',
    text: 'abcd',
  },
  {
    what: 'what follows the Content-Length is left out',
    pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 400 Bad\r\n\r\n'],
    status: 200,
    ended: 'complete',
    text: 'ab',
  },
  {
    what: 'an empty body',
    pieces: ['HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n'],
    status: 202,
    ended: 'complete',
    text: '',
  },
  {
    what: '204 without a length',
    pieces: ['HTTP/1.1 204 No Content\r\n\r\n'],
    status: 204,
    ended: 'complete',
    text: '',
  },
  {
    what: '304 without a length',
    pieces: ['HTTP/1.1 304 Not Modified\r\n\r\n'],
    status: 304,
    ended: 'complete',
    text: '',
  },
  {
    what: 'chunks',
    pieces: [`${json}Transfer-Encoding: chunked\r\n\r\n4\r\n{"id\r\n4\r\n":1}\r\n0\r\n\r\n`],
    status: 200,
    ended: 'complete',
    text: '{"id":1}',
  },
  {
    what: 'chunks cut anywhere, with an extension',
    pieces: [`${json}Transfer-Encoding: chunked\r\n`, '\r\n4;a=b', '\r\n{"i', 'd\r', '\n4\r\n":1}\r\n0', '\r\n\r\n'],
    status: 200,
    ended: 'complete',
    text: '{"id":1}',
  },
  {
    what: 'a body that ends with the connection',
    pieces: [`${json}\r\n{"id":1}`],
    after: end,
    status: 200,
    ended: 'complete',
    text: '{"id":1}',
  },
  {
    what: '100 before the answer',
    pieces: [
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n',
    ],
    status: 400,
    ended: 'complete',
  },
  {
    what: 'a body shorter than announced',
    pieces: [`${json}Content-Length: 80\r\n\r\n{}`],
    after: end,
    status: 200,
    ended: 'reset',
    error: 'reset',
  },
  {
    what: 'chunks without an end',
    pieces: [`${json}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`],
    after: end,
    status: 200,
    ended: 'reset',
    error: 'reset',
  },
  {
    what: 'a chunk whose size is no number',
    pieces: [`${json}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n`],
    status: 200,
    ended: 'failed',
    error: 'malformed',
  },
  {
    what: 'a Content-Length that is no number',
    pieces: [`${json}Content-Length: many\r\n\r\n{}`],
    after: end,
    status: 200,
    ended: 'failed',
    error: 'malformed',
  },
  {
    what: 'something else than HTTP',
    pieces: ['220 smtp.example ESMTP\r\n\r\n'],
    status: 0,
    ended: 'failed',
    error: 'malformed',
  },
  {
    what: 'something else than HTTP, and the end',
    pieces: ['SSH-2.0-OpenSSH\r\n'],
    after: end,
    status: 0,
    ended: 'failed',
    error: 'malformed',
  },
  { what: 'the end without an answer', pieces: [], after: end, status: 0, ended: 'failed', error: 'reset' },
  {
    what: 'a reset',
    pieces: [],
    after: (socket) => socket.resetAndDestroy(),
    status: 0,
    ended: 'failed',
    error: 'reset',
  },
  { what: 'silence', pieces: [], status: 0, ended: 'timeout' },
  {
    what: 'silence after the head',
    pieces: [`${json}Content-Length: 8\r\n\r\n{`],
    status: 200,
    ended: 'timeout',
    text: '{',
  },
]

describe('reads one HTTP answer', () => {
  it.each(rows)('$what', async ({ pieces, after, status, ended, text, error }) => {
    const peer = testPeer(await answering(pieces, after))
    const reply = await rawExchange(peer, [ask], { timeoutMs: ended === 'timeout' ? 60 : 2000 })
    expect([reply.status, reply.ended, reply.error?.kind]).toEqual([status, ended, error])
    if (text !== undefined) expect(reply.text).toBe(text)
    expect(peer.exchanges).toHaveLength(1)
    expect(peer.exchanges[0]).toMatchObject({ ended, request: { method: 'GET' } })
    expect(peer.exchanges[0]!.response?.status).toBe(status || undefined)
  })

  it('reads messages of an event stream', async () => {
    const peer = testPeer(
      await answering(
        ['HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {"id":1,"result":{}}\n\n'],
        end,
      ),
    )
    expect((await rawExchange(peer, [ask])).response).toEqual({ id: 1, result: {} })
  })
})

describe('sends bytes as they are', () => {
  it('in one write per piece, bytes that are no text among them', async () => {
    const chunks: Buffer[] = []
    const url = await serveTcp((socket) =>
      socket.on('data', (chunk) => {
        chunks.push(chunk)
        if (Buffer.concat(chunks).at(-1) === 0xff) socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
      }),
    )
    const reply = await rawExchange(testPeer(url), [
      'POST / HTTP/1.1\r\n',
      'Host: a\r\n\r\n',
      Buffer.from([0xfe, 0xff]),
    ])
    expect(reply.status).toBe(400)
    expect(chunks.length).toBeGreaterThanOrEqual(2)
    expect(Buffer.concat(chunks)).toEqual(
      Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nHost: a\r\n\r\n'), Buffer.from([0xfe, 0xff])]),
    )
  })

  it('spends the budget and records without secrets', async () => {
    const secret = 'sekret-7'
    const peer = testPeer(await answering([`HTTP/1.1 401 No ${'\r\n'}Content-Length: 12\r\n\r\nbad sekret-7`]), {
      redact: redactor([secret]),
    })
    await rawExchange(peer, [
      `POST /mcp HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${secret}\r\n\r\n{"a":"${secret}"}`,
    ])
    expect(peer.wire.budget.spent()).toBe(1)
    expect(peer.exchanges[0]).toMatchObject({
      request: {
        headers: [
          ['Host', 'a'],
          ['Authorization', 'Bearer [redacted]'],
        ],
        body: '{"a":"[redacted]"}',
      },
      response: { status: 401, body: 'bad [redacted]' },
    })
  })

  it.each([
    ['refused', deadUrl],
    ['tls', serveSelfSigned],
  ])('%s', async (kind, start) => {
    const reply = await rawExchange(testPeer(await start()), [ask])
    expect([reply.status, reply.error?.kind]).toEqual([0, kind])
  })
})
