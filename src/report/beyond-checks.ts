import { entryName, knownWords } from './baseline.js'
import { oneLine } from './clean.js'
import { judgeDiagnosis } from './diagnosis.js'
import { judgeLoad } from './load-verdict.js'
import { judgeParity } from './parity-verdict.js'
import { judgePrevious } from './previous.js'
import type { Run } from './run.js'
import { actualText } from './threshold-text.js'

/** Something beside the checks that breaks the gate: a load, a threshold, a target that could not be judged, a stale entry of the baseline. */
export interface Breach {
  /** What it is, stable from run to run: `load/threshold`, `load/answers`, `target/judged`, `baseline/stale` and so on. */
  rule: keyof typeof breachRules
  /** Whose it is: a target, or the entry of a baseline. */
  where: string
  message: string
}

/** What each rule asks for. */
export const breachRules = {
  'load/threshold': 'A threshold of a load holds',
  'load/answers': 'The server gives good answers to the end of a load',
  'target/judged': 'The server can be judged',
  'load/previous': 'A load is no slower than the stored one',
  'parity/same': 'The remote server does what the STDIO original does',
  'doctor/steps': 'Every step from DNS to the first call holds',
  'baseline/stale': 'What the baseline lists as a known failure still fails',
} as const

/** Everything beside the checks that breaks the gate of a run. */
export function breachesOf(run: Run): Breach[] {
  return [...obstacles(run), ...loads(run), ...stale(run), ...findings(run)]
}

function findings(run: Run): Breach[] {
  const judged: [rule: Breach['rule'], grade: string, sentence: string][] = [
    ...(run.parities ?? []).map(judgeParity).map(({ grade, sentence }) => ['parity/same', grade, sentence] as const),
    ...(run.diagnoses ?? [])
      .map(judgeDiagnosis)
      .map(({ grade, sentence }) => ['doctor/steps', grade, sentence] as const),
    ...judgePrevious(run).map(({ grade, sentence }) => ['load/previous', grade, sentence] as const),
  ].map(([rule, grade, sentence]) => [rule, grade, sentence])
  const where = run.parts[0]?.target.name ?? run.parts[0]?.target.url ?? 'mcp-gauntlet'
  return judged
    .filter(([, grade]) => grade === 'broken' || grade === 'unreachable')
    .map(([rule, , sentence]) => ({ rule, where, message: oneLine(sentence, 600) }))
}

function obstacles({ parts }: Run): Breach[] {
  return parts.flatMap(({ target: { name, url, obstacle } }) =>
    obstacle ? [{ rule: 'target/judged' as const, where: name ?? url, message: oneLine(obstacle.message, 400) }] : [],
  )
}

function loads(run: Run): Breach[] {
  return run.loads.flatMap((load): Breach[] => {
    const where = `${load.target.name ?? load.target.url}, ${load.profile}`
    const { grade, sentence } = judgeLoad({ ...load, thresholds: [] })
    if (grade !== 'held') return [{ rule: 'load/answers', where, message: sentence }]
    return load.thresholds
      .filter((one) => !one.held)
      .map((one) => ({
        rule: 'load/threshold',
        where,
        message: `${oneLine(one.text)} is broken: it was ${actualText(one)}`,
      }))
  })
}

function stale({ baseline }: Run): Breach[] {
  return (baseline?.entries ?? [])
    .filter(({ state }) => state === 'stale')
    .map((entry) => ({
      rule: 'baseline/stale',
      where: entryName(entry),
      message: `${entryName(entry)} passes now, but ${oneLine(baseline!.file)} lists it: ${knownWords({ ...entry, was: 'fail' })}`,
    }))
}
