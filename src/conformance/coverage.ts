import { catalogue } from '../protocol/catalogue.js'
import { whyLeftOut } from '../protocol/left-out.js'
import type { Requirement } from '../protocol/requirement.js'
import { type Revision, revisions, within } from '../protocol/revisions.js'
import type { LoadedCheck } from './check.js'

/** One line of the coverage table: how many rules of a kind are judged. MAY rows are permissions and not counted. */
export interface CoverageLine {
  name: string
  covered: number
  total: number
  leftOut: number
}

/** How much of the catalogue the checks cover. `open` rows are neither judged nor left out on purpose. */
export interface Coverage {
  checks: number
  covered: number
  total: number
  areas: CoverageLine[]
  revisions: CoverageLine[]
  tiers: CoverageLine[]
  leftOut: { id: string; reason: string }[]
  open: string[]
}

/** What a run must be given before a rule can be judged. */
export function tierOf(row: Requirement): string {
  if (row.needs.includes('second-identity')) return 'second identity'
  if (row.needs.includes('auth') || row.needs.includes('https')) return 'one token'
  return row.needs.includes('tool') ? 'named tool' : 'URL only'
}

/** Counts the catalogue against the checks. A rule counts for a revision where a check judges it at that one. */
export function coverage(checks: readonly LoadedCheck[]): Coverage {
  const judged = new Set(checks.map((check) => check.requirement))
  const rows = catalogue.filter((row) => row.level !== 'MAY')
  const line = (name: string, own: readonly Requirement[], has = (row: Requirement) => judged.has(row.id)) => ({
    name,
    covered: own.filter(has).length,
    total: own.length,
    leftOut: own.filter((row) => whyLeftOut(row) !== undefined && !has(row)).length,
  })
  const areas = [...new Set(rows.map((row) => row.area))].sort()
  return {
    checks: checks.length,
    covered: rows.filter((row) => judged.has(row.id)).length,
    total: rows.length,
    areas: areas.map((area) =>
      line(
        area,
        rows.filter((row) => row.area === area),
      ),
    ),
    revisions: revisions.map((revision) =>
      line(
        revision,
        rows.filter((row) => within(revision, row.first, row.last)),
        (row) => checks.some((check) => check.requirement === row.id && fits(check, row, revision)),
      ),
    ),
    tiers: ['URL only', 'named tool', 'one token', 'second identity'].map((tier) =>
      line(
        tier,
        rows.filter((row) => tierOf(row) === tier),
      ),
    ),
    leftOut: rows
      .filter((row) => whyLeftOut(row) !== undefined && !judged.has(row.id))
      .map((row) => ({ id: row.id, reason: whyLeftOut(row)! })),
    open: rows.filter((row) => !judged.has(row.id) && whyLeftOut(row) === undefined).map((row) => row.id),
  }
}

function fits({ revisions: own }: LoadedCheck, row: Requirement, revision: Revision): boolean {
  return within(revision, own?.first ?? row.first, own?.last ?? row.last)
}
