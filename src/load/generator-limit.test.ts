import { expect, it } from 'vitest'
import { limitOf } from './generator-limit.js'
import { record } from './histogram.js'
import { emptyPhase, emptyTally, type Tally } from './tally.js'

function counted(change: Partial<Tally>, lateMs = 0): Tally {
  const tally = { ...emptyTally(0), ...change }
  const ping = emptyPhase()
  const initialize = emptyPhase()
  for (let count = 0; count < 100; count++) {
    record(ping.latency, 10)
    record(initialize.latency, 1000)
    record(tally.lateness, lateMs)
  }
  tally.phases = { initialize, ping }
  return tally
}

it.each([
  ['nothing to say of a rested generator', counted({ busiest: 0.8, occupied: 0.9 }, 1), undefined],
  ['a core used up', counted({ busiest: 0.81 }), /^The generator was the limit: it used 81 % of a core/],
  [
    'no core left for it',
    counted({ busiest: 0.5, occupied: 0.97 }),
    /it never paused, though this machine gave it only 50 % of a core/,
  ],
  [
    'late requests',
    counted({}, 440),
    /requests left up to 440 ms after their time \(p99\), where the median answer took 10\.0 ms/,
  ],
  ['lateness below a millisecond', counted({}, 1), undefined],
  ['nothing measured', emptyTally(0), undefined],
])('%s', (_, tally, sentence) => {
  if (sentence) expect(limitOf(tally, 'open')).toMatch(sentence)
  else expect(limitOf(tally, 'open')).toBeUndefined()
})

it('does not ask a closed loop for lateness', () => {
  expect(limitOf(counted({}, 5), 'closed')).toBeUndefined()
})
