import { expect, it } from 'vitest'
import { FirstEvent } from './first-event.js'

it.each([
  ['data: 1\n\n', true],
  ['event: message\r\ndata: 1\r\n\r\n', true],
  ['data\r\r', true],
  ['data:1\n', false],
  [': a comment\n\n', false],
  ['id: 7\n\n', false],
  ['database: 1\n\n', false],
  ['\n\n\n', false],
  [': first\n\ndata: 2\n\n', true],
])('%j ends the first event: %s', (text, ended) => {
  expect(new FirstEvent().endsIn(Buffer.from(text))).toBe(ended)
})

it('sees an event whose bytes come one by one, and no end between CR and LF', () => {
  const watch = new FirstEvent()
  const stream = Buffer.from('data: é\r\n\r\n')
  const ends = [...stream].map((_, i) => watch.endsIn(stream.subarray(0, i + 1)))
  expect(ends.indexOf(true)).toBe(ends.length - 2)
})
