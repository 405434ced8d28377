import { describe, expect, it } from 'vitest'
import { formatSse, type SseEvent, sseParser } from './sse.js'

function parse(...pieces: string[]): { events: Omit<SseEvent, 'at'>[]; retries: number[]; comments: string[] } {
  const events: Omit<SseEvent, 'at'>[] = []
  const retries: number[] = []
  const comments: string[] = []
  const event = ({ at: _, ...rest }: SseEvent) => events.push(rest)
  const feed = sseParser({ event, retry: (ms) => retries.push(ms), comment: (text) => comments.push(text) }, () => 0)
  for (const piece of pieces) feed(piece)
  return { events, retries, comments }
}

describe('sseParser', () => {
  const rows: [what: string, pieces: string[], events: Omit<SseEvent, 'at'>[]][] = [
    ['lines that end in LF', ['data: a\n\ndata: b\n\n'], [{ data: 'a' }, { data: 'b' }]],
    ['lines that end in CRLF', ['data: a\r\n\r\ndata: b\r\n\r\n'], [{ data: 'a' }, { data: 'b' }]],
    [
      'lines that end in CR, the last one at the very end of what came',
      ['data: a\r\rdata: b\r\r'],
      [{ data: 'a' }, { data: 'b' }],
    ],
    ['all three in one stream', ['data: a\r\n\rdata: b\n\r\n'], [{ data: 'a' }, { data: 'b' }]],
    [
      'a CRLF cut between its two characters',
      ['data: a\r', '\n\r', '\ndata: b\r\n\r\n'],
      [{ data: 'a' }, { data: 'b' }],
    ],
    ['a CRLF cut so, followed by a second line of data', ['data: a\r', '\ndata: b\r\n\r\n'], [{ data: 'a\nb' }]],
    [
      'an event cut anywhere',
      [...'id: 7\nevent: message\ndata: abc\n\n'],
      [{ id: '7', event: 'message', data: 'abc' }],
    ],
    ['data over several lines', ['data: a\ndata:\ndata:  c\n\n'], [{ data: 'a\n\n c' }]],
    ['data without the space', ['data:a\n\n'], [{ data: 'a' }]],
    ['an id with empty data: the priming event', ['id: 1\ndata:\n\n'], [{ id: '1', data: '' }]],
    [
      'the same with a space, and the field without a colon',
      ['id: 1\ndata: \n\nid: 2\ndata\n\n'],
      [
        { id: '1', data: '' },
        { id: '2', data: '' },
      ],
    ],
    ['an empty id', ['id:\ndata: a\n\n'], [{ id: '', data: 'a' }]],
    ['an id belongs to its own event only', ['id: 1\ndata: a\n\ndata: b\n\n'], [{ id: '1', data: 'a' }, { data: 'b' }]],
    ['no data, no event', ['event: message\nid: 3\n\n'], []],
    ['unknown fields are ignored', ['color: red\ndata: a\n\n'], [{ data: 'a' }]],
    ['an unfinished last event is dropped', ['data: a\n\ndata: b\n'], [{ data: 'a' }]],
    ['blank lines alone are nothing', ['\n\n\r\n\r\r'], []],
  ]
  it.each(rows)('%s', (_, pieces, events) => expect(parse(...pieces).events).toEqual(events))

  it('tells of retry fields that are numbers, and of comments', () => {
    const found = parse(': hello\nretry: 250\nretry: soon\n:\ndata: a\n\n')
    expect(found).toEqual({ events: [{ data: 'a' }], retries: [250], comments: ['hello', ''] })
  })

  it.each([
    [{ data: 'a' }],
    [{ data: 'a\nb\n' }],
    [{ id: '4', event: 'message', data: '' }],
    [{ id: '', data: '{"a":1}' }],
  ])('reads back what formatSse writes: %j', (event) => expect(parse(formatSse(event)).events).toEqual([event]))

  it('writes retry as a field of the event', () =>
    expect(parse(formatSse({ data: 'a', retry: 5 })).retries).toEqual([5]))
})
