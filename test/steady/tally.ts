import type { Result } from '../../src/report/run.js'

/** The outcomes of one check over many runs: how often each status came, and how often each message came with it. */
export type Outcomes = Record<string, { runs: number; messages: Record<string, number> }>

/** What many runs on one target gave. `checks` is keyed by id, era and revision. */
export interface Tally {
  runs: number
  seconds: number
  /** How often detection found the server strained or waiting: many checks ask less of one that is. */
  strained: number
  checks: Record<string, Outcomes>
}

/** A tally of no runs. */
export function emptyTally(): Tally {
  return { runs: 0, seconds: 0, strained: 0, checks: {} }
}

/** Adds the results of one part of a run; `era` tells apart the parts of a URL that is judged in both. */
export function count(tally: Tally, era: string, results: readonly Result[]): void {
  const seen = new Map<string, number>()
  for (const { id, revision, outcome } of results) {
    const name = `${id} ${era}`
    const time = (seen.get(name) ?? 0) + 1
    seen.set(name, time)
    const key = time === 1 ? name : `${name} ${revision ?? time}`
    tally.checks[key] ??= {}
    tally.checks[key][outcome.status] ??= { runs: 0, messages: {} }
    const one = tally.checks[key][outcome.status]!
    one.runs++
    const words = plainly([outcome.message, outcome.actual].filter((part) => part !== undefined))
    one.messages[words] = (one.messages[words] ?? 0) + 1
  }
}

/** The checks whose outcome was not the same in every run; one that had no result in some of them is among these. */
export function unsteady({ runs, checks }: Tally): [check: string, outcomes: Outcomes][] {
  return Object.entries(checks).filter(([, outcomes]) => Object.values(outcomes).every((one) => one.runs !== runs))
}

/** Lines that tell of one unsteady check: each status with its count and, but for a pass, its commonest messages. */
export function linesOf(check: string, outcomes: Outcomes): string[] {
  const by = Object.entries(outcomes).sort(([, a], [, b]) => b.runs - a.runs)
  const said = ([status, { runs, messages }]: (typeof by)[number]) => [
    `    ${runs} x ${status}`,
    ...(status === 'pass' ? [] : Object.entries(messages))
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([words, times]) => `      ${times} x ${words}`),
  ]
  return [`  ${check}`, ...by.flatMap(said)]
}

/** Words without what differs each time: ports, ids, times. */
function plainly(parts: unknown[]): string {
  const text = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' | ')
  return text
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1')
    .replace(/[0-9a-f]{8,}[0-9a-f-]*/g, '…')
    .replace(/\d+/g, '#')
    .slice(0, 400)
}
