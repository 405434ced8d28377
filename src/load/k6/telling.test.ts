import { expect, it } from 'vitest'
import { virtualPlan } from '../../../test/support/virtual-load.js'
import type { GeneratorEvent } from '../tally.js'
import { bucketOf, coarse, fine } from './buckets.js'
import type { RunnerFigures } from './figures.js'
import { tallyOf } from './tally-of.js'
import { Telling } from './telling.js'

const {
  requests: _,
  headers: __,
  secrets: ___,
  workers: ____,
  ...plan
} = virtualPlan({
  profile: {
    stages: [
      { seconds: 2, connections: 4 },
      { seconds: 1, connections: 8 },
    ],
  },
})
const told = { ...plan, method: 'tools/call', thresholds: [], openingSeconds: 3 }
const start = 1_700_000_000_000

/** What k6 tells when so many seconds are over, ten answers in each. */
function after(seconds: number): RunnerFigures {
  const rows = Object.fromEntries(
    Array.from({ length: seconds }, (_, row) => [`${row}.${bucketOf(coarse, 5000)}`, 10] as const),
  )
  const stage = { [bucketOf(fine, 5000)]: 10 * seconds }
  const counts = { mcp_rows_0: rows, mcp_stage_0: stage, mcp_sessions_opened: { '': 4 } }
  return { k6Figures: 1, runner: 'a', plan: told, segment: '0:1', seconds: 0, startedAt: start, counts }
}

function words(events: Iterable<GeneratorEvent>): string[] {
  return [...events].map((event) =>
    event.type === 'second'
      ? `second ${event.index} of stage ${event.stage}: ${event.second.count}, ${event.secondsLeft} left`
      : event.type === 'stage'
        ? `stage ${event.stage}: ${event.tally.count}`
        : event.type,
  )
}

it('a running k6 is told of second by second, each once and when it is over', () => {
  const telling = new Telling(told)
  const { startedAt: ____, ...early } = after(0)
  expect(words(telling.news(early, start - 500))).toEqual([])
  expect(words(telling.news(after(1), start + 1100))).toEqual(['opened'])
  expect(words(telling.news(after(1), start + 1400))).toEqual(['second 0 of stage 0: 10, 2 left'])
  expect(words(telling.news(after(1), start + 1800))).toEqual([])
  expect(words(telling.news(after(2), start + 2900))).toEqual(['second 1 of stage 0: 10, 1 left', 'stage 0: 20'])
  const all = tallyOf({ ...after(3), seconds: 6 })
  expect(words(telling.rest(all))).toEqual(['second 2 of stage 1: 10, 0 left', 'stage 1: 10'])
})

it('a k6 that was too quick to be looked at is told of at its end', () => {
  const events = words(new Telling(told).rest(tallyOf({ ...after(3), seconds: 6 })))
  expect(events[0]).toBe('opened')
  expect(events.filter((event) => event.startsWith('second')).length).toBe(3)
})
