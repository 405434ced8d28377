import { expect, it } from 'vitest'
import { type RunShape, resultOf, runOf } from '../../test/support/runs.js'
import type { Outcome, Result, Status } from './run.js'
import { testOutcome } from './test-outcome.js'

const id = 'ping/answered'
const result = (outcome: Status | Outcome, changes: Partial<Result> = {}) => resultOf(id, outcome, changes)
const told = (results: Result[], shape: RunShape = {}) => testOutcome(runOf({ results, ...shape }), id)
const broken: Outcome = { status: 'fail', message: 'wrong \x1b[31mstatus', expected: 200, actual: 404 }

it('a failure says what was found, the rule, the source and the hint, with both sides of the difference', () => {
  const { message, ...rest } = told([result(broken, { hint: 'answer 200' })])
  expect(rest).toEqual({ state: 'fail', expected: 200, actual: 404, warnings: [] })
  expect(message.split('\n')).toEqual([
    'ping/answered: wrong \\x1b[31mstatus',
    '  rule    ping is answered promptly with an empty result (MUST, 2025-11-25)',
    '  hint    answer 200',
    '  source  https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping',
  ])
})

it('a check that passes at one revision and fails at another fails', () => {
  const { state, message } = told([result('pass'), result(broken), result('error', { revision: '2025-06-18' })])
  expect(state).toBe('fail')
  expect(message).toMatch(/also at 2025-06-18: ping\/answered: error$/)
})

it.each<[what: string, results: Result[], shape: RunShape, state: string]>([
  ['a pass beside what does not apply', [result('not-applicable'), result('pass')], {}, 'pass'],
  ['a warning', [result('warn')], {}, 'pass'],
  ['a warning where the gate is strict', [result('warn')], { gate: { strict: true } }, 'fail'],
  ['what could not be tested', [result('not-testable')], {}, 'skip'],
  ['the same where all must be', [result('not-testable')], { gate: { requireComplete: true } }, 'fail'],
  ['a known failure', [result('known')], {}, 'known'],
  ['a new failure beside a known one', [result('known'), result(broken)], {}, 'fail'],
  ['a check that the run did not reach', [], {}, 'skip'],
])('%s', (_, results, shape, state) => {
  expect(told(results, shape).state).toBe(state)
})

it('a skip names the reason, that of what could be tested first', () => {
  const reasons = [
    result({ status: 'not-applicable', message: 'no session' }),
    result({ status: 'not-testable', message: 'name a tool' }),
  ]
  expect(told(reasons).message).toBe('not testable: name a tool')
  expect(told(reasons.slice(0, 1)).message).toBe('not applicable: no session')
})

it('a warning that fails nothing is told', () => {
  expect(told([result({ status: 'warn', message: 'slow' })]).warnings).toEqual([
    expect.stringMatching(/^ping\/answered: slow\n {2}rule/),
  ])
})

it('an entry of the baseline that is stale fails by name', () => {
  const entry = { check: id, reason: 'issue 7', state: 'stale' as const }
  const { state, message } = told([result('pass')], { baseline: { file: 'known.yaml', entries: [entry] } })
  expect([state, message]).toEqual(['fail', 'ping/answered passes now: take its entry out of known.yaml'])
})
