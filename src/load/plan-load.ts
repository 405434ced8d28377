import { prepare, type TargetOptions } from '../conformance/assess.js'
import type { LoadMode, SessionPolicy } from '../report/load.js'
import { detect } from '../wire/detect.js'
import type { Facts, Obstacle } from '../wire/facts.js'
import { openSession } from '../wire/open.js'
import { identityHeaders, type Peer } from '../wire/peer.js'
import { type ChosenMode, chooseMode, refuseChurn } from './choose-mode.js'
import { thresholdsOf } from './gate.js'
import type { LoadPlan } from './plan.js'
import type { Profile } from './profile.js'
import { triedRequests, wantedRequests } from './requests.js'
import type { ReadUse } from './server-watch.js'
import type { Threshold } from './thresholds.js'

/** What is asked of a load, beside what is known of its target. */
export interface LoadOptions
  extends Pick<TargetOptions, 'headers' | 'token' | 'tools' | 'timeoutMs' | 'ca' | 'auth' | 'secrets'> {
  name?: string
  profileName: string
  profile: Profile
  mode?: 'auto' | LoadMode
  session?: SessionPolicy
  /** Measured in place of calls to the tools. */
  method?: string
  /** The user's; those of the profile are added. */
  thresholds?: Threshold[]
  workers?: number
  targetPid?: number
  readUse?: ReadUse
  signal?: AbortSignal
}

/** A plan, or the reason why there is none, with what was found out and at what cost. Secrets in `url`, `facts` and `obstacle` are redacted. */
export type PlannedLoad = { url: string; requests: number } & (
  | { plan: LoadPlan; facts: Facts; obstacle?: undefined }
  | { plan?: undefined; facts?: Facts; obstacle: Obstacle }
)

/** How long an answer is waited for under load, in ms, where the user does not say. */
const patienceMs = 10_000

/**
 * Looks at a server and decides everything about its load: its mode, what is measured, where a canary goes. Throws a UsageError when what is asked
 * for cannot be measured there.
 */
export async function planLoad(url: string, options: LoadOptions): Promise<PlannedLoad> {
  const { peer, secrets } = prepare(url, options)
  const release = peer.wire.closeOn(options.signal)
  try {
    const chosen = chooseMode(await detect(peer, options.auth), options.mode)
    const { facts, obstacle } = chosen
    const shown = peer.wire.redact.value({ url, facts, obstacle })
    const plan = chosen.obstacle ? undefined : await planFor(peer, chosen, secrets, options)
    const found = { url: shown.url, requests: peer.wire.budget.spent(), ...(shown.facts ? { facts: shown.facts } : {}) }
    return plan ? { ...found, plan, facts: shown.facts! } : { ...found, obstacle: shown.obstacle! }
  } finally {
    release()
    await peer.wire.close()
  }
}

async function planFor(
  peer: Peer,
  { mode, facts }: Extract<ChosenMode, { mode: LoadMode }>,
  secrets: string[],
  options: LoadOptions,
): Promise<LoadPlan> {
  refuseChurn(mode, options.profileName, options.profile, options.session)
  const revision = facts.revisions.at(-1)!
  const tools = (options.tools ?? []).filter((tool) => mode === 'modern' || !tool.modern)
  const requests = wantedRequests(facts, { ...options, tools })
  const named = options.method !== undefined || tools.length > 0
  const session = await openSession(peer, 'streamable-http', revision)
  try {
    const plan: LoadPlan = {
      url: peer.url,
      profileName: options.profileName,
      profile: options.profile,
      mode,
      session: options.session ?? options.profile.session ?? 'per-connection',
      revision,
      requests: await triedRequests({ session, bare: mode === 'stateless' }, requests, facts, named),
      headers: identityHeaders(peer),
      secrets,
      thresholds: [],
      timeoutMs: options.timeoutMs ?? patienceMs,
      workers: options.workers ?? 1,
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.targetPid === undefined ? {} : { targetPid: options.targetPid }),
      ...(options.readUse === undefined ? {} : { readUse: options.readUse }),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    }
    return { ...plan, thresholds: thresholdsOf(plan, options.thresholds ?? []) }
  } finally {
    await session.close()
  }
}
