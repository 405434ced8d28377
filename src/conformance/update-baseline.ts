import type { BaselineEntry, Result } from '../report/run.js'
import { applyBaseline, type JudgedPart, lists } from './baseline.js'

/** What stands in place of a reason until somebody gives one. */
export const noReason = 'TODO: say why this is known, and who mends it'

/** A result with the part it belongs to. */
interface Placed {
  part: JudgedPart['part']
  result: Result
}

/**
 * The entries a baseline should have after a run: stale ones are dropped, all others stay as they are, and what is broken and not listed is
 * added, `warnings` included where they fail the gate. A new entry names target and revision only where the check passes elsewhere. Sorted.
 */
export function updatedEntries(
  entries: readonly BaselineEntry[],
  parts: readonly JudgedPart[],
  { warnings = false } = {},
): BaselineEntry[] {
  const { baseline } = applyBaseline(parts, { file: '', entries, today: '' })
  const kept = entries.filter((_, at) => baseline.entries[at]!.state !== 'stale')
  const placed = parts.flatMap(({ part, results }) => results.map((result) => ({ part, result })))
  const broken = placed.filter(
    ({ part, result }) =>
      (result.outcome.status === 'fail' || (warnings && result.outcome.status === 'warn')) &&
      !kept.some((entry) => lists(entry, part, result)),
  )
  const fresh = broken.map((one) => narrowest(one, broken, placed))
  const added = [...new Map(fresh.map((entry) => [keyOf(entry), entry])).values()]
  return [...kept, ...added].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

/** The least that has to be said so that the entry does not also list a place where the check passes. */
function narrowest(one: Placed, broken: readonly Placed[], placed: readonly Placed[]): BaselineEntry {
  const { id, revision } = one.result
  const target = one.part.target.name ?? one.part.target.url
  const base = { check: id, reason: noReason }
  const candidates: BaselineEntry[] = [
    base,
    ...(revision ? [{ ...base, revision }] : []),
    { ...base, target },
    { ...base, target, ...(revision ? { revision } : {}) },
  ]
  const sound = (entry: BaselineEntry) =>
    placed.every(
      (other) =>
        !lists(entry, other.part, other.result) || broken.includes(other) || other.result.outcome.status !== 'pass',
    )
  const { check, reason, ...where } = candidates.find(sound) ?? candidates.at(-1)!
  return { check, ...where, reason }
}

function keyOf({ check, target, revision }: BaselineEntry): string {
  return [check, target ?? '', revision ?? ''].join('\n')
}
