import type { LoadChange } from '../report/changes.js'
import { plural } from '../report/figures.js'
import type { Run } from '../report/run.js'
import { type CheckChange, diffChecks, pairsOf } from './checks.js'
import { diffFacts, type FactChange } from './facts.js'
import { diffLoads } from './loads.js'

/** What changed between two runs: plain JSON, and all that its reports need. */
export interface RunDiff {
  schema: 1
  before: { startedAt: string; version: string }
  after: { startedAt: string; version: string }
  checks: CheckChange[]
  facts: FactChange[]
  loads: LoadChange[]
  /** False when the runs have no server and no load in common. */
  comparable: boolean
  /** True when something got worse. */
  worse: boolean
  /** One sentence for the user. */
  sentence: string
}

/**
 * What changed from one run to another. Worse is a check that fails or warns and did not, a server that can no longer be judged, and a figure of
 * a load whose 95 % interval excludes 1 on the wrong side. A check that only the later run knows says nothing of a change.
 */
export function diffRuns(before: Run, after: Run): RunDiff {
  const pairs = pairsOf(before, after)
  const [checks, facts] = [diffChecks(before, after, pairs), diffFacts(after, pairs)]
  const loads = diffLoads(before.loads, after.loads)
  const side = ({ startedAt, tool: { version } }: Run) => ({ startedAt, version })
  return {
    schema: 1,
    before: side(before),
    after: side(after),
    ...{ checks, facts, loads },
    comparable: pairs.length > 0 || loads.length > 0,
    ...judged(checks, facts, loads),
  }
}

function judged(
  checks: readonly CheckChange[],
  facts: readonly FactChange[],
  loads: readonly LoadChange[],
): Pick<RunDiff, 'worse' | 'sentence'> {
  const count = (kind: CheckChange['kind']) => checks.filter((one) => one.kind === kind).length
  const figures = loads.flatMap((load) => load.figures).filter(({ change }) => change === 'worse')
  const stuck = facts.filter(({ worse }) => worse)
  const bad = [
    ...(stuck.length > 0 ? [`${plural(stuck.length, 'server')} can no longer be judged`] : []),
    ...(count('broken') > 0 ? [`${plural(count('broken'), 'check')} got worse`] : []),
    ...(figures.length > 0 ? [`${plural(figures.length, 'figure')} of the load got worse`] : []),
  ]
  const mended = count('mended') > 0 ? ` ${plural(count('mended'), 'check')} mended.` : ''
  if (bad.length > 0) return { worse: true, sentence: `${bad.join(', ')}.${mended}` }
  return { worse: false, sentence: `Nothing got worse.${mended}` }
}
