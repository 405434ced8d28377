import type { Gate, Part, Result, Run, Status, Verdict } from './run.js'

/** Every exit code of the program. */
export const exitCodes = {
  /** The gate held. */
  held: 0,
  /** The gate failed: a MUST is broken, or a SHOULD with --strict. */
  failed: 1,
  /** The command line, a file or a variable is wrong. */
  usage: 2,
  /** Nothing could be judged, or with --require-complete something selected could not be. */
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

/** The verdict of a run, from nothing but the run. */
export function verdictOf(run: Pick<Run, 'results' | 'gate' | 'interrupted'> & { parts: readonly Part[] }): Verdict {
  const counts = countStatuses(run.results)
  return { ...judge(run.parts, counts, run.gate, run.interrupted === true), counts }
}

function judge(
  parts: readonly Part[],
  counts: Record<Status, number>,
  gate: Gate,
  interrupted: boolean,
): Omit<Verdict, 'counts'> {
  const obstacle = parts.find((part) => part.target.obstacle)?.target.obstacle
  const failed = counts.fail + (gate.strict ? counts.warn : 0)
  const judged = counts.pass + counts.fail + counts.warn + counts.known
  if (interrupted)
    return {
      name: 'interrupted',
      exitCode: exitCodes.interrupted,
      sentence: `Interrupted after ${plural(judged, 'check')}; what was found until then is below.`,
    }
  if (obstacle && !(obstacle.kind === 'handshake' && counts.fail > 0))
    return { name: 'unreachable', exitCode: exitCodes.unreachable, sentence: obstacle.message }
  if (failed > 0)
    return { name: 'fail', exitCode: exitCodes.failed, sentence: obstacle?.message ?? failure(counts, gate) }
  if (counts.error > 0)
    return {
      name: 'incomplete',
      exitCode: exitCodes.incomplete,
      sentence: `${plural(counts.error, 'check')} could not be finished; see the errors below.`,
    }
  if (judged === 0)
    return {
      name: 'incomplete',
      exitCode: exitCodes.incomplete,
      sentence: 'Nothing could be judged: no selected check applies to this server with what was given.',
    }
  if (gate.requireComplete && counts['not-testable'] > 0)
    return {
      name: 'incomplete',
      exitCode: exitCodes.incomplete,
      sentence: `${plural(counts['not-testable'], 'selected check')} could not be tested with what was given.`,
    }
  const warned = counts.warn > 0 ? `, ${plural(counts.warn, 'warning')}` : ''
  return { name: 'pass', exitCode: exitCodes.held, sentence: `No rule that was judged is broken${warned}.` }
}

function failure(counts: Record<Status, number>, gate: Gate): string {
  const musts = counts.fail > 0 ? `${plural(counts.fail, 'check')} found a broken MUST` : ''
  const shoulds =
    gate.strict && counts.warn > 0 ? `${plural(counts.warn, 'check')} warned, which fails with --strict` : ''
  return `${[musts, shoulds].filter(Boolean).join('; ')}.`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
