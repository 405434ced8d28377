import { partName } from '../report/assemble.js'
import type { Part, Run } from '../report/run.js'
import type { Pair } from './checks.js'

/** One thing that is known of a server and differs between two runs. */
export interface FactChange {
  target: string
  fact: string
  before: unknown
  after: unknown
  /** True where the server could be judged before and cannot be now. */
  worse?: true
}

/** What differs in what is known of the servers. */
export function diffFacts(after: Run, pairs: readonly Pair[]): FactChange[] {
  return pairs.flatMap(([old, now]) => {
    const [one, other] = [factsOf(old), factsOf(now)]
    return Object.keys({ ...one, ...other })
      .filter((fact) => JSON.stringify(one[fact]) !== JSON.stringify(other[fact]))
      .map((fact) => ({
        target: partName(after, now),
        fact,
        before: one[fact] ?? null,
        after: other[fact] ?? null,
        ...(fact === 'obstacle' && other[fact] !== undefined ? { worse: true as const } : {}),
      }))
  })
}

/** What is worth telling; times and addresses differ by nature. */
function factsOf({ target: { facts, obstacle } }: Part): Record<string, unknown> {
  const stuck = obstacle ? { obstacle: obstacle.message } : {}
  if (!facts) return stuck
  const { transport, revisions, otherEra, sessions, answers, getStream, eventIds, auth, serverInfo } = facts
  const { capabilities, instructions } = facts
  const known = { transport, revisions, otherEra, sessions, answers, getStream, eventIds }
  const server = { name: serverInfo.name, version: serverInfo.version, 'auth required': auth.required }
  return { ...stuck, ...known, ...server, capabilities: sorted(capabilities), instructions }
}

/** The same value with its keys in order, so that their order is no difference. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
