import { expect, it } from 'vitest'
import { resultOf, runOf } from '../../test/support/runs.js'
import { wholeRun } from '../../test/support/whole-run.js'
import { renderAnnotations, renderSummary } from './github.js'

const many = (count: number) =>
  runOf({
    results: Array.from({ length: count }, (_, at) =>
      resultOf(`a/x-${at}`, { status: 'fail', message: `broken, 100 %\nat: ${at}` }),
    ),
  })

it('an annotation per failure that breaks the gate, the verdict before them', () => {
  expect(renderAnnotations(many(1))).toBe(
    '::warning title=mcp-gauntlet%3A fail::1 check found a broken MUST.\n::error title=a/x-0 (MUST)::broken, 100 %25 at: 0\n',
  )
  const passed = runOf({ results: [resultOf('a/x', 'pass'), resultOf('a/y', 'warn')] })
  expect(renderAnnotations(passed)).toBe(
    '::notice title=mcp-gauntlet%3A pass::No rule that was judged is broken, 1 warning.\n',
  )
})

it('ten errors at most, the last one counts the rest', () => {
  const errors = renderAnnotations(many(34))
    .split('\n')
    .filter((line) => line.startsWith('::error'))
  expect(errors).toHaveLength(10)
  expect(errors.at(-1)).toBe('::error title=mcp-gauntlet::25 further findings: see the summary')
  expect(renderAnnotations(many(10)).match(/^::error/gm)).toHaveLength(10)
})

it('warnings fail the gate only where it is strict', () => {
  const run = (strict: boolean) => runOf({ results: [resultOf('a/x', 'warn')], gate: strict ? { strict } : {} })
  expect(renderAnnotations(run(true))).toContain('::error title=a/x')
  expect(renderAnnotations(run(false))).not.toContain('::error')
})

it('loads, stale entries and unreachable targets are annotated too', () => {
  const text = renderAnnotations(wholeRun())
  expect(text).toMatch(/^::error title=reference%3Astateful%2C soak::tools\/call:p\(95\)<3ms is broken/m)
  expect(text).toMatch(/^::error title=ping\/pass::ping\/pass passes now/m)
})

it('a summary is never longer than GitHub takes, and says what is left out', () => {
  const huge = many(20_000)
  const summary = renderSummary(huge)
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
  expect(summary).toMatch(/^## Failed: 20,000 checks/)
  expect(summary).toMatch(/and [\d,]+ more blocks that GitHub has no room for/)
  expect(renderSummary(many(3))).not.toContain('no room')
})
