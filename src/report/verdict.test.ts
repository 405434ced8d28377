import { describe, expect, it } from 'vitest'
import { type RunShape, resultOf, runOf } from '../../test/support/runs.js'
import type { Obstacle } from '../wire/facts.js'
import type { FigureChange, Previous } from './changes.js'
import type { EntryState, Status, VerdictName } from './run.js'

const some = (...statuses: Status[]) => statuses.map((status, index) => resultOf(`a/${index}`, status))
const entry = (state: EntryState) => ({ check: `a/${state}`, reason: 'r', state })
const since = (...changes: FigureChange['change'][]): Previous => ({
  file: 'main.json',
  startedAt: '2026-01-01T00:00:00.000Z',
  loads: [
    {
      name: 'here, steady',
      loads: [1, 1],
      figures: changes.map((change) => ({ phase: 'tools/call', figure: 'p50', before: 2, after: 4, ratio: 2, change })),
    },
  ],
})
const stuck = (kind: Obstacle['kind']) => ({ obstacle: { kind, message: 'It is stuck.' } })

const rows: [what: string, shape: RunShape, code: number, name: VerdictName, sentence: RegExp][] = [
  [
    'all hold',
    { results: some('pass', 'not-applicable', 'not-testable') },
    0,
    'pass',
    /^No rule that was judged is broken\.$/,
  ],
  ['a warning does not fail', { results: some('pass', 'warn') }, 0, 'pass', /broken, 1 warning\.$/],
  ['a known failure does not fail', { results: some('pass', 'known') }, 0, 'pass', /./],
  [
    'a known failure is told of',
    { results: some('pass', 'known', 'warn') },
    0,
    'pass',
    /^No rule that was judged is broken but for 1 known failure, 1 warning\.$/,
  ],
  [
    'a load got worse since a stored run',
    { results: some('pass'), previous: since('worse', 'worse', 'better') },
    1,
    'fail',
    /^2 figures of the load got worse since main\.json, such as tools\/call p50 from 2\.00 ms to 4\.00 ms\.$/,
  ],
  [
    'a change that is not shown holds',
    { results: some('pass'), previous: since('not-shown', 'better') },
    0,
    'pass',
    /./,
  ],
  [
    'an entry of the baseline is stale',
    { results: some('pass', 'known'), baseline: { file: 'known.yaml', entries: [entry('stale'), entry('known')] } },
    1,
    'fail',
    /^1 entry of known\.yaml is stale: a\/stale passes now; take it out, or run with --update-baseline\.$/,
  ],
  [
    'entries of the baseline are stale and others have expired',
    {
      results: some('fail'),
      baseline: { file: 'known.yaml', entries: [entry('stale'), entry('stale'), entry('expired')] },
    },
    1,
    'fail',
    /^1 check found a broken MUST\. 2 entries of known\.yaml are stale: .* 1 entry of known\.yaml expired: a\/expired;/,
  ],
  [
    'an entry that excuses a warning no longer',
    {
      results: some('pass', 'warn'),
      baseline: { file: 'known.yaml', entries: [entry('expired'), entry('not-judged')] },
    },
    0,
    'pass',
    /1 warning\.$/,
  ],
  ['a MUST is broken', { results: some('pass', 'fail', 'warn') }, 1, 'fail', /^1 check found a broken MUST\.$/],
  [
    'a warning with --strict',
    { results: some('pass', 'warn', 'warn'), gate: { strict: true } },
    1,
    'fail',
    /^2 checks warned, which fails with --strict\.$/,
  ],
  ['both', { results: some('fail', 'warn'), gate: { strict: true } }, 1, 'fail', /broken MUST; 1 check warned/],
  ['a broken MUST outweighs an error of ours', { results: some('fail', 'error') }, 1, 'fail', /./],
  [
    '--require-complete',
    { results: some('pass', 'not-testable'), gate: { requireComplete: true } },
    3,
    'incomplete',
    /^1 selected check could not be tested/,
  ],
  [
    '--require-complete does not mind what is not offered',
    { results: some('pass', 'not-applicable'), gate: { requireComplete: true } },
    0,
    'pass',
    /./,
  ],
  ['an error of ours', { results: some('pass', 'error') }, 3, 'incomplete', /^1 check could not be finished/],
  [
    'nothing but errors of ours',
    { results: some('error', 'not-applicable') },
    3,
    'incomplete',
    /^1 check could not be finished/,
  ],
  ['nothing applies', { results: some('not-applicable', 'not-testable') }, 3, 'incomplete', /^Nothing could be judged/],
  ['no checks at all', { results: [] }, 3, 'incomplete', /^Nothing could be judged/],
  ['unreachable', { target: stuck('unreachable') }, 4, 'unreachable', /^It is stuck\.$/],
  [
    'credentials are wanted, whatever the auth checks say',
    { results: some('fail'), target: stuck('credentials') },
    4,
    'unreachable',
    /^It is stuck\.$/,
  ],
  [
    'one of several targets is unreachable',
    { parts: [{ results: some('pass') }, { target: stuck('tls'), results: [] }] },
    4,
    'unreachable',
    /./,
  ],
  [
    'interrupted',
    { results: some('fail', 'not-testable'), interrupted: true },
    130,
    'interrupted',
    /^Interrupted after 1 check;/,
  ],
  [
    'interrupted before anything was found',
    { target: stuck('unreachable'), interrupted: true },
    130,
    'interrupted',
    /after 0 checks/,
  ],
]

describe('verdictOf', () => {
  it.each(rows)('%s', (_, shape, code, name, sentence) => {
    const { verdict } = runOf(shape)
    expect([verdict.exitCode, verdict.name]).toEqual([code, name])
    expect(verdict.sentence).toMatch(sentence)
  })

  it('counts every status over all targets', () => {
    const { verdict } = runOf({
      parts: [{ results: some('pass', 'fail') }, { results: some('pass', 'known', 'error', 'warn') }],
    })
    expect(verdict.counts).toEqual({
      pass: 2,
      fail: 1,
      warn: 1,
      'not-applicable': 0,
      'not-testable': 0,
      error: 1,
      known: 1,
    })
  })
})
