import { describe, expect, it } from 'vitest'
import { Reply } from './reply.js'

const room = (bytes: number) => ({ bytes, hasRoom: () => true })

const sse = (bytes: Buffer | string, cut = Number.POSITIVE_INFINITY) => {
  const reply = new Reply(performance.now(), room(1 << 20), () => {})
  reply.head(200, [['Content-Type', 'Text/Event-Stream; charset=utf-8']])
  const all = Buffer.from(bytes as string)
  for (let at = 0; at < all.length; at += cut) reply.chunk(all.subarray(at, at + cut))
  return reply
}

const json = (text: string, how: 'complete' | 'reset' = 'complete') => {
  const reply = new Reply(performance.now(), room(1 << 20), () => {})
  reply.head(200, [['content-type', 'application/json']])
  if (text) reply.chunk(Buffer.from(text))
  reply.end(how)
  return reply
}

describe('a body that is an event stream', () => {
  it.each([1, 2, 3, 1000])(
    'is read whatever its chunks, here of %i bytes: characters of several bytes, a BOM, all line ends',
    (cut) => {
      const reply = sse(
        '\uFEFFid: 1\ndata: {"a":"žába 🐸"}\r\n\r\n: ping\rretry: 40\rdata: {"jsonrpc":"2.0",\rdata: "id":1,"result":{}}\r\r',
        cut,
      )
      expect(reply.messages).toEqual([{ a: 'žába 🐸' }, { jsonrpc: '2.0', id: 1, result: {} }])
      expect(reply.comments.map((comment) => comment.text)).toEqual(['ping'])
      expect(reply).toMatchObject({ isStream: true, retry: 40, lastEventId: '1', response: { id: 1 } })
    },
  )

  it('gives no message for data that is no JSON, but keeps the event', () => {
    const reply = sse('event: endpoint\ndata: /messages\n\n')
    expect(reply.events).toMatchObject([{ event: 'endpoint', data: '/messages' }])
    expect(reply.messages).toEqual([])
  })

  it('drops an unfinished last event when the stream ends', () => {
    const reply = sse('data: 1\n\ndata: 2\n')
    reply.end('complete')
    expect(reply.messages).toEqual([1])
  })

  it('takes a batch apart', () =>
    expect(sse('data: [{"id":1,"result":{}},{"id":2,"result":{}}]\n\n').messages).toHaveLength(2))

  it('takes the id to resume from of the last event that had one', () => {
    expect(sse('id: 1\ndata:\n\nid: 2\ndata: {}\n\ndata: {}\n\n').lastEventId).toBe('2')
    expect(sse('data: {}\n\n').lastEventId).toBeUndefined()
  })
})

describe('a body that is JSON', () => {
  const rows: [what: string, text: string, messages: unknown[]][] = [
    ['a message', '{"id":1}', [{ id: 1 }]],
    ['a batch', '[{"id":1},{"id":2}]', [{ id: 1 }, { id: 2 }]],
    ['null', 'null', [null]],
    ['no JSON', '<html>', []],
    ['nothing', '', []],
  ]
  it.each(rows)('%s', (_, text, messages) => expect(json(text).messages).toEqual(messages))

  it('is not read when it broke off, even if what came parses', () => expect(json('12', 'reset').messages).toEqual([]))

  it('is read whatever its media type says: a server that mislabels its answers is judged for that, not for silence', () => {
    const reply = new Reply(0, room(100), () => {})
    reply.head(200, [])
    reply.chunk(Buffer.from('{"id":1}'))
    reply.end('complete')
    expect(reply).toMatchObject({ type: '', messages: [{ id: 1 }] })
  })
})

describe('endings', () => {
  it('cuts a body that is too large, keeps what fitted, and hangs up once', () => {
    let aborts = 0
    const reply = new Reply(performance.now(), room(5), () => aborts++)
    reply.head(200, [])
    for (const piece of ['abc', 'def', 'ghi']) reply.chunk(Buffer.from(piece))
    reply.end('complete')
    expect({ ended: reply.ended, text: reply.text, aborts }).toEqual({ ended: 'too-large', text: 'abc', aborts: 1 })
  })

  it.each(['complete', 'reset', 'failed'] as const)('the first ending stands: %s, then closed by us', async (how) => {
    let aborts = 0
    const reply = new Reply(performance.now(), room(5), () => aborts++)
    reply.end(how, { kind: 'reset', message: 'gone' })
    reply.close()
    reply.end('complete')
    await reply.finished
    expect({ ended: reply.ended, error: reply.error?.kind, aborts }).toEqual({ ended: how, error: 'reset', aborts: 0 })
    expect(reply.at.end).toBeGreaterThanOrEqual(0)
  })

  it('closing aborts the exchange and names the reason', () => {
    let aborts = 0
    const reply = new Reply(0, room(5), () => aborts++)
    reply.close('timeout')
    expect([reply.ended, aborts]).toEqual(['timeout', 1])
  })
})

describe('until', () => {
  const open = () => new Reply(performance.now(), room(1000), () => {})

  it('resolves as soon as what is waited for is there', async () => {
    const reply = open()
    const found = reply.until((one) => one.messages.length > 0, 10_000)
    reply.message({ id: 1, result: {} })
    reply.tell()
    expect(await found).toBe(true)
  })

  it('resolves when the body ends, saying that it did not come', async () => {
    const reply = open()
    const found = reply.until(() => false, 10_000)
    reply.end('reset')
    expect(await found).toBe(false)
    expect(await reply.until(() => false, 10_000)).toBe(false)
  })

  it('gives up after its bound', async () => expect(await open().until(() => false, 5)).toBe(false))

  it('several may wait for different things', async () => {
    const reply = open()
    const both = Promise.all([
      reply.until((one) => one.status === 200, 10_000),
      reply.until((one) => one.ended !== undefined, 10_000),
    ])
    reply.head(200, [])
    reply.end('complete')
    expect(await both).toEqual([true, true])
  })
})

it('calls onMessage once per message and takes the first response, unless the session matched one', () => {
  const came: unknown[] = []
  const reply = new Reply(
    0,
    room(1000),
    () => {},
    (message) => came.push(message),
  )
  reply.message({ method: 'notifications/progress' })
  reply.message({ id: 1, result: {} })
  reply.message({ id: 2, error: {} })
  expect(came).toHaveLength(3)
  expect(reply.response?.id).toBe(1)
  reply.matched = { id: 2, error: {} }
  expect(reply.response?.id).toBe(2)
})

it.each([
  ['as much as any stream may keep', true, 3000],
  ['little where the run has no room for more', false, 200],
])('of a stream that floods, %s is heard, and little is kept once it is cut', (_, hasRoom, heard) => {
  let messages = 0
  const reply = new Reply(
    0,
    { bytes: 1 << 20, hasRoom: () => hasRoom },
    () => {},
    () => messages++,
  )
  reply.head(200, [['content-type', 'text/event-stream']])
  reply.chunk(Buffer.from('data: {"method":"ping","id":1}\n\n'.repeat(4000)))
  expect([reply.ended, messages]).toEqual(['too-large', heard])
  expect([reply.events.length, reply.messages.length, reply.body.length]).toEqual([200, 200, 8000])
})

it('the response is kept though its stream was cut after it', () => {
  const reply = sse(`${'data: {"method":"ping","id":1}\n\n'.repeat(300)}data: {"id":7,"result":{}}\n\n`)
  reply.chunk(Buffer.from('data: 1\n\n'.repeat(4000)))
  expect([reply.ended, reply.response]).toEqual(['too-large', { id: 7, result: {} }])
})
