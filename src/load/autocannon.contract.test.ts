import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { deadUrl, serveTcp, serveTls } from '../../test/support/servers.js'
import { autocannonEngine } from './autocannon.js'
import type { Connection, Engine, EngineOptions, Reply, Trouble } from './engine.js'

/** What an engine told, and the sends that a test asks for: each idle connection sends what `next` gives, if anything. */
class Driver {
  replies: Reply[] = []
  troubles: Trouble[] = []
  connectErrors: { message: string; at: number }[] = []
  closed = 0
  gone: number[] = []
  idle = new Set<Connection>()
  readonly engine: Engine
  #waiting: { until: () => boolean; done: () => void }[] = []

  constructor(
    url: string,
    private readonly next: () => string | undefined,
    options: Partial<EngineOptions> = {},
  ) {
    const told =
      <Rest extends unknown[]>(what: (connection: Connection, ...rest: Rest) => void) =>
      (connection: Connection, ...rest: Rest) => {
        this.idle.delete(connection)
        what(connection, ...rest)
        for (const one of this.#waiting.filter(({ until }) => until())) one.done()
      }
    this.engine = autocannonEngine(
      { url: new URL(url), timeoutMs: 5000, maxBytes: 1 << 20, ...options },
      {
        onIdle: told((connection) => this.go(connection)),
        onReply: told((_, reply: Reply) => this.replies.push(reply)),
        onTrouble: told((_, trouble: Trouble) => this.troubles.push(trouble)),
        onConnectError: told((_, message: string) => this.connectErrors.push({ message, at: performance.now() })),
        onClosed: told(() => this.closed++),
        onGone: told(({ index }) => this.gone.push(index)),
      },
    )
    onTestFinished(async () => void (await this.engine.stop()))
  }

  go(connection: Connection): void {
    const request = this.next()
    if (request === undefined) this.idle.add(connection)
    else this.engine.send(connection, Buffer.from(request))
  }

  /** Settles as soon as something told makes it true. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return
    await new Promise<void>((resolve) => {
      const entry = { until: condition, done: resolve }
      this.#waiting.push(entry)
    })
  }

  get texts(): string[] {
    return this.replies.map(({ body }) => body.toString())
  }
}

/** A driver over one connection that sends requests `GET /1`, `GET /2`, … up to `count`. */
function numbered(url: string, count: number, options: Partial<EngineOptions> = {}): Driver {
  let number = 0
  const driver = new Driver(
    url,
    () => (number < count ? `GET /${++number} HTTP/1.1\r\nHost: a\r\n\r\n` : undefined),
    options,
  )
  driver.engine.resize(1)
  return driver
}

/** Calls back with the number of each request of a socket; requests never come in pieces here. */
function onRequest(socket: net.Socket, handle: (number: string) => void): void {
  socket.setNoDelay(true)
  socket.on('data', (bytes) => handle(/^[A-Z]+ \/(\d+)/.exec(bytes.toString())?.[1] ?? ''))
}

const ok = (body: string, fields = '') =>
  `HTTP/1.1 200 OK\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
const upTo = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1))

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Writes pieces so that each is read before the next is sent. */
async function inPieces(socket: net.Socket, pieces: (string | Buffer)[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve))
    await pause(5)
  }
}

describe('stop', () => {
  // First of all tests: sockets that others leave to close would count as ours.
  it('counts what is unanswered, closes all, tells nothing more and leaves nothing behind', async () => {
    const resources = () => process.getActiveResourcesInfo().filter((name) => /TCPSocket|Timeout/.test(name)).length
    const before = resources()
    const sockets = new Set<net.Socket>()
    const url = await serveTcp((socket) => {
      sockets.add(socket)
      onRequest(socket, (number) => {
        if (Number(number) > 3) socket.write(ok(number))
      })
    })
    let number = 0
    const driver = new Driver(url, () => (number < 8 ? `GET /${++number} HTTP/1.1\r\n\r\n` : undefined))
    driver.engine.resize(6)
    await driver.until(() => driver.replies.length === 5)
    const closed = [...sockets].map((socket) => new Promise((resolve) => socket.on('close', resolve)))
    expect(await driver.engine.stop()).toBe(3)
    expect(driver.engine.connected).toBe(0)
    await Promise.all(closed)
    expect(resources()).toBeLessThanOrEqual(before)
    expect([driver.troubles, driver.gone, driver.closed]).toEqual([[], [], 0])
    driver.engine.resize(4)
    expect(driver.engine.connected).toBe(0)
    expect(resources()).toBeLessThanOrEqual(before)
  })

  it('within a handler, an answer just handed over is no longer unanswered', async () => {
    const url = await serveTcp((socket) => onRequest(socket, (number) => socket.write(ok(number))))
    let unanswered: Promise<number> | undefined
    const engine = autocannonEngine(
      { url: new URL(url), timeoutMs: 1000, maxBytes: 1000 },
      {
        onIdle: (connection) => engine.send(connection, Buffer.from('GET /1 HTTP/1.1\r\n\r\n')),
        onReply: () => {
          unanswered ??= engine.stop()
        },
        onTrouble: () => {},
      },
    )
    engine.resize(1)
    await vi.waitUntil(() => unanswered !== undefined)
    expect(await unanswered).toBe(0)
  })

  it('ends the wait for a server that is not there', async () => {
    const driver = numbered(await deadUrl(), 1)
    await driver.until(() => driver.connectErrors.length === 2)
    expect(await driver.engine.stop()).toBe(0)
    await pause(150)
    expect(driver.connectErrors.length).toBe(2)
  })
})

describe('what of autocannon is relied on', () => {
  const require = createRequire(import.meta.url)

  it('is exactly 9.0.0, with the parser it was tried with', () => {
    const version = (name: string) => JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version
    expect(version('autocannon')).toBe('9.0.0')
    expect(version('http-parser-js')).toMatch(/^0\.5\.\d+$/)
  })

  it('has the private members that are used or replaced, called at the times they are replaced for', () => {
    const Client = require('autocannon/lib/httpClient.js')
    const { prototype } = Client
    for (const name of ['_connect', '_doRequest', '_destroyConnection', 'destroy', 'getRequestBuffer'])
      expect(prototype[name], name).toBeTypeOf('function')
    const calls: string[] = []
    const note = (name: string) => () => void calls.push(name)
    let ticker: unknown
    const client = new Client({
      setupClient(one: any) {
        expect(one.timeoutTicker).toBeUndefined()
        expect(Object.keys(one)).toEqual(
          expect.arrayContaining(['parser', 'pipelinedRequests', 'requestIterator', 'destroyed']),
        )
        for (const name of ['execute', 'finish', 'reinitialize', 'BODY_CHUNKHEAD', 'BODY_SIZED'])
          expect(one.parser[name], name).toBeTypeOf('function')
        expect(one.parser).toMatchObject({
          type: 'RESPONSE',
          state: 'RESPONSE_LINE',
          body_bytes: null,
          isChunked: false,
        })
        one._connect = () => {
          ticker = one.timeoutTicker
          note('connect')()
        }
        one._doRequest = note('next')
        one._destroyConnection = note('hang up')
        one.pipelinedRequests = {
          insertRequest: note('insert'),
          setHeaders: ({ statusCode, headers, shouldKeepAlive }: any) =>
            calls.push(`head ${statusCode} ${headers} ${shouldKeepAlive}`),
          addBody: (bytes: Buffer) => calls.push(`body ${bytes}`),
          terminateRequest: () => ({ headers: { statusCode: 0, headers: [] } }),
        }
        one.requestIterator = {
          nextRequest() {},
          recordBody: () => calls.push(`record ${one.parser.end - one.parser.offset}`),
        }
      },
    })
    expect(ticker).toMatchObject({ clear: expect.any(Function), reschedule: expect.any(Function) })
    client.parser.execute(Buffer.from(`${ok('abc')}rest`), 0, ok('abc').length)
    client.conn = { write: note('write') }
    client.getRequestBuffer = note('bytes')
    prototype._doRequest.call(client)
    client.destroy()
    expect(calls).toEqual([
      'connect',
      'head 200 Content-Length,3 true',
      'body abc',
      'record 0',
      'next',
      'insert',
      'bytes',
      'write',
      'hang up',
    ])
  })
})

describe('connections that the server closes', () => {
  it('a limit of requests per connection, as in nginx: every answer belongs to its request, none is lost', async () => {
    let sockets = 0
    const url = await serveTcp((socket) => {
      sockets++
      let served = 0
      onRequest(socket, (number) => {
        if (++served < 5) socket.write(ok(number))
        else socket.end(ok(number, 'Connection: close\r\n'))
      })
    })
    const driver = numbered(url, 52)
    await driver.until(() => driver.replies.length === 52)
    expect(driver.texts).toEqual(upTo(52))
    expect({ sockets, closed: driver.closed, troubles: driver.troubles }).toEqual({
      sockets: 11,
      closed: 10,
      troubles: [],
    })
  })

  it('Connection: close is honoured though the server leaves the socket open', async () => {
    const url = await serveTcp((socket) => {
      let served = 0
      onRequest(socket, (number) =>
        socket.write(
          served++ === 0 ? ok(number, 'connection: Close\r\n') : 'HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n',
        ),
      )
    })
    const driver = numbered(url, 20)
    await driver.until(() => driver.replies.length === 20)
    expect(driver.texts).toEqual(upTo(20))
    expect(driver.closed).toBe(20)
  })

  it('an end without a word costs the request it hits, and no other', async () => {
    const url = await serveTcp((socket) => {
      let served = 0
      onRequest(socket, (number) => (++served < 3 ? socket.write(ok(number)) : socket.end()))
    })
    const driver = numbered(url, 12)
    await driver.until(() => driver.replies.length + driver.troubles.length === 12)
    expect(driver.texts).toEqual(['1', '2', '4', '5', '7', '8', '10', '11'])
    expect(driver.troubles[0]).toEqual({ kind: 'transport', message: 'the connection was closed before any answer' })
  })

  it('an idle connection that is closed is made anew', async () => {
    const url = await serveTcp((socket, number) => {
      if (number === 1) onRequest(socket, (one) => socket.end(ok(one)))
    })
    const driver = numbered(url, 1)
    await driver.until(() => driver.closed === 1)
    await driver.until(() => driver.idle.size === 1)
    expect(driver.texts).toEqual(['1'])
    expect(driver.troubles).toEqual([])
  })

  it('one that the server will soon close, as it announced, is given up before', async () => {
    const sockets: net.Socket[] = []
    const url = await serveTcp((socket) => {
      sockets.push(socket)
      onRequest(socket, (number) => socket.write(ok(number, 'Keep-Alive: timeout=0\r\n')))
    })
    const driver = numbered(url, 1)
    await driver.until(() => driver.closed === 1)
    await driver.until(() => driver.idle.size === 1)
    // What was announced was about the connection before.
    await pause(60)
    expect([sockets.length, driver.closed]).toEqual([2, 1])
  })

  it('a body that ends with the connection is whole', async () => {
    const url = await serveTcp((socket) => {
      onRequest(socket, (number) => socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nbody ${number}`))
    })
    const driver = numbered(url, 5)
    await driver.until(() => driver.replies.length === 5)
    expect(driver.texts).toEqual(upTo(5).map((number) => `body ${number}`))
    expect(driver.troubles).toEqual([])
  })

  it('a body that the connection cuts off is trouble', async () => {
    const heads = ['Content-Length: 10\r\n\r\n12345', 'Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n']
    const url = await serveTcp((socket, number) => {
      onRequest(socket, () => socket.end(`HTTP/1.1 200 OK\r\n${heads[number - 1]}`))
    })
    const driver = numbered(url, 2)
    await driver.until(() => driver.troubles.length === 2)
    expect(driver.replies).toEqual([])
    for (const { kind, message, partial } of driver.troubles) {
      expect(kind).toBe('transport')
      expect(message).toMatch(/^the connection was closed within the answer, status 200 and \d+ bytes so far$/)
      expect(partial?.body.toString()).toBe('12345')
    }
  })
})

describe('a server that is not there', () => {
  it('is tried again with growing pauses, and found when it is back', async () => {
    const url = await deadUrl()
    const driver = numbered(url, 1)
    await driver.until(() => driver.connectErrors.length === 4)
    const [first, second, third, fourth] = driver.connectErrors.map(({ at }) => at)
    // Timers may fire a millisecond early.
    expect(second! - first!).toBeGreaterThan(48)
    expect(third! - second!).toBeGreaterThan(98)
    expect(fourth! - third!).toBeGreaterThan(198)
    expect(driver.connectErrors[0]?.message).toContain('ECONNREFUSED')
    expect(driver.engine.connected).toBe(0)
    const server = net.createServer((socket) => {
      onTestFinished(() => void socket.destroy())
      onRequest(socket, (number) => socket.write(ok(number)))
    })
    server.listen(Number(new URL(url).port), '127.0.0.1')
    onTestFinished(() => void server.close())
    await driver.until(() => driver.replies.length === 1)
    expect(driver.troubles).toEqual([])
  })

  it('does not spin when it takes connections only to close them', async () => {
    let sockets = 0
    const url = await serveTcp((socket) => {
      sockets++
      socket.end()
    })
    const driver = new Driver(url, () => undefined)
    driver.engine.resize(1)
    const start = performance.now()
    await driver.until(() => driver.closed === 3)
    expect(performance.now() - start).toBeGreaterThan(148)
    expect(sockets).toBe(3)
  })

  it('that never greets over TLS is given up after the timeout', async () => {
    const url = (await serveTcp(() => {})).replace('http:', 'https:')
    const driver = numbered(url, 1, { timeoutMs: 100 })
    await driver.until(() => driver.connectErrors.length === 1)
    expect(driver.connectErrors[0]?.message).toBe('no connection within 100 ms')
  })
})

describe('a timeout', () => {
  const half = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100\r\n\r\ndata: 1\n\n'

  it.each([
    ['without a byte', '', /^no whole answer within 100 ms, not a byte of it$/],
    ['within the head', 'HTTP/1.1 2', /10 bytes so far$/],
    ['within the body', half, /status 200 and \d+ bytes so far$/],
  ])('%s ends one request and leaves the connection clean', async (_, said, message) => {
    const url = await serveTcp((socket) =>
      onRequest(socket, (number) => socket.write(number === '1' ? said : ok(number))),
    )
    const driver = numbered(url, 99, { timeoutMs: 100 })
    await driver.until(() => driver.replies.length === 3)
    const [{ kind, message: words } = { kind: '', message: '' }] = driver.troubles
    expect([kind, words]).toEqual(['timeout', expect.stringMatching(message)])
    // On a machine that stands still for a while others may be late too; none may have another's answer.
    const numbers = driver.texts.map(Number)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set([1, ...numbers]).size).toBe(4)
  })

  it('strikes a stream that goes on and on, and tells what came', async () => {
    const url = await serveTcp((socket) =>
      onRequest(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n')
        const timer = setInterval(() => socket.write('data: 1\n\n'), 5)
        socket.on('close', () => clearInterval(timer))
      }),
    )
    const driver = numbered(url, 1, { timeoutMs: 300 })
    await driver.until(() => driver.troubles.length === 1)
    const { kind, partial } = driver.troubles[0]!
    expect(kind).toBe('timeout')
    expect(partial?.body.toString()).toMatch(/^(data: 1\n\n)+/)
    expect(partial?.firstEventAt).toBeGreaterThanOrEqual(partial!.firstByteAt)
  })
})

describe('what an answer holds', () => {
  it('its bytes, though characters and framing are split over packets', async () => {
    const text = 'é€𝄞 and so on'
    const bytes = Buffer.from(ok(text))
    const chunked = Buffer.from(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\né€\r\n0\r\nx-a: b\r\n\r\n',
    )
    const url = await serveTcp((socket) => {
      onRequest(socket, (number) => {
        const whole = number === '1' ? bytes : chunked
        const at = whole.indexOf('é') + 1
        inPieces(socket, [
          whole.subarray(0, 8),
          whole.subarray(8, at),
          ...[...whole.subarray(at)].map((byte) => Buffer.of(byte)),
        ])
      })
    })
    const driver = numbered(url, 2)
    await driver.until(() => driver.replies.length === 2)
    expect(driver.texts).toEqual([text, 'é€'])
    expect(driver.replies.map((reply) => reply.bytes)).toEqual([bytes.length, chunked.length])
  })

  it('its own head, though a head that is repeated to the byte is parsed but once', async () => {
    const date = (second: number) => `Date: Sun, 22 Nov 2026 19:31:4${second} GMT\r\n`
    const chunked = (second: number, text: string) =>
      `HTTP/1.1 200 OK\r\n${date(second)}Transfer-Encoding: chunked\r\n\r\n${text.length}\r\n${text}\r\n0\r\n\r\n`
    const fail = (text: string) => ok(text, date(0)).replace('200', '500')
    const said = [
      ok('one', date(0)),
      ok('two', date(0)),
      ok('longer', date(0)),
      ok('six', date(1)),
      fail('bad'),
      ok('six', date(1)),
      chunked(1, 'ch'),
      chunked(1, 'unks'),
      ok('one', date(0)),
      ok('one', date(0)),
      chunked(2, 'x'),
    ]
    const url = await serveTcp((socket) =>
      onRequest(socket, (number) => {
        const whole = Buffer.from(said[Number(number) - 1]!)
        // One head comes in two pieces, one apart from its body.
        if (number === '2') inPieces(socket, [whole.subarray(0, 30), whole.subarray(30)])
        else if (number === '10') inPieces(socket, [whole.subarray(0, -3), whole.subarray(-3)])
        else socket.write(whole)
      }),
    )
    const driver = numbered(url, said.length)
    await driver.until(() => driver.replies.length === said.length)
    expect(driver.texts).toEqual(['one', 'two', 'longer', 'six', 'bad', 'six', 'ch', 'unks', 'one', 'one', 'x'])
    expect(driver.replies.map(({ status }) => status === 500)).toEqual(said.map((_, i) => i === 4))
    expect(driver.replies.map(({ headers }) => headers[1]?.at(-5))).toEqual([...'00010111002'])
    expect(driver.troubles).toEqual([])
  })

  it('its own head also where a body looks like one, and no head is a part of one', async () => {
    const like = ok('abc')
    const nested = ok(`${like}${like}`)
    const said = [
      [nested],
      // The body begins a packet, with the very bytes of its own head.
      [nested.slice(0, -2 * like.length), like + like],
      [ok(like.repeat(2)).slice(0, -2 * like.length), nested.slice(0, 2 * like.length)],
      // The end of a head begins a packet, and is all of the next answer.
      [like.slice(0, 9), like.slice(9)],
      [like.slice(9)],
      [like],
    ]
    const url = await serveTcp((socket) => onRequest(socket, (number) => inPieces(socket, said[Number(number) - 1]!)))
    const driver = numbered(url, said.length)
    await driver.until(() => driver.replies.length + driver.troubles.length === said.length)
    expect(driver.texts).toEqual([like + like, like + like, nested.slice(0, 2 * like.length), 'abc', 'abc'])
    expect(driver.troubles).toEqual([expect.objectContaining({ message: expect.stringMatching(/^not a readable/) })])
  })

  it('megabytes, when they are allowed', async () => {
    const body = Buffer.alloc(3_000_000, 'abcdefg')
    const url = await serveTcp((socket) => onRequest(socket, () => socket.write(ok(body.toString()))))
    const driver = numbered(url, 1, { maxBytes: 3_000_000 })
    await driver.until(() => driver.replies.length === 1)
    expect(driver.replies[0]?.body.equals(body)).toBe(true)
  })

  it('times in their order, the first event apart', async () => {
    const url = await serveTcp((socket) =>
      onRequest(socket, () =>
        inPieces(socket, [
          'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 18\r\n\r\n',
          'data: 1\n',
          '\n',
          'data: 2\n\n',
        ]),
      ),
    )
    const driver = numbered(url, 1)
    await driver.until(() => driver.replies.length === 1)
    const { sentAt, firstByteAt, firstEventAt, endedAt } = driver.replies[0]!
    expect(sentAt).toBeLessThan(firstByteAt)
    expect(firstByteAt).toBeLessThanOrEqual(firstEventAt)
    expect(firstEventAt).toBeLessThanOrEqual(endedAt)
  })

  it('nothing, where its status or its method says so, and DELETE sends none', async () => {
    const requests = ['HEAD /', 'DELETE /', 'POST /', 'GET /', 'GET /', 'GET /']
    const answers = [
      'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n',
      'HTTP/1.1 204 No Content\r\n\r\n',
      'HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 304 Not Modified\r\nContent-Length: 17\r\n\r\n',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ]
    const seen: string[] = []
    const url = await serveTcp((socket) => {
      socket.on('data', (bytes) => {
        seen.push(bytes.toString())
        socket.write(answers[seen.length - 1]!)
      })
    })
    let sent = 0
    const driver = new Driver(url, () => (sent < 6 ? `${requests[sent++]} HTTP/1.1\r\nHost: a\r\n\r\n` : undefined))
    driver.engine.resize(1)
    await driver.until(() => driver.replies.length === 6)
    expect(driver.replies.map(({ status, body }) => [status, body.toString()])).toEqual([
      [200, ''],
      [204, ''],
      [202, ''],
      [304, ''],
      [200, 'hi'],
      [200, ''],
    ])
    expect(seen).toEqual(requests.map((line) => `${line} HTTP/1.1\r\nHost: a\r\n\r\n`))
    expect([driver.closed, driver.troubles]).toEqual([0, []])
  })
})

describe('an answer that cannot be read is trouble at once, and the next one is fine', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', /not a readable HTTP answer: Parse Error \("SSH-2\.0/],
    ['a length in words', 'HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n', /Content-Length is no number/],
    ['a length below nothing', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', /Content-Length is no number/],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', /Parse Error/],
    ['a chunk without a size', `${chunked}zz\r\nab\r\n0\r\n\r\n`, /a chunk without a size/],
    ['a chunk longer than its size', `${chunked}1\r\nab\r\n0\r\n\r\n`, /Expected empty line/],
    ['a head without end', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(12_000)}`, /header size exceeded/],
    [
      'a switch of protocols',
      'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      /switched unasked/,
    ],
    ['too long a body', ok('x'.repeat(1001)), /^an answer of more than 1000 bytes/],
    [
      'too long a stream',
      `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${'data: 1\n\n'.repeat(120)}`,
      /more than 1000 bytes/,
    ],
    ['a chunk that is all extension', `${chunked}1;${'x'.repeat(300_000)}`, /^an answer of more than 1000 bytes/],
  ])('%s', async (_, said, message) => {
    const url = await serveTcp((socket) =>
      onRequest(socket, (number) => socket.write(number === '1' ? said : ok(number))),
    )
    const driver = numbered(url, 2, { maxBytes: 1000 })
    await driver.until(() => driver.replies.length === 1)
    expect(driver.texts).toEqual(['2'])
    expect(driver.troubles).toEqual([
      expect.objectContaining({ kind: 'transport', message: expect.stringMatching(message) }),
    ])
  })

  it('an endless stream is cut off at the bound', async () => {
    let written = 0
    let ended: () => void
    const over = new Promise<void>((resolve) => {
      ended = resolve
    })
    const url = await serveTcp((socket) => {
      const more = () => {
        while (socket.writable && socket.write(event)) written += event.length
      }
      onRequest(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n')
        socket.on('drain', more)
        more()
      })
      socket.on('close', () => ended())
    })
    const event = Buffer.from(`data: ${'x'.repeat(4000)}\n\n`)
    const driver = numbered(url, 1, { maxBytes: 500_000 })
    await driver.until(() => driver.troubles.length === 1)
    expect(driver.troubles[0]?.partial?.body.length).toBeLessThanOrEqual(500_000)
    await over
    expect(written).toBeGreaterThan(400_000)
  })
})

describe('bytes that nobody asked for', () => {
  it('on an idle connection end it; the next request has its own answer', async () => {
    const url = await serveTcp((socket, number) => {
      if (number === 1) socket.write(ok('unasked'))
      else onRequest(socket, (one) => socket.write(ok(one)))
    })
    let armed = false
    const driver = new Driver(url, () => (armed ? 'GET /7 HTTP/1.1\r\n\r\n' : undefined))
    driver.engine.resize(1)
    await driver.until(() => driver.closed === 1)
    armed = true
    await driver.until(() => driver.replies.length === 1)
    expect(driver.texts[0]).toBe('7')
  })

  it('after an answer are not taken for the next one', async () => {
    const url = await serveTcp((socket) => onRequest(socket, (number) => socket.write(`${ok(number)}${ok('surplus')}`)))
    const driver = numbered(url, 5)
    await driver.until(() => driver.replies.length === 5)
    expect(driver.texts).toEqual(upTo(5))
    expect([driver.closed, driver.troubles]).toEqual([5, []])
  })
})

describe('TLS', () => {
  it('a certificate nobody trusts is refused, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { url } = await serveTls('IP:127.0.0.1')
    const driver = numbered(url, 1)
    await driver.until(() => driver.connectErrors.length === 2)
    expect(driver.connectErrors[0]?.message).toMatch(/self-signed certificate/)
    expect(driver.replies).toEqual([])
  })

  it('its own authority makes it good', async () => {
    const { url, certificate } = await serveTls('IP:127.0.0.1')
    const driver = numbered(url, 3, { ca: certificate })
    await driver.until(() => driver.replies.length === 3)
    expect(driver.texts).toEqual(['{}', '{}', '{}'])
    expect(driver.closed).toBe(0)
  })

  it('but not for another name', async () => {
    const { url, certificate } = await serveTls('DNS:elsewhere.example')
    const driver = numbered(url, 1, { ca: certificate })
    await driver.until(() => driver.connectErrors.length === 1)
    expect(driver.connectErrors[0]?.message).toMatch(/altnames/)
  })
})

describe('how many connections', () => {
  /** A server that answers nothing by itself; `open` are its sockets, `changed` settles when their number is right. */
  async function silent() {
    const open = new Set<net.Socket>()
    const waiting: { count: number; done: () => void }[] = []
    const look = () => {
      for (const one of waiting.filter(({ count }) => count === open.size)) one.done()
    }
    const url = await serveTcp((socket) => {
      open.add(socket)
      look()
      socket.resume()
      socket.on('close', () => {
        open.delete(socket)
        look()
      })
    })
    const has = async (count: number) => {
      if (open.size !== count) await new Promise<void>((done) => waiting.push({ count, done }))
    }
    return { url, open, has }
  }

  it('follows resize up and down; a busy one stays until it is answered', async () => {
    const { url, open, has } = await silent()
    const driver = new Driver(url, () => undefined)
    const { engine } = driver
    engine.resize(5)
    await driver.until(() => driver.idle.size === 5)
    await has(5)
    const busy = [...driver.idle][4]!
    driver.idle.delete(busy)
    engine.send(busy, Buffer.from('GET / HTTP/1.1\r\n\r\n'))
    engine.resize(2)
    await has(2)
    expect(driver.gone).toEqual([3, 2, 1])
    engine.resize(0)
    expect(driver.gone).toEqual([3, 2, 1, 0])
    await has(1)
    expect(engine.connected).toBe(1)
    for (const socket of open) socket.write(ok('late'))
    await has(0)
    expect(driver.texts).toEqual(['late'])
    expect(driver.gone).toEqual([3, 2, 1, 0, 4])
    driver.idle.clear()
    engine.resize(3)
    await driver.until(() => driver.idle.size === 3)
    expect([...driver.idle].map(({ index }) => index)).toEqual([5, 6, 7])
    expect(engine.connected).toBe(3)
  })

  it('a leaver whose request is lost is gone too', async () => {
    const { url, open, has } = await silent()
    let sends = 1
    const driver = new Driver(url, () => (sends-- > 0 ? 'GET / HTTP/1.1\r\n\r\n' : undefined))
    driver.engine.resize(1)
    await has(1)
    await driver.until(() => driver.engine.connected === 1)
    driver.engine.resize(0)
    for (const socket of open) socket.destroy()
    await driver.until(() => driver.gone.length === 1)
    expect([driver.troubles.length, driver.engine.connected]).toEqual([1, 0])
    await pause(60)
    expect(open.size).toBe(0)
  })

  it('a leaver that is needed again stays', async () => {
    const { url, open, has } = await silent()
    let sends = 1
    const driver = new Driver(url, () => (sends-- > 0 ? 'GET / HTTP/1.1\r\n\r\n' : undefined))
    driver.engine.resize(1)
    await has(1)
    await driver.until(() => driver.engine.connected === 1)
    driver.engine.resize(0)
    driver.engine.resize(1)
    for (const socket of open) socket.write(ok(''))
    await driver.until(() => driver.idle.size === 1)
    expect(driver.gone).toEqual([])
  })

  it('a send on a connection that is not idle is a mistake of the driver', async () => {
    const { url } = await silent()
    const driver = new Driver(url, () => undefined)
    driver.engine.resize(1)
    await driver.until(() => driver.idle.size === 1)
    const [connection] = driver.idle
    driver.engine.send(connection!, Buffer.from('GET / HTTP/1.1\r\n\r\n'))
    expect(() => driver.engine.send(connection!, Buffer.from('GET'))).toThrow('connection 0 is busy, not idle')
  })
})
