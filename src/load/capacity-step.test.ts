import { expect, it } from 'vitest'
import { judgeStep, mayBeChance } from './capacity-step.js'
import { record } from './histogram.js'
import { parseThreshold } from './parse-threshold.js'
import { emptyPhase, emptyTally, type Tally } from './tally.js'

const objective = ['p(99)<100ms', 'rate(errors)<1%'].map(parseThreshold)

/** A step of 100 per second for ten seconds. */
function step(good: number, ms: number, changes: Partial<Tally> = {}, failed = 0) {
  const phase = emptyPhase()
  for (let number = 0; number < good; number++) record(phase.latency, ms)
  phase.count = good
  if (failed > 0) phase.errors = { timeout: failed }
  const tally = { ...emptyTally(0), measured: 10, phases: { 'tools/call': phase }, ...changes }
  const judged = judgeStep(100, tally, objective)
  return { ...judged, chance: mayBeChance(judged, tally) }
}

it.each<[string, ReturnType<typeof step>, string | undefined, boolean]>([
  ['all is well', step(1000, 20), undefined, false],
  ['a few are still on their way', step(995, 50, { inFlightAtEnd: 5 }), undefined, false],
  ['answers are late', step(1000, 150), 'p(99)<100ms was 150 ms', true],
  ['answers fail', step(975, 20, {}, 25), 'rate(errors)<1% was 2.5 %', true],
  ['some never started', step(970, 20, { dropped: 30 }), '30 of 1000 never started', true],
  ['many never started', step(700, 20, { dropped: 300 }), '300 of 1000 never started', false],
  ['many are still on their way', step(930, 20, { inFlightAtEnd: 70 }), 'only 93 per second were answered', true],
  ['nothing came', step(0, 1), 'nothing was answered', true],
  ['the server went away', step(700, 20, { obstacle: 'It was gone.' }), 'It was gone.', false],
])('a step in which %s', (_, judged, reason, chance) => {
  expect(judged).toMatchObject({ rate: 100, held: reason === undefined, chance })
  expect(judged.reason).toBe(reason)
})
