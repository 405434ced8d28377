import { expect, it } from 'vitest'
import { record } from './histogram.js'
import { parseThreshold } from './parse-threshold.js'
import { emptyPhase, type PhaseTally } from './tally.js'
import { evaluateThresholds } from './thresholds.js'

/** `good` answers of 1 ms, 2 ms, 3 ms …; with the failures given. */
function phaseOf(good: number, errors: PhaseTally['errors'] = {}): PhaseTally {
  const phase = emptyPhase()
  for (let ms = 1; ms <= good; ms++) record(phase.latency, ms)
  return { ...phase, count: good, errors }
}

function judge(text: string, phases: Record<string, PhaseTally>, seconds = 10) {
  const [outcome] = evaluateThresholds([parseThreshold(text)], phases, seconds)
  return outcome!
}

const calls = { 'tools/call': phaseOf(1000, { timeout: 1, 'rpc-error': 2 }) }

it.each([
  ['p(50)<500ms', false, 500],
  ['p(50)<=501ms', true, 500],
  ['med<501ms', true, 500],
  ['p(50)<0.6s', true, 0.5],
  ['p(0.1)==1ms', true, 1],
  ['min>=1000us', true, 1000],
  ['avg<500ms', false, 500.5],
  ['count==1000', true, 1000],
  ['count>1000', false, 1000],
  ['rate>=100/s', true, 100],
  ['count(errors)<3', false, 3],
  ['count(timeout)==1', true, 1],
  ['count(transport)!=0', false, 0],
  ['rate(errors)<0.3%', true, 300 / 1003],
  ['rate(errors)<0.003', true, 3 / 1003],
  ['rate(rpc-error)<0.1%', false, 200 / 1003],
])('%s: held %s', (text, held, actual) => {
  const outcome = judge(text, calls)
  expect(outcome).toMatchObject({ text, held })
  expect(Math.abs(outcome.actual! - actual)).toBeLessThanOrEqual(actual * 0.0011)
})

it('takes a ratio that equals its bound for neither less nor more', () => {
  const phases = { ping: phaseOf(997, { timeout: 3 }) }
  expect(judge('rate(errors)<0.3%', phases)).toMatchObject({ held: false, actual: 0.3 })
  expect(judge('rate(errors)<=0.3%', phases).held).toBe(true)
  expect(judge('rate(errors)>0.3%', phases).held).toBe(false)
})

it('looks at the named phase alone', () => {
  const phases = { ...calls, initialize: phaseOf(10) }
  expect(judge('initialize:max<=10.1ms', phases).held).toBe(true)
  expect(judge('tools/call:max<=10.1ms', phases).held).toBe(false)
})

it('without a phase adds the measured ones up and leaves initialize and DELETE out', () => {
  const phases = {
    initialize: phaseOf(9, { timeout: 9 }),
    DELETE: phaseOf(9),
    ping: phaseOf(10),
    'tools/list': phaseOf(30),
  }
  expect(judge('count==40', phases).held).toBe(true)
  expect(judge('count(errors)==0', phases).held).toBe(true)
  expect(judge('p(50)<=15ms', phases)).toMatchObject({ held: true, actual: 10.007 })
})

it.each(
  ['p(99)<1h', 'count>=0', 'rate>=0/s', 'rate(errors)<100%', 'max<1s'].map((text) => text.replace('1h', '3600s')),
)('nothing holds of an empty phase: %s', (text) => {
  expect(judge(text, {})).toEqual({ text, held: false, actual: null })
  expect(judge(`ping:${text}`, calls)).toEqual({ text: `ping:${text}`, held: false, actual: null })
})

it('no time holds where every request failed, but what failed is known', () => {
  const phases = { ping: phaseOf(0, { timeout: 4 }) }
  expect(judge('p(99)<9999s', phases)).toMatchObject({ held: false, actual: null })
  expect(judge('rate(errors)<=100%', phases)).toMatchObject({ held: true, actual: 100 })
  expect(judge('count>0', phases)).toMatchObject({ held: false, actual: 0 })
})
