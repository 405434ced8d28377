import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadChecks } from '../../src/conformance/registry.js'
import { requirement } from '../../src/protocol/catalogue.js'
import { levelOf } from '../../src/protocol/requirement.js'
import { isRun } from '../../src/report/is-run.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import type { Run } from '../../src/report/run.js'
import { verdictOf } from '../../src/report/verdict.js'
import { folder, modes } from './modes.js'
import { text } from './steady.js'

const checks = (await loadChecks()).filter((check) => !check.slow)
const catalogue = checks.map(({ id, title, requirement: row }) => {
  const { id: own, level, text } = requirement(row)
  return { id, title, requirement: own, keyword: level, level: levelOf(requirement(row)), rule: text }
})
const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)

describe.each(Object.keys(modes))('the published report of %s', (mode) => {
  const file = join(folder, mode, 'run.json')
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : '{}'
  const run: Run = JSON.parse(stored)

  it('is a run that holds the gate, whose verdict is that of its results', () => {
    expect(isRun(run), 'npm run reports writes it').toBe(true)
    expect(run.verdict).toEqual(verdictOf(run))
    expect([run.verdict.name, run.verdict.counts.fail, run.verdict.counts.warn, run.verdict.counts.error]).toEqual([
      'pass',
      0,
      0,
      0,
    ])
    expect(stored).toBe(text(run))
  })

  it('fits the catalogue of checks: npm run reports, where it does not', () => {
    for (const { from, count } of run.parts) {
      const results = run.results.slice(from, from + count)
      const shown = results.map(({ id, title, requirement, keyword, level, rule }) => ({
        id,
        title,
        requirement,
        keyword,
        level,
        rule,
      }))
      expect(shown.sort(byId)).toEqual(catalogue.toSorted(byId))
    }
  })

  it('reads as Markdown beside it', () =>
    expect(readFileSync(join(folder, mode, 'report.md'), 'utf8')).toBe(renderMarkdown(run)))

  it('holds nothing that differs from run to run', () => {
    expect(run.results.filter(({ ms, requests, exchanges }) => ms + requests + exchanges.length > 0)).toEqual([])
    expect(stored.match(/127\.0\.0\.1:(?!3000)\d+/g)).toBeNull()
  })
})
