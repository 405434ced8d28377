import { entryName } from './baseline.js'
import { oneLine } from './clean.js'
import { caseOf, type Tally, tallyOf } from './junit-load.js'
import type { Run } from './run.js'
import { attributes } from './xml.js'

/** A suite with a case per entry of the baseline: a stale one fails. An expired one is told by the check that it no longer excuses. */
export function baselineSuite({ baseline }: Run): { suites: string[]; tally: Tally } {
  if (!baseline || baseline.entries.length === 0) return { suites: [], tally: tallyOf([]) }
  const cases = baseline.entries.map((entry) => {
    const message = `passes now; take it out of ${oneLine(baseline.file)} (${oneLine(entry.reason)})`
    const wrong = entry.state === 'stale' ? { wrong: { kind: 'failure' as const, message, type: 'stale' } } : {}
    return { name: `${entryName(entry)} is still known to fail`, ...wrong }
  })
  const tally = tallyOf(cases)
  const head = attributes({ name: 'baseline', ...tally, time: '0.000' })
  const body = cases.map((one) => caseOf('baseline', one)).join('')
  return { suites: [`  <testsuite${head}>\n${body}  </testsuite>\n`], tally }
}
