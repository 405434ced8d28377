import { expect, it } from 'vitest'
import { checkOf, factsOf } from '../../test/support/conformance.js'
import { catalogue } from '../protocol/catalogue.js'
import type { Revision } from '../protocol/revisions.js'
import type { Facts } from '../wire/facts.js'
import type { Check } from './check.js'
import { revisionsFor } from './choose.js'

const all: Revision[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']
const rows: [what: string, check: Partial<Check>, facts: Partial<Facts>, revisions: Revision[]][] = [
  ['newest first; areas older than the catalogue counts reach back to 2024-11-05', {}, {}, all],
  ['only what the server speaks', {}, { revisions: ['2025-03-26'] }, ['2025-03-26']],
  ['a check may begin later', { revisions: { first: '2025-06-18' } }, {}, ['2025-11-25', '2025-06-18']],
  ['and end earlier', { revisions: { last: '2025-03-26' } }, {}, ['2025-03-26', '2024-11-05']],
  ['a rule that the server is too old for', { revisions: { first: '2025-11-25' } }, { revisions: ['2024-11-05'] }, []],
  [
    'a rule that came with 2025-03-26 does not reach back',
    { requirement: 'prompts-audio-base64' },
    {},
    all.slice(0, 3),
  ],
]
it.each(rows)('%s', (_, check, facts, revisions) =>
  expect(revisionsFor(checkOf('a/b', check), factsOf(facts))).toEqual(revisions),
)

it('rules of HTTP+SSE hold at every revision spoken over it, and by their span elsewhere', () => {
  const row = catalogue.find((one) => one.era === 'legacy-sse')!
  const check = checkOf('a/b', { requirement: row.id })
  expect(revisionsFor(check, factsOf({ transport: 'http+sse' }))).toEqual(all)
  const elsewhere = all.filter((one) => one >= row.first && one <= row.last)
  expect(revisionsFor(check, factsOf())).toEqual(elsewhere)
})
