import { Chalk, type ChalkInstance } from 'chalk'
import type { Facts } from '../wire/facts.js'
import { resultsOf } from './assemble.js'
import { knownWords } from './baseline.js'
import { baselineLines, knownLines } from './baseline-terminal.js'
import { previousLines } from './changes-terminal.js'
import { oneLine, visible } from './clean.js'
import { comparisonLines } from './comparison-terminal.js'
import { curlOf } from './curl.js'
import { diagnosisLines } from './diagnosis-terminal.js'
import { plural } from './figures.js'
import { type Group, groupByCause } from './groups.js'
import { loadLines, loadTally } from './load-terminal.js'
import { matrixLines, matrixOf } from './matrix.js'
import { parityLines } from './parity-terminal.js'
import type { Part, Result, Run, Status } from './run.js'
import { wrap } from './wrap.js'

/** How wide and how colourful the screen is. */
export interface Screen {
  columns: number
  color: boolean
}

/** The report for people: verdict first, then what is broken and how to see and mend it, then what could not be judged. */
export function renderTerminal(run: Run, screen: Screen): string {
  const paint = new Chalk({ level: screen.color ? 1 : 0 })
  const width = Math.max(40, Math.min(screen.columns, 100))
  const lines = [headline(run, paint), ...wrap(visible(run.verdict.sentence), width, '  ')]
  const matrix = matrixOf(run)
  if (matrix) lines.push('', paint.bold('Passed of judged, by revision'), ...matrixLines(matrix))
  for (const part of run.parts)
    if (part.count > 0 || part.target.obstacle || !loaded(run)) lines.push('', ...partLines(run, part, paint, width))
  lines.push(...baselineLines(run, paint, width))
  for (const load of run.loads) lines.push('', ...loadLines(load, paint, width))
  if (run.previous) lines.push(...previousLines(run.previous, paint, width))
  for (const parity of run.parities ?? []) lines.push('', ...parityLines(parity, paint, width))
  for (const comparison of run.comparisons ?? []) lines.push('', ...comparisonLines(comparison, paint, width))
  for (const diagnosis of run.diagnoses ?? []) lines.push('', ...diagnosisLines(diagnosis, paint, width))
  if (run.seed !== undefined && madeUp(run))
    lines.push('', paint.dim(oneLine(`seed ${run.seed}: --seed makes up the same again`)))
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}

const names: Record<Run['verdict']['name'], string> = {
  pass: 'PASS',
  fail: 'FAIL',
  incomplete: 'INCOMPLETE',
  unreachable: 'NOT JUDGED',
  interrupted: 'INTERRUPTED',
}

/** True where something came from the seed: the checks ran, or a diagnosis came to its last step. */
function madeUp({ results, diagnoses = [] }: Run): boolean {
  return results.length > 0 || diagnoses.some(({ steps }) => steps.at(-1)?.state !== 'not-reached')
}

function loaded({ loads, comparisons }: Run): boolean {
  return loads.length > 0 || comparisons !== undefined
}

function headline(run: Run, paint: ChalkInstance): string {
  const { name, counts } = run.verdict
  const color = name === 'pass' ? paint.green : name === 'fail' ? paint.red : paint.yellow
  const tallies = [run.results.length > 0 ? tally(counts) : '', loadTally(run)].filter(Boolean).join(', ')
  return `${color.bold(names[name])}  ${tallies && `${tallies}  `}${paint.dim(`${(run.ms / 1000).toFixed(1)} s`)}`
}

/** Counts as words, those that are zero left out. */
export function tally(counts: Record<Status, number>): string {
  const words: [Status, string][] = [
    ['fail', 'failed'],
    ['warn', 'warned'],
    ['error', counts.error === 1 ? 'error' : 'errors'],
    ['known', 'known'],
    ['pass', 'passed'],
    ['not-testable', 'not testable'],
    ['not-applicable', 'not applicable'],
  ]
  const shown = words.filter(([status]) => counts[status] > 0).map(([status, word]) => `${counts[status]} ${word}`)
  return shown.join(', ') || 'no checks'
}

function partLines(run: Run, part: Part, paint: ChalkInstance, width: number): string[] {
  const results = resultsOf(run, part)
  const { target } = part
  const lines = [paint.bold(visible(target.name ? `${target.name}  ${target.url}` : target.url))]
  if (target.facts && !target.obstacle)
    lines.push(...wrap(visible(factsLine(target.facts)), width, '  ').map((line) => paint.dim(line)))
  const spent = [
    ...(part.count > 0 ? [plural(part.count, 'check')] : []),
    plural(part.requests, 'request'),
    ...(part.refused ? [`${part.refused} refused (429)`] : []),
  ]
  lines.push(paint.dim(`  ${spent.join(', ')}`))
  for (const [title, status, color] of [
    ['Failed', 'fail', paint.red],
    ['Warned', 'warn', paint.yellow],
    ['Errors', 'error', paint.magenta],
  ] as const) {
    const found = results.filter((result) => result.outcome.status === status)
    if (found.length === 0) continue
    lines.push('', color.bold(title))
    for (const group of groupByCause(found)) lines.push(...groupLines(group, paint, width))
  }
  lines.push(...knownLines(results, paint, width))
  lines.push(...reasonLines('Not testable', results, 'not-testable', paint, width))
  return lines
}

/** What is known of a server in one line. */
export function factsLine(facts: Facts): string {
  const { name, version } = facts.serverInfo
  const words = [
    name ? `${oneLine(name, 40)}${version ? ` ${oneLine(version, 20)}` : ''}` : '',
    facts.transport === 'http+sse' ? 'HTTP+SSE' : 'Streamable HTTP',
    facts.revisions.join(', '),
    ...(facts.transport === 'http+sse' ? [] : manner(facts)),
    facts.auth.required ? (facts.auth.metadata ? 'OAuth' : 'credentials needed') : 'no auth',
  ]
  return words.filter(Boolean).join(' · ')
}

function manner(facts: Facts): string[] {
  const answers = `${facts.answers === 'sse' ? 'SSE' : 'JSON'} answers`
  if (facts.modern) return ['no handshake', answers]
  const sessions = facts.sessions ? 'stateful (issues session ids)' : 'stateless (no session id)'
  return [sessions, answers, facts.getStream ? 'GET stream' : 'no GET stream']
}

function groupLines(group: Group, paint: ChalkInstance, width: number): string[] {
  const lines: string[] = []
  if (group.cause) {
    lines.push(
      ...wrap(`${visible(group.cause)} — behind ${group.results.length} findings:`, width, '  ').map((line) =>
        paint.bold(line),
      ),
    )
    lines.push(...remedyLines(group.results[0]!, width))
    lines.push(...wrap(visible(group.results.map((result) => result.id).join(', ')), width, '    '))
  }
  const [first, ...rest] = group.results
  lines.push(...findingLines(first!, paint, width, !group.cause))
  if (!group.cause) for (const result of rest) lines.push(...findingLines(result, paint, width))
  return lines
}

/** Whose part a known cause is, and how to mend it. */
function remedyLines({ outcome: { remedy } }: Result, width: number): string[] {
  if (!remedy) return []
  return [
    ...wrap(`${remedy.layer}. ${remedy.fix}`, width, '    ', '    fix      ', '             '),
    `    ${remedy.link}`,
  ]
}

function findingLines(result: Result, paint: ChalkInstance, width: number, alone = true): string[] {
  const { outcome } = result
  const field = (name: string, text: string) => wrap(text, width, '    ', `    ${name.padEnd(9)}`, '             ')
  const exchange = result.exchanges.at(-1)
  return [
    `  ${paint.bold(result.id)}  ${paint.dim([result.keyword, result.revision].filter(Boolean).join(' '))}`,
    ...field('rule', visible(result.rule)),
    ...(outcome.message ? field('found', visible(outcome.message)) : []),
    ...(outcome.expected === undefined ? [] : field('expected', oneLine(outcome.expected))),
    ...(outcome.actual === undefined ? [] : field('actual', oneLine(outcome.actual))),
    ...(result.known ? field('known', knownWords(result.known)) : []),
    ...(result.hint ? field('hint', visible(result.hint)) : []),
    ...(alone && outcome.remedy ? [...field('cause', outcome.remedy.cause), ...remedyLines(result, width)] : []),
    ...(exchange ? [`    ${paint.dim(visible(curlOf(exchange)).replaceAll('\n', ' '))}`] : []),
    `    ${paint.dim(oneLine(result.link))}`,
    '',
  ]
}

function reasonLines(
  title: string,
  results: readonly Result[],
  status: Status,
  paint: ChalkInstance,
  width: number,
): string[] {
  const reasons = new Map<string, string[]>()
  for (const result of results) {
    if (result.outcome.status !== status) continue
    const reason = oneLine(result.outcome.message ?? 'no reason given', 160)
    reasons.set(reason, [...(reasons.get(reason) ?? []), result.id])
  }
  if (reasons.size === 0) return []
  const lines = ['', paint.bold(title)]
  for (const [reason, ids] of reasons)
    lines.push(
      ...wrap(`${ids.length > 3 ? `${ids.length} checks` : ids.join(', ')}: ${reason}`, width, '  ', '  ', '    '),
    )
  return lines
}
