import { expect, it } from 'vitest'
import { resultOf } from '../support/runs.js'
import { count, emptyTally, linesOf, unsteady } from './tally.js'

/** Runs of one check and of another that always passes. */
function tallied(...outcomes: Parameters<typeof resultOf>[1][]) {
  const tally = emptyTally()
  for (const outcome of outcomes) {
    tally.runs++
    count(tally, 'with handshake', [resultOf('streams/odd', outcome), resultOf('ping/even', 'pass')])
  }
  return tally
}

it('a check whose outcome was the same in all runs is steady, whatever its words', () => {
  const words = ['late by 31 ms', 'late by 48 ms', 'another reason'].map((message) => ({ status: 'fail', message }))
  expect(unsteady(tallied(...(words as Parameters<typeof resultOf>[1][])))).toEqual([])
})

it('one that came out otherwise once is told with counts and the words that differ', () => {
  const late = { status: 'fail', message: 'late by 31 ms at 127.0.0.1:4711' } as const
  const [found, ...more] = unsteady(tallied('pass', late, 'pass', { ...late, message: 'late by 7 ms at 127.0.0.1:80' }))
  expect(more).toEqual([])
  expect(linesOf(...found!)).toEqual([
    '  streams/odd with handshake',
    '    2 x pass',
    '    2 x fail',
    '      2 x late by # ms at #.#.#.#',
  ])
})

it('one that has no result in some run is unsteady', () => {
  const tally = tallied('pass', 'pass')
  tally.runs++
  count(tally, 'with handshake', [resultOf('ping/even', 'pass')])
  expect(unsteady(tally).map(([check]) => check)).toEqual(['streams/odd with handshake'])
})
