import type { Result } from '../report/run.js'
import type { Wire } from '../wire/http.js'
import type { RunContext } from './client.js'
import { rarestLast, violationOf } from './gone-away.js'
import { outcomeOf } from './outcome.js'
import type { Job } from './pool.js'
import { headOf } from './result-head.js'

/** The finding that the server went away, where the check that has it was not selected. */
export async function unselected(jobs: readonly Job[], { peer, shared }: RunContext): Promise<Result[]> {
  await peer.wire.uptime.settled()
  const told = jobs.some(({ check }) => check.watches)
  return told ? [] : goneResults(peer.wire, shared.firstLife)
}

/** The finding that a server went away, if it did after the first so many lives. */
export async function goneResults({ uptime, redact }: Wire, firstLife: number): Promise<Result[]> {
  const crashes = uptime.crashes.slice(firstLife)
  const found = violationOf(crashes)
  if (!found) return []
  const { loadChecks } = await import('./registry.js')
  const check = (await loadChecks()).find(({ watches }) => watches)!
  const exchanges = crashes.flatMap(({ inFlight, before }) => rarestLast([...inFlight, ...before]))
  const hint = check.hint ? { hint: check.hint } : {}
  const outcome = redact.value(outcomeOf(found, 'MUST'))
  return [{ ...headOf(check), outcome, ...hint, ms: 0, requests: 0, exchanges: exchanges.slice(-6) }]
}
