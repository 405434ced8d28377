import { requirement } from '../protocol/catalogue.js'
import type { Requirement } from '../protocol/requirement.js'
import { type Revision, within } from '../protocol/revisions.js'
import type { Facts } from '../wire/facts.js'
import type { LoadedCheck } from './check.js'

/** Areas whose pages stood in 2024-11-05 with the same rules although the catalogue starts counting them one revision later. */
const olderThanCounted = new Set([
  'cancellation',
  'completion',
  'logging',
  'pagination',
  'ping',
  'progress',
  'prompts',
  'resources',
  'schema',
])
const newInMarch2025 = new Set([
  'prompts-audio-base64',
  'completion-capability-declared',
  'completion-unsupported-32601',
  'schema-completion-result',
])

/** The revisions, newest first, at which a check makes sense on this server. */
export function revisionsFor(check: LoadedCheck, facts: Facts): Revision[] {
  const row = requirement(check.requirement)
  const { first, last } = spanOf(check)
  const spoken =
    facts.transport === 'http+sse' && row.era === 'legacy-sse'
      ? facts.revisions
      : facts.revisions.filter((one) => within(one, first, last))
  return [...spoken].reverse()
}

/** The oldest and the newest revision that a check is about. */
export function spanOf({ requirement: id, revisions }: Pick<LoadedCheck, 'requirement' | 'revisions'>): {
  first: Revision
  last: Revision
} {
  const row = requirement(id)
  return { first: revisions?.first ?? firstOf(row), last: revisions?.last ?? row.last }
}

function firstOf(row: Requirement): Revision {
  const older = row.first === '2025-03-26' && olderThanCounted.has(row.area) && !newInMarch2025.has(row.id)
  return older ? '2024-11-05' : row.first
}
