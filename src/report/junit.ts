import { resultsOf } from './assemble.js'
import { oneLine } from './clean.js'
import { curlOf } from './curl.js'
import type { Part, Result, Run } from './run.js'

/**
 * JUnit XML as GitLab, Buildkite and others read it: a suite per check suite (per target where there are several), a case per check.
 * Names are unique: GitLab keeps only the first of equal ones.
 */
export function renderJunit(run: Run): string {
  const suites = run.parts.flatMap((part) => suitesOf(run, part))
  const totals = attributes({ name: 'mcp-gauntlet', ...tally(run.results), time: (run.ms / 1000).toFixed(3) })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${suites.join('')}</testsuites>\n`
}

function suitesOf(run: Run, part: Part): string[] {
  const target = run.parts.length > 1 ? `${part.target.name ?? part.target.url} ` : ''
  const results = resultsOf(run, part)
  if (part.target.obstacle && results.length === 0) return [obstacleSuite(target, part)]
  const names = [...new Set(results.map(suiteOf))]
  return names.map((name) => {
    const own = results.filter((result) => suiteOf(result) === name)
    const seconds = own.reduce((sum, result) => sum + result.ms, 0) / 1000
    const head = attributes({
      name: target + name,
      ...tally(own),
      time: seconds.toFixed(3),
      timestamp: run.startedAt.replace(/\.\d+Z$/, ''),
    })
    return `  <testsuite${head}>\n${own.map((result) => caseOf(result, target, own)).join('')}  </testsuite>\n`
  })
}

function suiteOf(result: Result): string {
  return result.id.split('/')[0]!
}

function caseOf(result: Result, target: string, among: readonly Result[]): string {
  const twice = among.filter((other) => other.id === result.id).length > 1
  const name = `${result.id}${twice ? ` (${result.revision})` : ''}: ${result.title}`
  const head = attributes({ classname: target + suiteOf(result), name, time: (result.ms / 1000).toFixed(3) })
  const body = bodyOf(result)
  return body ? `    <testcase${head}>\n${body}    </testcase>\n` : `    <testcase${head}/>\n`
}

function bodyOf(result: Result): string {
  const { status, message = '' } = result.outcome
  const at = attributes({ message: oneLine(message), type: result.keyword })
  if (status === 'fail') return `      <failure${at}>${text(details(result))}</failure>\n`
  if (status === 'error') return `      <error${at}>${text(details(result))}</error>\n`
  if (status === 'warn')
    return `      <system-out>${text(`WARNING (${result.keyword})\n${details(result)}`)}</system-out>\n`
  if (status === 'pass') return ''
  return `      <skipped${attributes({ message: oneLine(`${status}: ${message}`) })}/>\n`
}

function details(result: Result): string {
  const { message, expected, actual } = result.outcome
  const last = result.exchanges.at(-1)
  const lines = [
    `rule: ${result.rule}`,
    `found: ${message ?? ''}`,
    expected === undefined ? '' : `expected: ${oneLine(expected, 2000)}`,
    actual === undefined ? '' : `actual: ${oneLine(actual, 2000)}`,
    result.hint ? `hint: ${result.hint}` : '',
    last ? curlOf(last) : '',
    result.link,
  ]
  return lines.filter(Boolean).join('\n')
}

function obstacleSuite(target: string, part: Part): string {
  const message = part.target.obstacle!.message
  const error = `      <error${attributes({ message: oneLine(message), type: part.target.obstacle!.kind })}/>\n`
  return `  <testsuite${attributes({ name: `${target}target`, tests: 1, failures: 0, errors: 1, skipped: 0 })}>\n    <testcase${attributes({ classname: 'target', name: 'the server can be reached' })}>\n${error}    </testcase>\n  </testsuite>\n`
}

function tally(results: readonly Result[]): Record<string, number> {
  const count = (...statuses: string[]) => results.filter((result) => statuses.includes(result.outcome.status)).length
  return {
    tests: results.length,
    failures: count('fail'),
    errors: count('error'),
    skipped: count('not-applicable', 'not-testable', 'known'),
  }
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`)
    .join('')
}

/** Text that is legal in XML 1.0: markup escaped, characters that XML cannot carry replaced. */
function text(value: string): string {
  const legal = value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
  return legal.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
