import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isRun } from '../../src/report/is-run.js'
import { comparisonOf, trialOf } from '../support/loads.js'
import { comparisonTable, type Machine, withTable } from './comparison-table.js'

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const machine: Machine = {
  processor: 'Abacus 3',
  cores: 2,
  memoryGiB: 8,
  system: 'Linux 6.1',
  node: 'v20.20.2',
  busy: 0.1,
  day: '2026-01-02',
}

it('the table in the README is that of the published run', () => {
  const run = JSON.parse(text('reports/compare/run.json'))
  expect(isRun(run)).toBe(true)
  expect(run.comparisons[0].trials).toHaveLength(3)
  const readme = text('README.md')
  const table = comparisonTable(run.comparisons[0], JSON.parse(text('reports/compare/machine.json')))
  expect(withTable(readme, table)).toBe(readme)
})

describe('comparisonTable', () => {
  const open = trialOf({ loop: 'open', rate: 500, values: trialOf().values.slice(1, 2) })
  const left = trialOf({ leaves: true, session: 'per-request', values: trialOf().values.slice(3), seconds: 10 })
  const comparison = comparisonOf({ trials: [trialOf({ values: trialOf().values.slice(0, 3) }), open, left] })

  it('has a row per figure, with ratios and intervals, and says how and on what it was made', () => {
    expect(comparisonTable(comparison, machine)).toMatchInlineSnapshot(`
      "|  | stateful | stateless | stateless / stateful |
      | --- | --- | --- | --- |
      | answers per second (closed) | 4,821 | 3,305 | **0.69** (0.64 to 0.73) |
      | p50, ms (closed) | 1.98 | 2.90 | **1.46** (1.38 to 1.55) |
      | p99, ms (closed) | 7.90 | 8.10 | 1.03 (0.91 to 1.16) |
      | p50, ms (500/s) | 1.98 | 2.90 | **1.46** (1.38 to 1.55) |
      | memory that an open session keeps, KiB | 14.2 | – | – |

      tools/call of get_weather on each in turn (A B C C B A …), 81.2 s in all: closed loop, 10 connections, 4 rounds of 5 s; open loop, 500 requests/s on 10 connections, 4 rounds of 5 s; sessions left open, 4 rounds of 10 s. Ratios with their 95 % intervals, bold where they show a difference.

      Machine: Abacus 3, 2 cores, 8 GiB, Linux 6.1, Node v20.20.2; client and server on the same one, in processes of their own. 2026-01-02."
    `)
  })

  it('says so when the machine was not quiet, or the generator was the limit', () => {
    const limited = comparisonOf({ trials: [trialOf({ limited: 'The generator was late.' })] })
    expect(comparisonTable(limited, { ...machine, busy: 1.5 })).toMatch(
      /The generator was late\.[\s\S]*1\.5 times as much to do/,
    )
    expect(comparisonTable(comparison, machine)).not.toMatch(/late|quiet/)
  })
})

it('withTable replaces what stands between the marks, and refuses a text without them', () => {
  const readme = text('README.md')
  const changed = withTable(readme, '| new |')
  expect(changed).toContain('| new |')
  expect(changed).not.toContain('| answers per second')
  expect(() => withTable('no marks', '')).toThrow(/no place/)
})
