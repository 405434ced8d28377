import { type CoverageLine, coverage } from '../conformance/coverage.js'
import { loadChecks } from '../conformance/registry.js'
import { requirement } from '../protocol/catalogue.js'
import { type CheckFlags, chooseChecks } from './check.js'
import type { Terminal } from './terminal.js'

/** Flags of `list`. */
export interface ListFlags extends Pick<CheckFlags, 'suite' | 'only'> {
  coverage?: boolean
  json?: boolean
}

/** `mcp-gauntlet list`: every check with its level and rule, or with --coverage how much of the catalogue they cover. No traffic. */
export async function listCommand(flags: ListFlags, terminal: Terminal): Promise<number> {
  if (flags.coverage) return showCoverage(flags, terminal)
  const checks = await chooseChecks({ ...flags, slow: true })
  const rows = checks.map((check) => ({
    id: check.id,
    level: requirement(check.requirement).level,
    requirement: check.requirement,
    title: check.title,
  }))
  if (flags.json) terminal.out(`${JSON.stringify(rows, null, 2)}\n`)
  else for (const row of rows) terminal.out(`${row.id.padEnd(52)} ${row.level.padEnd(10)} ${row.title}\n`)
  return 0
}

async function showCoverage(flags: ListFlags, terminal: Terminal): Promise<number> {
  const report = coverage(await loadChecks())
  if (flags.json) {
    terminal.out(`${JSON.stringify(report, null, 2)}\n`)
    return 0
  }
  terminal.out(
    `${report.checks} checks judge ${report.covered} of ${report.total} rules; ${report.leftOut.length} are left out with a reason.\n`,
  )
  for (const [title, lines] of [
    ['By area', report.areas],
    ['By revision', report.revisions],
    ['By what a run must be given', report.tiers],
  ] as const) {
    terminal.out(`\n${title}\n`)
    for (const line of lines) terminal.out(`  ${lineOf(line)}\n`)
  }
  terminal.out('\nLeft out\n')
  for (const { id, reason } of report.leftOut) terminal.out(`  ${id}: ${reason}\n`)
  if (report.open.length > 0) terminal.out(`\nNot yet judged\n  ${report.open.join(', ')}\n`)
  return 0
}

function lineOf({ name, covered, total, leftOut }: CoverageLine): string {
  return `${name.padEnd(22)} ${String(covered).padStart(4)} of ${String(total).padStart(4)}${leftOut > 0 ? `   (${leftOut} left out)` : ''}`
}
