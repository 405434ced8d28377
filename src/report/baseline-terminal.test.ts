import { expect, it } from 'vitest'
import { resultOf, runOf } from '../../test/support/runs.js'
import { renderTerminal } from './terminal.js'

it('known failures take a line each; stale and expired entries are named', () => {
  const entry = { reason: 'issue 12', expires: '2026-01-01' }
  const known = { ...entry, was: 'fail' as const }
  const results = [
    resultOf(
      'a/known',
      { status: 'known', message: 'it is broken' },
      { known: { reason: 'the SDK, issue 7', was: 'fail' } },
    ),
    resultOf('a/old', { status: 'fail', message: 'it is broken' }, { known: { ...known, expired: true } }),
    resultOf('a/mended', 'pass'),
  ]
  const entries = [
    { check: 'a/known', reason: 'the SDK, issue 7', state: 'known' as const },
    { check: 'a/mended', target: 'there', ...entry, state: 'stale' as const },
    { check: 'a/old', ...entry, state: 'expired' as const },
  ]
  const text = renderTerminal(runOf({ results, baseline: { file: 'known.yaml', entries } }), {
    columns: 80,
    color: false,
  })
  expect(text.replace(/\n {4}https.*/, '')).toMatchInlineSnapshot(`
    "FAIL  1 failed, 1 known, 1 passed  1.2 s
      1 check found a broken MUST. 1 entry of known.yaml is stale: a/mended (there)
      passes now; take it out, or run with --update-baseline. 1 entry of known.yaml
      expired: a/old; mend what is broken, or give a new date.

    http://127.0.0.1:3000/mcp
      weather 1.2 · Streamable HTTP · 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25
      · stateful (issues session ids) · JSON answers · no GET stream · no auth
      3 checks, 7 requests

    Failed
      a/old  MUST 2025-11-25
        rule     ping is answered promptly with an empty result
        found    it is broken
        known    was excused until 2026-01-01 (issue 12), which has passed

    Known
      a/known 2025-11-25 – the SDK, issue 7

    Baseline known.yaml: 3 entries, 1 known, 1 stale, 1 expired
      a/mended (there): passes now; take it out (issue 12)
      a/old: expired on 2026-01-01, still broken (issue 12)
    "
  `)
})
