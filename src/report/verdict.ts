import { judgeBaseline } from './baseline.js'
import { judgeComparison } from './comparison-verdict.js'
import { judgeDiagnosis } from './diagnosis.js'
import { plural, seconds } from './figures.js'
import type { Load } from './load.js'
import { judgeLoad, type LoadFinding, type LoadGrade } from './load-verdict.js'
import { judgeParity } from './parity-verdict.js'
import { judgePrevious } from './previous.js'
import type { Gate, Part, Result, Run, Status, Verdict, VerdictName } from './run.js'

/** Every exit code of the program. */
export const exitCodes = {
  /** The gate held. */
  held: 0,
  /** The gate failed: a MUST or a threshold is broken, or a SHOULD with --strict. */
  failed: 1,
  /** The command line, a file or a variable is wrong. */
  usage: 2,
  /** Nothing could be judged or measured, or with --require-complete something selected could not be. */
  incomplete: 3,
  /** The target could not be reached, is no MCP server, or wants credentials that were not given. */
  unreachable: 4,
  /** A mistake of ours. */
  internal: 5,
  /** Ended by the user (SIGINT). */
  interrupted: 130,
} as const

/** How many results have each status. */
export function countStatuses(results: readonly Result[]): Record<Status, number> {
  const counts: Record<Status, number> = {
    pass: 0,
    fail: 0,
    warn: 0,
    'not-applicable': 0,
    'not-testable': 0,
    error: 0,
    known: 0,
  }
  for (const result of results) counts[result.outcome.status]++
  return counts
}

/** What a verdict is taken from: a Run without its verdict and what tells of no outcome. */
export type Judged = Pick<
  Run,
  'results' | 'loads' | 'comparisons' | 'diagnoses' | 'parities' | 'gate' | 'baseline' | 'previous' | 'interrupted'
> & {
  parts: readonly Part[]
}

/** The verdict of a run, from nothing but the run. */
export function verdictOf(run: Judged): Verdict {
  const counts = countStatuses(run.results)
  const { name, sentence } = judge(run, counts)
  return { name, exitCode: codes[name], sentence, counts }
}

const codes: Record<VerdictName, number> = {
  pass: exitCodes.held,
  fail: exitCodes.failed,
  incomplete: exitCodes.incomplete,
  unreachable: exitCodes.unreachable,
  interrupted: exitCodes.interrupted,
}

function judge(run: Judged, counts: Record<Status, number>): Pick<Verdict, 'name' | 'sentence'> {
  const { parts, gate } = run
  const obstacle = parts.find((part) => part.target.obstacle)?.target.obstacle
  const failed = counts.fail + (gate.strict ? counts.warn : 0)
  const judged = counts.pass + counts.fail + counts.warn + counts.known
  const findings = [
    ...run.loads.map((load) => named(load, run.loads)),
    ...(run.comparisons ?? []).map(judgeComparison),
    ...(run.diagnoses ?? []).map(judgeDiagnosis),
    ...judgePrevious(run),
    ...(run.parities ?? []).map(judgeParity),
  ]
  const told = (grade: LoadGrade) => findings.filter((one) => one.grade === grade).map((one) => one.sentence)
  if (run.interrupted) return { name: 'interrupted', sentence: interruption(judged, run) }
  if (obstacle && !(obstacle.kind === 'handshake' && counts.fail > 0))
    return { name: 'unreachable', sentence: obstacle.message }
  if (told('unreachable').length > 0) return { name: 'unreachable', sentence: told('unreachable').join(' ') }
  const baseline = judgeBaseline(run)
  if (failed > 0 || baseline.stale || told('broken').length > 0) {
    const checks = failed > 0 ? [...gone(run), obstacle?.message ?? failure(counts, gate)] : []
    return { name: 'fail', sentence: [...checks, ...baseline.sentences, ...told('broken')].join(' ') }
  }
  const unfinished = limited(parts) ?? missing(counts, gate, judged, findings.length > 0)
  if (unfinished || told('nothing').length > 0)
    return { name: 'incomplete', sentence: [unfinished, ...told('nothing')].filter(Boolean).join(' ') }
  const warned = counts.warn > 0 ? `, ${plural(counts.warn, 'warning')}` : ''
  const known = counts.known > 0 ? ` but for ${plural(counts.known, 'known failure')}` : ''
  const rules = run.results.length > 0 ? [`No rule that was judged is broken${known}${warned}.`] : []
  return { name: 'pass', sentence: [...rules, ...told('held')].join(' ') }
}

/** What a server says that refuses more than a tenth of its requests: too little of it was seen for a gate to hold. */
function limited(parts: readonly Part[]): string | undefined {
  const most = parts.find(({ refused = 0, requests }) => refused > requests / 10)
  if (!most) return undefined
  return `The server limits the rate of requests: ${most.refused} of ${most.requests} were refused (429), also when they were sent slowly, and what they were about could not be judged. Raise the limit for this run.`
}

/** Why checks leave the run incomplete, if they do. */
function missing(counts: Record<Status, number>, gate: Gate, judged: number, loaded: boolean): string | undefined {
  if (counts.error > 0) return `${plural(counts.error, 'check')} could not be finished; see the errors below.`
  if (judged === 0 && !loaded)
    return 'Nothing could be judged: no selected check applies to this server with what was given.'
  if (gate.requireComplete && counts['not-testable'] > 0)
    return `${plural(counts['not-testable'], 'selected check')} could not be tested with what was given.`
  return undefined
}

/** The judgement of a load, its sentence with the target's name where there are several. */
function named(load: Load, all: readonly Load[]): LoadFinding {
  const { grade, sentence } = judgeLoad(load)
  return { grade, sentence: all.length > 1 ? `${load.target.name ?? load.target.url}: ${sentence}` : sentence }
}

function interruption(judged: number, { loads, comparisons = [], results }: Judged): string {
  const loaded = [...loads, ...comparisons]
  const measured = loaded.reduce((sum, one) => sum + one.seconds, 0)
  const after = [
    ...(results.length > 0 || loaded.length === 0 ? [plural(judged, 'check')] : []),
    ...(loaded.length > 0 ? [`${seconds(measured)} of load`] : []),
  ]
  return `Interrupted after ${after.join(' and ')}; what was found until then is below.`
}

/** The first thing to say of a server that did not stay up. */
function gone({ results }: Judged): string[] {
  const went = results.some(({ id, outcome }) => id === 'transport/stays-up' && outcome.status === 'fail')
  return went
    ? ['The server went away during the run (transport/stays-up); what was asked then could not be judged.']
    : []
}

function failure(counts: Record<Status, number>, gate: Gate): string {
  const musts = counts.fail > 0 ? `${plural(counts.fail, 'check')} found a broken MUST` : ''
  const shoulds =
    gate.strict && counts.warn > 0 ? `${plural(counts.warn, 'check')} warned, which fails with --strict` : ''
  return `${[musts, shoulds].filter(Boolean).join('; ')}.`
}
