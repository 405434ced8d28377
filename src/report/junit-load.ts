import { oneLine } from './clean.js'
import { judgeComparison } from './comparison-verdict.js'
import type { Load, ThresholdOutcome } from './load.js'
import { judgeLoad } from './load-verdict.js'
import type { Run } from './run.js'
import { actualText } from './threshold-text.js'
import { attributes, text } from './xml.js'

/** Counts of cases as JUnit wants them on a suite. */
export interface Tally {
  tests: number
  failures: number
  errors: number
  skipped: number
}

/** Two tallies together. */
export function added(one: Tally, other: Tally): Tally {
  const sum = (key: keyof Tally) => one[key] + other[key]
  return { tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: sum('skipped') }
}

/** One case: its name, and how it went wrong if it did. */
interface Case {
  name: string
  wrong?: { kind: 'failure' | 'error'; message: string; type: string }
}

/**
 * A suite per load, whose cases are its thresholds and before them one that says whether the server gave answers to the end; and a suite per
 * comparison.
 */
export function loadSuites({ loads, comparisons = [] }: Pick<Run, 'loads' | 'comparisons'>): {
  suites: string[]
  tally: Tally
} {
  const names = unique(loads.map(nameOf))
  const cases = [
    ...loads.map((load, at) => ({
      name: names[at]!,
      seconds: load.seconds,
      startedAt: load.startedAt,
      cases: casesOf(load),
    })),
    ...comparisons.map((one, at) => {
      const { grade, sentence } = judgeComparison(one)
      const wrong = grade === 'held' ? {} : { wrong: { kind: 'error' as const, message: sentence, type: grade } }
      const own = [{ name: 'every server answers in every trial', ...wrong }]
      return {
        name: `compare${at > 0 ? ` ${at + 1}` : ''}`,
        seconds: one.seconds,
        startedAt: one.startedAt,
        cases: own,
      }
    }),
  ]
  const tallies = cases.map((one) => tallyOf(one.cases))
  return {
    suites: cases.map((one, at) => {
      const head = {
        name: one.name,
        ...tallies[at]!,
        time: one.seconds.toFixed(3),
        timestamp: one.startedAt.replace(/\.\d+Z$/, ''),
      }
      return `  <testsuite${attributes(head)}>\n${one.cases.map((own) => caseOf(one.name, own)).join('')}  </testsuite>\n`
    }),
    tally: tallies.reduce(added, tallyOf([])),
  }
}

function nameOf({ profile, target }: Load): string {
  return oneLine(`load ${profile} ${target.name ?? target.url}`)
}

/** Names that occur again get a number: GitLab keeps only the first of equal ones. */
function unique(names: string[]): string[] {
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((other) => other === name).length
    return before > 0 ? `${name} ${before + 1}` : name
  })
}

function casesOf(load: Load): Case[] {
  const { grade, sentence } = judgeLoad({ ...load, thresholds: [] })
  const kind = grade === 'broken' ? ('failure' as const) : ('error' as const)
  const answers = {
    name: 'the server answers to the end',
    ...(grade === 'held' ? {} : { wrong: { kind, message: sentence, type: grade } }),
  }
  const texts = unique(load.thresholds.map((one) => oneLine(one.text)))
  return [answers, ...load.thresholds.map((one, at) => ({ name: texts[at]!, ...thresholdOutcome(one) }))]
}

function thresholdOutcome(one: ThresholdOutcome): Pick<Case, 'wrong'> {
  if (one.held) return {}
  const message = `${oneLine(one.text)}: ${actualText(one)}`
  return { wrong: { kind: one.actual === null ? 'error' : 'failure', message, type: 'threshold' } }
}

/** Counts the cases. */
export function tallyOf(cases: readonly Case[]): Tally {
  const count = (kind: string) => cases.filter((one) => one.wrong?.kind === kind).length
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: 0 }
}

/** One case as XML. */
export function caseOf(suite: string, { name, wrong }: Case): string {
  const head = attributes({ classname: suite, name, time: '0.000' })
  if (!wrong) return `    <testcase${head}/>\n`
  const { kind, message, type } = wrong
  return `    <testcase${head}>\n      <${kind}${attributes({ message, type })}>${text(message)}</${kind}>\n    </testcase>\n`
}
