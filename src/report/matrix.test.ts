import { expect, it } from 'vitest'
import { resultOf, runOf } from '../../test/support/runs.js'
import { matrixLines, matrixOf } from './matrix.js'

const at = (id: string, status: 'pass' | 'fail' | 'warn' | 'not-testable', revision: '2025-11-25' | '2026-07-28') =>
  resultOf(id, status, { revision })

it('counts what passed of what was judged, suite by revision', () => {
  const matrix = matrixOf(
    runOf({
      results: [
        at('tools-list/a', 'pass', '2026-07-28'),
        at('tools-list/a', 'fail', '2025-11-25'),
        at('tools-list/b', 'warn', '2025-11-25'),
        at('tools-list/c', 'pass', '2025-11-25'),
        at('tools-list/d', 'not-testable', '2025-11-25'),
        at('ping/a', 'pass', '2025-11-25'),
      ],
    }),
  )
  expect(matrixLines(matrix!)).toEqual([
    '              2025-11-25  2026-07-28',
    '  tools-list         1/3         1/1',
    '  ping               1/1           -',
  ])
})

it('there is none where each check ran at one revision', () => {
  const results = [at('a/x', 'pass', '2026-07-28'), at('a/y', 'pass', '2025-11-25'), resultOf('a/z', 'pass')]
  expect(matrixOf(runOf({ results }))).toBeUndefined()
})
