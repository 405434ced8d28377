import { resultsOf } from './assemble.js'
import type { Part, Result, Run, Status } from './run.js'

/** One check that found something: everywhere it did, in order. */
export interface Finding {
  id: string
  occurrences: { part: Part; result: Result }[]
}

/** Findings behind one first cause, or one finding that stands alone. */
export interface FindingGroup {
  cause?: string
  findings: Finding[]
}

/** What came out with a status over all parts of a run: a check that found it in several targets is one finding, findings of one cause are one group. */
export function findingGroups(run: Run, status: Status): FindingGroup[] {
  const groups = new Map<string, FindingGroup>()
  for (const part of run.parts)
    for (const result of resultsOf(run, part)) {
      const { status: own, cause } = result.outcome
      if (own !== status) continue
      const key = JSON.stringify(cause === undefined ? [result.id] : [null, cause])
      const group = groups.get(key) ?? { ...(cause === undefined ? {} : { cause }), findings: [] }
      groups.set(key, group)
      const known = group.findings.find((finding) => finding.id === result.id)
      if (known) known.occurrences.push({ part, result })
      else group.findings.push({ id: result.id, occurrences: [{ part, result }] })
    }
  return [...groups.values()].map((group) => (group.findings.length > 1 ? group : { findings: group.findings }))
}

/** Why checks came out with a status that tells no more than its reason: each reason with the checks it kept back. */
export function reasonsOf(run: Run, status: Status): { reason: string; ids: string[] }[] {
  const reasons = new Map<string, Set<string>>()
  for (const { id, outcome } of run.results) {
    if (outcome.status !== status) continue
    const reason = outcome.message ?? 'no reason given'
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(id))
  }
  return [...reasons].map(([reason, ids]) => ({ reason, ids: [...ids] }))
}
