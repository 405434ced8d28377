import { createHash, randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { deadUrl, serveHttp, serveSelfSigned, serveTcp, serveTls, testWire } from '../../test/support/servers.js'
import { BudgetSpent } from './budget.js'
import type { Account } from './exchange.js'
import type { HeaderList } from './headers.js'
import type { HttpRequest, Wire } from './http.js'
import { redactor } from './redact.js'

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: [],
  ...more,
})
const post = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: [['content-type', 'application/json']],
  body: '{}',
  ...more,
})
const onRequest = (socket: Socket, act: (head: string) => void) => {
  let text = ''
  socket.on('data', (data) => {
    text += data
    if (!text.includes('\r\n\r\n')) return
    const head = text
    text = ''
    act(head)
  })
}
const idle = async (wire: Wire, url: string) => {
  await (await wire.send(get(url))).finished
  await new Promise((resolve) => setImmediate(resolve))
}
const ok = (body = '{}', fields = '') =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`

describe('a request goes out as it is', () => {
  it('nothing is added but Host, Connection and Content-Length: no gzip, no user agent', async () => {
    const { url, seen } = await serveHttp((_, answer) => answer.end())
    await testWire().send(post(url))
    expect(seen[0]!.raw.map(([name]) => name.toLowerCase()).sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
    ])
  })

  it('header names keep their spelling and order, and a name given twice goes out twice', async () => {
    const { url, seen } = await serveHttp((_, answer) => answer.end())
    const headers: HeaderList = [
      ['X-Second', '1'],
      ['Mcp-Session-Id', 'a'],
      ['mcp-session-id', 'b'],
      ['X-First', '2'],
    ]
    await testWire().send(get(url, { headers }))
    expect(seen[0]!.raw.filter(([name]) => !/host|connection/i.test(name))).toEqual(headers)
  })

  it('path and query are those of the URL', async () => {
    const { url, seen } = await serveHttp((_, answer) => answer.end())
    await testWire().send(get(`${url}?a=%20b&c`))
    expect(seen[0]!.url).toBe('/mcp?a=%20b&c')
  })

  it('a body in pieces arrives in as many chunks, with a Content-Length over all of them', async () => {
    const chunks: string[] = []
    const url = await serveTcp((socket) => {
      socket.on('data', (data) => {
        chunks.push(String(data))
        if (chunks.join('').endsWith('three')) socket.end(ok())
      })
    })
    const pieces = ['one', 'twö', 'three'].map((piece) => Buffer.from(piece))
    const reply = await testWire().send(post(url, { body: pieces }))
    expect(reply.status).toBe(200)
    expect(chunks[0]).toMatch(/content-length: 12\r\n/i)
    expect(chunks.join('')).not.toMatch(/transfer-encoding/i)
    expect(chunks.length).toBeGreaterThanOrEqual(3)
    expect(chunks.slice(-2)).toEqual(['twö', 'three'])
  })

  it('a redirect is not followed', async () => {
    const { url, seen } = await serveHttp((_, answer) => answer.writeHead(307, { location: '/elsewhere' }).end())
    const reply = await testWire().send(post(url))
    expect([reply.status, reply.header('location'), seen.length]).toEqual([307, '/elsewhere', 1])
  })
})

describe('an answer comes back as it is', () => {
  it('fields keep their spelling, order and number', async () => {
    const url = await serveTcp((socket) =>
      onRequest(socket, () => socket.end(ok('{}', 'X-B: 1\r\nx-a: 2\r\nX-B: 3\r\n'))),
    )
    const reply = await testWire().send(get(url))
    expect(reply.headers).toEqual([
      ['Content-Type', 'application/json'],
      ['X-B', '1'],
      ['x-a', '2'],
      ['X-B', '3'],
      ['Content-Length', '2'],
    ])
    expect(reply.header('X-b')).toBe('1')
  })

  it('send returns with the head; the body goes on arriving', async () => {
    let finish = () => {}
    const { url } = await serveHttp((_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
      finish = () => answer.end('data: 2\n\n')
    })
    const reply = await testWire().send(get(url))
    await reply.until((one) => one.events.length === 1, 1000)
    expect(reply.ended).toBeUndefined()
    finish()
    await reply.finished
    expect([reply.ended, reply.messages]).toEqual(['complete', [1, 2]])
  })

  it('a body above the bound is cut', async () => {
    const { url } = await serveHttp((_, answer) => answer.end('x'.repeat(200_000)))
    const reply = await testWire({ maxBytes: 1000 }).send(get(url))
    await reply.finished
    expect([reply.status, reply.ended]).toEqual([200, 'too-large'])
    expect(reply.body.length).toBeLessThanOrEqual(1000)
  })

  it('a large body comes whole', async () => {
    const body = randomBytes(1 << 20)
    const { url } = await serveHttp((_, answer) => answer.end(body))
    const reply = await testWire().send(get(url))
    await reply.finished
    expect(createHash('md5').update(reply.body).digest('hex')).toBe(createHash('md5').update(body).digest('hex'))
  })

  it('a body shorter than announced is broken, not complete', async () => {
    const url = await serveTcp((socket) =>
      onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}')),
    )
    const reply = await testWire().send(get(url))
    await reply.finished
    expect([reply.status, reply.ended, reply.messages]).toEqual([200, 'reset', []])
  })
})

describe('every wait is bounded', () => {
  it('a server that never answers: timeout, status 0', async () => {
    const url = await serveTcp(() => {})
    const before = performance.now()
    const reply = await testWire({ timeoutMs: 60 }).send(post(url))
    expect([reply.status, reply.ended]).toEqual([0, 'timeout'])
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it('a server that answers and then says nothing more: the request has a bound of its own', async () => {
    const { url } = await serveHttp((_, answer) => answer.writeHead(200).write('{'))
    const reply = await testWire().send(get(url, { timeoutMs: 60 }))
    await reply.finished
    expect([reply.status, reply.ended, reply.text]).toEqual([200, 'timeout', '{'])
  })

  it('closing the wire ends what is open', async () => {
    const { url } = await serveHttp((_, answer) =>
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders(),
    )
    const wire = testWire()
    const reply = await wire.send(get(url, { timeoutMs: 60_000 }))
    await wire.close()
    expect(reply.ended).toBe('closed')
  })
})

it.each([
  ['IP:127.0.0.1', 200, undefined],
  ['DNS:elsewhere.example', 0, 'tls'],
])('an authority of the user makes a certificate good, but only for its own name: %s', async (name, status, kind) => {
  const { url, certificate } = await serveTls(name)
  const reply = await testWire({ ca: certificate }).send(post(url))
  expect([reply.status, reply.error?.kind]).toEqual([status, kind])
})

describe('a failure has a kind, and nothing throws', () => {
  const servers: [kind: string, start: () => Promise<string>][] = [
    ['refused', deadUrl],
    ['reset', () => serveTcp((socket) => onRequest(socket, () => socket.resetAndDestroy()))],
    ['reset', () => serveTcp((socket) => onRequest(socket, () => socket.end()))],
    ['reset', () => serveTcp((socket) => socket.destroy())],
    ['malformed', () => serveTcp((socket) => onRequest(socket, () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')))],
    ['tls', serveSelfSigned],
    [
      'tls',
      async () =>
        (await serveTcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))).replace('http:', 'https:'),
    ],
    ['dns', async () => 'http://no-such-host.invalid/mcp'],
  ]
  it.each(servers)('%s', async (kind, start) => {
    const told: Account[] = []
    const reply = await testWire().send(post(await start()), (account) => told.push(account))
    expect([reply.status, reply.ended, reply.error?.kind]).toEqual([0, 'failed', kind])
    expect(reply.error!.message).not.toBe('')
    expect(told.at(-1)!()).toMatchObject({ ended: 'failed', error: { kind } })
    expect(told.at(-1)!().response).toBeUndefined()
  })
})

describe('a connection the server closed meanwhile', () => {
  const dropping = (drop: 'destroy' | 'resetAndDestroy') => {
    const seen = { requests: 0 }
    const url = serveTcp((socket, number) => {
      let here = 0
      onRequest(socket, () => {
        seen.requests++
        if (number === 1 && ++here > 1) socket[drop]()
        else socket.write(ok())
      })
    })
    return { seen, url }
  }

  it.each(['destroy', 'resetAndDestroy'] as const)(
    'is not held against it: the request is sent once more on a fresh one (%s)',
    async (drop) => {
      const { seen, url } = dropping(drop)
      const wire = testWire()
      await idle(wire, await url)
      const second = await wire.send(get(await url))
      expect([second.status, seen.requests, wire.budget.spent()]).toEqual([200, 3, 3])
    },
  )

  it('while it works on a request that is owed no answer: hanging up may be how it takes a cancellation', async () => {
    let requests = 0
    const url = await serveTcp((socket) =>
      onRequest(socket, (head) => {
        requests++
        if (head.startsWith('POST')) setTimeout(() => socket.destroy(), 60)
        else socket.write(ok())
      }),
    )
    const wire = testWire()
    await idle(wire, url)
    const reply = await wire.send({ ...post(url), notOwed: true })
    expect([reply.status, reply.error?.kind, requests]).toEqual([0, 'reset', 2])
  })

  it('right after its answer, without a word, is not used again', async () => {
    const url = await serveTcp((socket) => onRequest(socket, () => socket.end(ok())))
    const wire = testWire()
    for (let times = 0; times < 20; times++) expect((await wire.send(get(url))).status).toBe(200)
    expect(wire.budget.spent()).toBe(20)
  })

  it('a request that makes the server drop a fresh connection is not sent again: that would hide a crash', async () => {
    let requests = 0
    const url = await serveTcp((socket, number) =>
      onRequest(socket, () => {
        requests++
        if (number === 1) socket.destroy()
        else socket.write(ok())
      }),
    )
    const reply = await testWire().send(post(url))
    expect([reply.status, reply.error?.kind, requests]).toEqual([0, 'reset', 1])
  })

  it('nor when it resets the connection', async () => {
    let requests = 0
    const url = await serveTcp((socket) =>
      onRequest(socket, () => {
        requests++
        socket.resetAndDestroy()
      }),
    )
    const reply = await testWire().send(post(url))
    expect([reply.status, reply.error?.kind, requests]).toEqual([0, 'reset', 1])
  })

  it('a request that makes the server drop every connection fails after one retry', async () => {
    let requests = 0
    const url = await serveTcp((socket) =>
      onRequest(socket, (head) => {
        requests++
        if (head.startsWith('POST')) socket.destroy()
        else socket.write(ok())
      }),
    )
    const wire = testWire()
    await idle(wire, url)
    const reply = await wire.send(post(url))
    expect([reply.status, reply.error?.kind, requests]).toEqual([0, 'reset', 3])
  })
})

describe('patience', () => {
  const limited = (retryAfter: string | undefined, times: number) => {
    let left = times
    return serveHttp((_, answer) => {
      if (left-- > 0) answer.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end()
      else answer.end('{}')
    })
  }
  const rows: [what: string, retryAfter: string | undefined, times: number, statuses: number, requests: number][] = [
    ['a 429 with Retry-After is waited for', '0.05', 1, 200, 2],
    ['a second 429 too', '0.05', 2, 200, 3],
    ['a sixth stands', '0.01', 6, 429, 6],
    ['a 429 without Retry-After stands', undefined, 1, 429, 1],
    ['a wait of more than 10 s is not waited for', '11', 1, 429, 1],
    ['a wait that is no number stands', 'soon', 1, 429, 1],
    ['a date in the past is no wait', 'Fri, 01 Jan 2016 00:00:00 GMT', 1, 200, 2],
  ]
  it.each(rows)('%s', async (_, retryAfter, times, status, requests) => {
    const { url, seen } = await limited(retryAfter, times)
    const wire = testWire()
    const reply = await wire.send(get(url))
    expect([reply.status, seen.length, wire.pace.refused]).toEqual([status, requests, times])
  })

  it.each([
    ['answers that failed to come shorten later waits', false, 40],
    ['those that nobody owed do not', true, 100],
  ])('%s', async (_, notOwed, bound) => {
    const { url } = await serveHttp(() => {})
    const wire = testWire({ timeoutMs: 100 })
    await Promise.all([1, 2, 3, 4].map(async () => (await wire.send(post(url, { timeoutMs: 20, notOwed }))).finished))
    expect(wire.waiting.timeoutMs).toBe(bound)
  })

  it('the budget is counted, and spent it throws before anything is sent', async () => {
    const { url, seen } = await serveHttp((_, answer) => answer.end())
    const wire = testWire({ maxRequests: 2 })
    await Promise.all([wire.send(get(url)), wire.send(get(url))])
    await expect(wire.send(get(url))).rejects.toThrow(BudgetSpent)
    await expect(wire.send(get(url))).rejects.toThrow('the request budget of 2 is spent; raise it with --max-requests')
    expect([seen.length, wire.budget.spent()]).toEqual([2, 2])
  })
})

describe('the record', () => {
  it('holds both sides, is there before the answer, and carries no secret', async () => {
    const secret = 'tok-7f3a9c'
    const told: Account[] = []
    const { url } = await serveHttp((_, answer) => {
      answer
        .writeHead(401, { 'content-type': 'text/plain', 'set-cookie': `sid=${secret}`, 'x-echo': secret })
        .end(`bad ${secret}`)
    })
    const wire = testWire({ redact: redactor([secret]) })
    const headers: HeaderList = [
      ['Authorization', `Bearer ${secret}`],
      ['x-note', secret],
    ]
    const sent = wire.send(post(`${url}?t=${secret}`, { headers, body: `{"t":"${secret}"}` }), (account) =>
      told.push(account),
    )
    while (told.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(told[0]!()).not.toHaveProperty('response')
    await (await sent).finished
    expect(JSON.stringify(told.map((account) => account()))).not.toContain(secret)
    expect(told[0]!()).toMatchObject({
      request: {
        method: 'POST',
        url: `${url}?t=[redacted]`,
        headers: [
          ['Authorization', 'Bearer [redacted]'],
          ['x-note', '[redacted]'],
        ],
        body: '{"t":"[redacted]"}',
      },
      response: { status: 401, body: 'bad [redacted]' },
      ended: 'complete',
    })
    expect(told[0]!().ms).toBeGreaterThan(0)
  })

  it('shortens long bodies, without leaving half a secret at the cut', async () => {
    const secret = 'secret-token-0123456789'
    const body = `${'x'.repeat(3990)}${secret}${'y'.repeat(100)}`
    const told: Account[] = []
    const { url } = await serveHttp((_, answer) => answer.end(body))
    const reply = await testWire({ redact: redactor([secret]) }).send(post(url, { body }), (account) =>
      told.push(account),
    )
    await reply.finished
    expect(told[0]!().response!.body.length).toBeLessThan(4100)
    expect(JSON.stringify(told.map((account) => account()))).not.toContain('secret-t')
  })

  it('keeps both attempts of a request that was sent twice', async () => {
    const told: Account[] = []
    let first = true
    const { url } = await serveHttp((_, answer) => {
      answer.writeHead(first ? 429 : 200, { 'retry-after': '0' }).end()
      first = false
    })
    await testWire().send(get(url), (account) => told.push(account))
    expect(told.map((account) => account().response?.status)).toEqual([429, 200])
  })
})
