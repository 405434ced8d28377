import { expect, it } from 'vitest'
import { comparisonOf, measured, secondOf } from '../../test/support/loads.js'
import type { CompareEvent } from '../load/compare.js'
import { compareProgress } from './compare-progress.js'
import type { Terminal } from './terminal.js'

const trial = { loop: 'closed', session: 'shared', connections: 10, rounds: 2, seconds: 5 } as const
const second = { type: 'second', row: secondOf(0, { failed: 2 }), stage: 'x', secondsLeft: 3 } as const
const events: CompareEvent[] = [
  { type: 'trial', index: 0, of: 2, plan: trial },
  { type: 'round', target: 0, round: 0, rounds: 2 },
  { type: 'load', target: 0, round: 0, event: second },
  { type: 'round', target: 1, round: 1, rounds: 2 },
  { type: 'load', target: 1, round: 1, event: second },
  { type: 'load', target: 1, round: 1, event: { type: 'done', load: measured() } },
  { type: 'trial', index: 1, of: 2, plan: { ...trial, leaves: true } },
  { type: 'done', comparison: comparisonOf() },
]

function shown(changes: Partial<Terminal>, quiet = false): string {
  let text = ''
  const err = (more: string) => {
    text += more
  }
  const tell = compareProgress({ err, columns: 80, live: false, ...changes } as Terminal, quiet, [
    'old',
    '\u001b[2Jnew',
  ])
  for (const event of events) tell(event)
  return text
}

const first = '  trial 1 of 2: closed loop, 10 connections, one session for all connections, 2 rounds of 5 s each\n'
const last = '  trial 2 of 2: sessions left open, 2 rounds of 5 s each\n'

it('in a log: a line per trial', () => expect(shown({})).toBe(first + last))

it('on a screen: the round and the server under load in a line that is rewritten', () => {
  expect(shown({ live: true }).split('\r\u001b[K')).toEqual([
    '',
    first,
    '  warming up, old  3 s left  4,821/s  p99 7.92 ms  2 failed  10 connections',
    '  round 1 of 2, \\x1b[2Jnew  3 s left  4,821/s  p99 7.92 ms  2 failed',
    last,
    '',
  ])
})

it('--quiet: nothing', () => expect(shown({ live: true }, true)).toBe(''))
