import { expect, it } from 'vitest'
import { comparedOf, comparisonOf } from '../../test/support/loads.js'
import type { ComparedMetric, Ratio } from './comparison.js'
import { interval, ratioSentence, subjects } from './comparison-words.js'

const rows: [ComparedMetric, Ratio | null, string | undefined][] = [
  ['throughput', { ratio: 1.5, low: 1.41, high: 1.62, shown: true }, 'new carries 1.4 to 1.6 times as much'],
  ['throughput', { ratio: 0.5, low: 0.4, high: 0.625, shown: true }, 'old carries 1.6 to 2.5 times as much'],
  ['throughput', { ratio: 1.08, low: 1.04, high: 1.12, shown: true }, 'new carries 1.04 to 1.12 times as much'],
  ['throughput', { ratio: 12, low: 11.2, high: 14.1, shown: true }, 'new carries 11 to 14 times as much'],
  ['throughput', { ratio: 1, low: 0.9, high: 1.1, shown: false }, 'no difference shown'],
  ['p99', { ratio: 0.5, low: 0.5, high: 0.5, shown: true }, 'old takes 2.00 times as long at p99'],
  ['server-cpu', { ratio: 2, low: 1.5, high: 2.5, shown: true }, 'new needs 1.5 to 2.5 times as much CPU per answer'],
  [
    'session-memory',
    { ratio: 2, shown: false },
    'new keeps 2.00 times as much memory per session in the one round there was: that shows nothing yet',
  ],
  ['p50', null, undefined],
]
it.each(rows)('%s %j: %s', (metric, ratio, words) =>
  expect(ratioSentence(comparedOf(metric, [1, 2], ratio), 1, ['old', 'new'])).toBe(words),
)

it('interval', () => {
  expect(interval({ ratio: 1, low: 0.914, high: 1.1, shown: false })).toBe('0.91 to 1.10')
  expect(interval({ ratio: 1, shown: false })).toBe('–')
})

it.each<[string, string[], string[]]>([
  ['their own names', ['reference:stateful', 'b'], ['reference:stateful', 'b']],
  ['letters where names are long', [`http://example.com/${'x'.repeat(40)}`, 'b'], ['A', 'B']],
  ['letters where names are equal', ['b', 'b', 'c'], ['A', 'B', 'C']],
])('subjects: %s', (_, names, words) => {
  const targets = names.map((url) => ({ url, mode: 'stateless' as const }))
  expect(subjects(comparisonOf({ targets }))).toEqual(words)
})
