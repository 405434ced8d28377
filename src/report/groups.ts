import type { Result } from './run.js'

/** Findings that share a first cause, or one finding that stands alone. */
export interface Group {
  cause?: string
  results: Result[]
}

/** Groups findings by their first cause: a cause shared by at least two becomes one headline, everything else stands alone, in order. */
export function groupByCause(results: readonly Result[]): Group[] {
  const shared = new Map<string, Group>()
  const groups: Group[] = []
  for (const result of results) {
    const cause = result.outcome.cause
    const known = cause === undefined ? undefined : shared.get(cause)
    if (known) {
      known.results.push(result)
      continue
    }
    const group: Group = { ...(cause === undefined ? {} : { cause }), results: [result] }
    if (cause !== undefined) shared.set(cause, group)
    groups.push(group)
  }
  return groups.map((group) => (group.results.length > 1 ? group : { results: group.results }))
}
