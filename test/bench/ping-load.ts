import type { LoadPlan } from '../../src/load/plan.js'
import type { Profile } from '../../src/load/profile.js'
import { runLoad } from '../../src/load/run.js'
import type { Load } from '../../src/report/load.js'

/** A plan of pings without sessions, changed as told. */
export function pingPlan(
  url: string,
  profile: Omit<Profile, 'description'>,
  changes: Partial<LoadPlan> = {},
): LoadPlan {
  return {
    url,
    profileName: 'bench',
    profile: { description: 'a benchmark', ...profile },
    mode: 'stateless',
    session: 'per-connection',
    revision: '2025-06-18',
    requests: [{ method: 'ping' }],
    headers: [],
    secrets: [],
    thresholds: [],
    timeoutMs: 10_000,
    workers: 1,
    ...changes,
  }
}

/** Runs a load to its end. */
export async function measure(plan: LoadPlan): Promise<Load> {
  for await (const event of runLoad(plan, new AbortController().signal)) if (event.type === 'done') return event.load
  throw new Error('a load without an end')
}
