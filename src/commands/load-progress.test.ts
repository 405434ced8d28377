import { describe, expect, it } from 'vitest'
import { measured, secondOf, stageOf } from '../../test/support/loads.js'
import type { LoadEvent } from '../load/plan.js'
import { loadProgress } from './load-progress.js'
import type { Terminal } from './terminal.js'

const events: LoadEvent[] = [
  { type: 'opened', sessions: 10, seconds: 0.31 },
  { type: 'second', row: secondOf(0), stage: 'climb', secondsLeft: 2 },
  { type: 'second', row: secondOf(1, { failed: 3, waiting: 4, streams: 1 }), stage: 'climb', secondsLeft: 1 },
  { type: 'stage', stage: stageOf('climb', { failed: 3 }), index: 0, of: 2 },
  {
    type: 'second',
    row: { second: 2, count: 0, failed: 2, connections: 0, waiting: 0 },
    stage: '\u001b[2J',
    secondsLeft: -1,
  },
  { type: 'done', load: measured() },
]

function shown(changes: Partial<Terminal>, quiet = false, told = events): string {
  let text = ''
  const err = (more: string) => {
    text += more
  }
  const tell = loadProgress({ err, columns: 80, live: false, ...changes } as Terminal, quiet)
  for (const event of told) tell(event)
  return text
}

describe('loadProgress', () => {
  it('in a log: a line per stage and nothing by the second', () => {
    expect(shown({})).toBe(
      '  10 sessions opened in 0.3 s\n  climb (1 of 2): 4,821/s over 10 s, p99 7.92 ms, 3 failed\n',
    )
  })

  it('on a screen: one line that is rewritten, failures added up, and the line wiped at the end', () => {
    const wipe = '\r\u001b[K'
    expect(shown({ live: true }).split(wipe)).toEqual([
      '',
      '  10 sessions opened in 0.3 s\n',
      '  climb  2 s left  4,821/s  p99 7.92 ms  0 failed  10 connections',
      '  climb  1 s left  4,861/s  p99 8.92 ms  3 failed  10 connections  4 waiting',
      '  climb (1 of 2): 4,821/s over 10 s, p99 7.92 ms, 3 failed\n',
      '  \\x1b[2J  0 s left  0/s  no answer  5 failed  0 connections',
      '',
    ])
  })

  it('a single stage needs no line of its own on a screen', () => {
    const single: LoadEvent[] = [{ type: 'stage', stage: stageOf(''), index: 0, of: 1 }]
    expect(shown({ live: true }, false, single)).toBe('')
    expect(shown({}, false, single)).toBe('  stage: 4,821/s over 10 s, p99 7.92 ms, 0 failed\n')
  })

  it('--quiet: nothing', () => expect(shown({ live: true }, true)).toBe(''))
})
