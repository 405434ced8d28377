import type { Baseline, BaselineEntry, EntryState, Part, Result } from '../report/run.js'

/** What belongs to one target before a Run is put together. */
export interface JudgedPart {
  part: Omit<Part, 'from'>
  results: Result[]
}

/** Holds results to a baseline: listed failures and warnings become `known` until their entry expires. `today` is YYYY-MM-DD in UTC. */
export function applyBaseline(
  parts: readonly JudgedPart[],
  { file, entries, today }: { file: string; entries: readonly BaselineEntry[]; today: string },
): { parts: JudgedPart[]; baseline: Baseline } {
  const alive = (entry: BaselineEntry) => entry.expires === undefined || today <= entry.expires
  const held = parts.map(({ part, results }) => ({
    part,
    results: results.map((result) => {
      const listing = entries.filter((entry) => lists(entry, part, result))
      const entry = listing.find(alive) ?? listing[0]
      return entry ? excused(result, entry, alive(entry)) : result
    }),
  }))
  const states = entries.map((entry) => ({ ...entry, state: stateOf(entry, parts, alive(entry)) }))
  return { parts: held, baseline: { file, entries: states } }
}

/** True when an entry is about this result. */
export function lists(entry: BaselineEntry, { target }: Pick<Part, 'target'>, result: Result): boolean {
  return (
    entry.check === result.id &&
    (entry.target === undefined || entry.target === target.name || entry.target === target.url) &&
    (entry.revision === undefined || entry.revision === result.revision)
  )
}

function excused(result: Result, { reason, expires }: BaselineEntry, alive: boolean): Result {
  const was = result.outcome.status
  if (was !== 'fail' && was !== 'warn') return result
  const known = { reason, ...(expires === undefined ? {} : { expires }), was }
  if (!alive) return { ...result, known: { ...known, expired: true } }
  return { ...result, outcome: { ...result.outcome, status: 'known' }, known }
}

function stateOf(entry: BaselineEntry, parts: readonly JudgedPart[], alive: boolean): EntryState {
  const statuses = parts.flatMap(({ part, results }) =>
    results.filter((result) => lists(entry, part, result)).map(({ outcome }) => outcome.status),
  )
  if (statuses.some((status) => status === 'fail' || status === 'warn')) return alive ? 'known' : 'expired'
  return statuses.includes('pass') ? 'stale' : 'not-judged'
}
