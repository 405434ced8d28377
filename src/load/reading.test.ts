import { expect, it } from 'vitest'
import { fieldOf } from '../wire/headers.js'
import { answerHead, Reading } from './reading.js'

const stream = ['Server', 'x', 'content-TYPE', 'Text/Event-Stream; charset=utf-8']

function pieces(headers: string[], texts: string[]): Reading {
  const reading = new Reading(1)
  texts.forEach((text, i) => {
    reading.arrived(text.length + 7, i + 2)
    if (i === 0) reading.head = answerHead(200, headers, true)
    reading.add(Buffer.from(text), 1000)
    reading.whole = i === texts.length - 1
    if (!reading.whole) reading.look()
  })
  return reading
}

it.each([
  ['in one piece', stream, ['data: 1\n\n'], { firstByteAt: 2, firstEventAt: 2, endedAt: 2 }],
  [
    'whose first event is whole before the end',
    stream,
    ['dat', 'a: 1\n', '\ndata: 2', '\n\n'],
    { firstByteAt: 2, firstEventAt: 4, endedAt: 5 },
  ],
  ['whose event ends with it', stream, [': hi\n\n', 'data: 1\n\n'], { firstByteAt: 2, firstEventAt: 3, endedAt: 3 }],
  [
    'that is no stream',
    ['Content-Type', 'application/json'],
    ['data: 1\n\n', 'x'],
    { firstByteAt: 2, firstEventAt: 0, endedAt: 3 },
  ],
])('the times of an answer %s', (_, headers, texts, times) => {
  const body = texts.join('')
  expect(pieces(headers, texts).reply()).toEqual({
    status: 200,
    headers,
    body: Buffer.from(body),
    sentAt: 1,
    bytes: body.length + 7 * texts.length,
    ...times,
  })
})

it('keeps its own copy of the bytes', () => {
  const buffer = Buffer.from('first')
  const reading = new Reading(0)
  reading.add(buffer, 100)
  buffer.write('other')
  reading.add(buffer, 100)
  buffer.write('third')
  expect(reading.reply().body.toString()).toBe('firstother')
})

it('refuses more than was allowed, and keeps what came before', () => {
  const reading = new Reading(0)
  reading.add(Buffer.from('12345'), 8)
  expect(() => reading.add(Buffer.from('6789'), 8)).toThrow('an answer of more than 8 bytes')
  expect(reading.reply().body.toString()).toBe('12345')
})

it('a body of many small pieces takes little more than its bytes', () => {
  const reading = new Reading(0)
  for (let i = 0; i < 100_000; i++) reading.add(Buffer.of(120), 1 << 20)
  expect(reading.reply().body.toString()).toBe('x'.repeat(100_000))
  expect(reading.reply().body.buffer.byteLength).toBeLessThan(300_000)
})

it('finds a field whatever its case', () => {
  expect(fieldOf(stream, 'content-type')).toBe('Text/Event-Stream; charset=utf-8')
  expect(fieldOf(stream, 'x')).toBeUndefined()
})
