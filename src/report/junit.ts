import { partName, resultsOf } from './assemble.js'
import { knownWords } from './baseline.js'
import { oneLine, visible } from './clean.js'
import { curlWithin } from './curl.js'
import { baselineSuite } from './junit-baseline.js'
import { added, loadSuites, type Tally } from './junit-load.js'
import { previousSuites } from './junit-previous.js'
import type { Gate, Part, Result, Run, Target } from './run.js'
import { attributes, text } from './xml.js'

/**
 * JUnit XML as GitLab, Buildkite and others read it: a suite per check suite (per target where there are several), a case per check;
 * a suite per load, a case per threshold.
 * Names are unique: GitLab keeps only the first of equal ones.
 */
export function renderJunit(run: Run): string {
  const loads = loadSuites(run)
  const baseline = baselineSuite(run)
  const previous = previousSuites(run)
  const suites = [
    ...run.parts.flatMap((part) => suitesOf(run, part)),
    ...baseline.suites,
    ...loads.suites,
    ...previous.suites,
  ]
  const obstacles = run.parts.filter((part) => part.target.obstacle).length
  const totals = attributes({
    name: 'mcp-gauntlet',
    ...[baseline.tally, loads.tally, previous.tally].reduce(added, tally(run.results, run.gate, obstacles)),
    time: (run.ms / 1000).toFixed(3),
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${suites.join('')}</testsuites>\n`
}

function suitesOf(run: Run, part: Part): string[] {
  const target = run.parts.length > 1 ? `${partName(run, part)} ` : ''
  const results = resultsOf(run, part)
  const obstacle = part.target.obstacle ? [obstacleSuite(target, part.target.obstacle)] : []
  const names = [...new Set(results.map(suiteOf))]
  const suites = names.map((name) => {
    const own = results.filter((result) => suiteOf(result) === name)
    const seconds = own.reduce((sum, result) => sum + result.ms, 0) / 1000
    const head = attributes({
      name: target + name,
      ...tally(own, run.gate),
      time: seconds.toFixed(3),
      timestamp: run.startedAt.replace(/\.\d+Z$/, ''),
    })
    return `  <testsuite${head}>\n${own.map((result) => caseOf(result, target, own, run.gate)).join('')}  </testsuite>\n`
  })
  return [...obstacle, ...suites]
}

function suiteOf(result: Result): string {
  return result.id.split('/')[0]!
}

function caseOf(result: Result, target: string, among: readonly Result[], gate: Gate): string {
  const twice = among.filter((other) => other.id === result.id).length > 1
  const name = `${result.id}${twice ? ` (${result.revision})` : ''}: ${result.title}`
  const head = attributes({ classname: target + suiteOf(result), name, time: (result.ms / 1000).toFixed(3) })
  const body = bodyOf(result, gate)
  return body ? `    <testcase${head}>\n${body}    </testcase>\n` : `    <testcase${head}/>\n`
}

type Kind = 'passed' | 'warned' | 'failure' | 'error' | 'skipped'

/** What an outcome is to a CI system, which knows of no warnings: what fails the gate must not look green. */
function kindOf({ outcome: { status } }: Result, gate: Gate): Kind {
  if (status === 'fail' || (status === 'warn' && gate.strict)) return 'failure'
  if (status === 'error' || (status === 'not-testable' && gate.requireComplete)) return 'error'
  return status === 'pass' ? 'passed' : status === 'warn' ? 'warned' : 'skipped'
}

function bodyOf(result: Result, gate: Gate): string {
  const kind = kindOf(result, gate)
  const { status, message = '' } = result.outcome
  const at = attributes({ message: oneLine(message), type: result.keyword })
  if (kind === 'failure' || kind === 'error') return `      <${kind}${at}>${text(details(result))}</${kind}>\n`
  if (kind === 'warned')
    return `      <system-out>${text(`WARNING (${result.keyword})\n${details(result)}`)}</system-out>\n`
  if (kind === 'passed') return ''
  const reason = result.known ? `${knownWords(result.known)}: ${message}` : message
  return `      <skipped${attributes({ message: oneLine(`${status}: ${reason}`) })}/>\n`
}

function details(result: Result): string {
  const { message, expected, actual } = result.outcome
  const last = result.exchanges.at(-1)
  const lines = [
    `rule: ${result.rule}`,
    `found: ${visible(message ?? '')}`,
    expected === undefined ? '' : `expected: ${oneLine(expected, 2000)}`,
    actual === undefined ? '' : `actual: ${oneLine(actual, 2000)}`,
    result.known ? `known: ${knownWords(result.known)}` : '',
    result.hint ? `hint: ${result.hint}` : '',
    last ? curlWithin(last, 8000) : '',
    result.link,
  ]
  return lines.filter(Boolean).join('\n')
}

function obstacleSuite(target: string, obstacle: NonNullable<Target['obstacle']>): string {
  const error = `      <error${attributes({ message: oneLine(obstacle.message), type: obstacle.kind })}/>\n`
  const suite = attributes({ name: `${target}target`, tests: 1, failures: 0, errors: 1, skipped: 0 })
  const name = attributes({ classname: `${target}target`, name: 'the server can be judged' })
  return `  <testsuite${suite}>\n    <testcase${name}>\n${error}    </testcase>\n  </testsuite>\n`
}

function tally(results: readonly Result[], gate: Gate, obstacles = 0): Tally {
  const count = (kind: Kind) => results.filter((result) => kindOf(result, gate) === kind).length
  return {
    tests: results.length + obstacles,
    failures: count('failure'),
    errors: count('error') + obstacles,
    skipped: count('skipped'),
  }
}
