import { describe, expect, it } from 'vitest'
import { resultOf } from '../../test/support/runs.js'
import type { BaselineEntry, Result } from '../report/run.js'
import { applyBaseline } from './baseline.js'
import { noReason, updatedEntries } from './update-baseline.js'

const part = (name: string, ...results: Result[]) => ({
  part: { target: { url: `http://${name}/mcp`, name }, count: results.length, requests: 1 },
  results,
})
const entry = (check: string, changes: Partial<BaselineEntry> = {}): BaselineEntry => ({
  check,
  reason: 'r',
  ...changes,
})
const held = (entries: BaselineEntry[], ...results: Result[]) =>
  applyBaseline([part('one', ...results)], { file: 'f', entries, today: '2026-06-15' })

describe('a listed check', () => {
  it.each([
    ['fail', 'known', 'known'],
    ['warn', 'known', 'known'],
    ['pass', 'pass', 'stale'],
    ['not-applicable', 'not-applicable', 'not-judged'],
    ['not-testable', 'not-testable', 'not-judged'],
    ['error', 'error', 'not-judged'],
  ] as const)('that is %s becomes %s, its entry %s', (was, becomes, state) => {
    const { parts, baseline } = held([entry('a/x')], resultOf('a/x', { status: was, message: 'm' }))
    expect(parts[0]!.results[0]!.outcome).toEqual({ status: becomes, message: 'm' })
    expect(baseline.entries[0]!.state).toBe(state)
  })

  it('is excused through the last day', () => {
    const { parts } = held([entry('a/x', { expires: '2026-06-15' })], resultOf('a/x', 'fail'))
    expect(parts[0]!.results[0]!.known).toEqual({ reason: 'r', expires: '2026-06-15', was: 'fail' })
  })

  it('stands as found the day after', () => {
    const { parts, baseline } = held([entry('a/x', { expires: '2026-06-14' })], resultOf('a/x', 'fail'))
    expect(parts[0]!.results[0]!).toMatchObject({ outcome: { status: 'fail' }, known: { expired: true } })
    expect(baseline.entries[0]!.state).toBe('expired')
  })

  it('that passes is stale though its entry has expired', () => {
    const { baseline } = held([entry('a/x', { expires: '2026-06-14' })], resultOf('a/x', 'pass'))
    expect(baseline.entries[0]!.state).toBe('stale')
  })

  it('that was not selected says nothing', () => {
    expect(held([entry('a/y')], resultOf('a/x', 'pass')).baseline.entries[0]!.state).toBe('not-judged')
  })
})

describe('where it fails', () => {
  const results = [
    resultOf('a/x', 'fail', { revision: '2025-06-18' }),
    resultOf('a/x', 'fail', { revision: '2025-11-25' }),
  ]
  it.each<[string, Partial<BaselineEntry>, string[]]>([
    ['everywhere', {}, ['known', 'known']],
    ['at one revision', { revision: '2025-06-18' }, ['known', 'fail']],
    ['on a target by name', { target: 'one' }, ['known', 'known']],
    ['on a target by URL', { target: 'http://one/mcp' }, ['known', 'known']],
    ['on another target', { target: 'two' }, ['fail', 'fail']],
  ])('%s', (_, where, statuses) => {
    const { parts } = held([entry('a/x', where)], ...results)
    expect(parts[0]!.results.map(({ outcome }) => outcome.status)).toEqual(statuses)
  })

  it('an entry is not stale while it excuses something', () => {
    const { baseline } = held([entry('a/x')], results[0]!, resultOf('a/x', 'pass', { revision: '2025-11-25' }))
    expect(baseline.entries[0]!.state).toBe('known')
  })
})

describe('an update', () => {
  const updated = (entries: BaselineEntry[], ...parts: ReturnType<typeof part>[]) => updatedEntries(entries, parts)

  it('adds what fails, keeps reasons and dates, drops what passes, and leaves alone what was not judged', () => {
    const kept = entry('a/fails', { expires: '2020-01-01' })
    const elsewhere = entry('z/not-selected')
    const now = updated(
      [elsewhere, kept, entry('a/passes')],
      part(
        'one',
        resultOf('a/fails', 'fail'),
        resultOf('a/new', 'fail'),
        resultOf('a/passes', 'pass'),
        resultOf('a/w', 'warn'),
      ),
    )
    expect(now).toEqual([kept, { check: 'a/new', reason: noReason }, elsewhere])
  })

  it('takes warnings where they fail the gate', () => {
    const parts = [part('one', resultOf('a/w', 'warn'))]
    expect(updatedEntries([], parts, { warnings: true })).toEqual([{ check: 'a/w', reason: noReason }])
  })

  it.each<[string, ReturnType<typeof part>[], Partial<BaselineEntry>[]]>([
    ['everywhere: by id alone', [part('one', resultOf('a/x', 'fail')), part('two', resultOf('a/x', 'fail'))], [{}]],
    [
      'at one revision',
      [part('one', resultOf('a/x', 'fail', { revision: '2025-06-18' }), resultOf('a/x', 'pass'))],
      [{ revision: '2025-06-18' }],
    ],
    [
      'on one target',
      [part('one', resultOf('a/x', 'fail')), part('two', resultOf('a/x', 'pass'))],
      [{ target: 'one' }],
    ],
    [
      'on one target at one revision',
      [
        part('one', resultOf('a/x', 'fail', { revision: '2025-06-18' }), resultOf('a/x', 'pass')),
        part('two', resultOf('a/x', 'pass', { revision: '2025-06-18' }), resultOf('a/x', 'pass')),
      ],
      [{ target: 'one', revision: '2025-06-18' }],
    ],
  ])('names no more than is needed: %s', (_, parts, where) => {
    expect(updated([], ...parts)).toEqual(where.map((one) => ({ check: 'a/x', ...one, reason: noReason })))
  })

  it('changes nothing the second time', () => {
    const parts = [part('one', resultOf('b/y', 'fail'), resultOf('a/x', 'fail'))]
    const once = updated([], ...parts)
    expect(updated(once, ...parts)).toEqual(once)
    expect(once.map(({ check }) => check)).toEqual(['a/x', 'b/y'])
  })
})
