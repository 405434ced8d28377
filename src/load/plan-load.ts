import { prepare, type TargetOptions } from '../conformance/assess.js'
import type { LoadMode, SessionPolicy } from '../report/load.js'
import { UsageError } from '../usage-error.js'
import { detect } from '../wire/detect.js'
import type { Facts, Obstacle } from '../wire/facts.js'
import { identityHeaders, type Peer } from '../wire/peer.js'
import { StreamableSession } from '../wire/streamable.js'
import { withCanary } from './canary.js'
import { ask, saysNo, type Trial, whyUnusable } from './first-answer.js'
import { thresholdsOf } from './gate.js'
import type { LoadPlan, MeasuredRequest } from './plan.js'
import type { Profile } from './profile.js'
import type { Threshold } from './thresholds.js'

/** What is asked of a load, beside what is known of its target. */
export interface LoadOptions extends Pick<TargetOptions, 'headers' | 'token' | 'tools' | 'timeoutMs' | 'ca' | 'auth'> {
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
  if (options.mode === 'modern')
    throw new UsageError('--mode modern: load does not speak revision 2026-07-28; choose stateful or stateless')
  const { peer, secrets } = prepare(url, options)
  const cut = () => void peer.wire.close()
  options.signal?.addEventListener('abort', cut, { once: true })
  try {
    const detection = await detect(peer, options.auth)
    const { facts } = detection
    const obstacle = detection.obstacle ?? wrongTransport(facts)
    const shown = peer.wire.redact.value({ url, facts, obstacle })
    const plan = facts && !obstacle ? await planFor(peer, facts, secrets, options) : undefined
    const found = { url: shown.url, requests: peer.wire.budget.spent(), ...(shown.facts ? { facts: shown.facts } : {}) }
    return plan ? { ...found, plan, facts: shown.facts! } : { ...found, obstacle: shown.obstacle! }
  } finally {
    options.signal?.removeEventListener('abort', cut)
    await peer.wire.close()
  }
}

function wrongTransport(facts: Facts | undefined): Obstacle | undefined {
  if (facts?.transport !== 'http+sse') return undefined
  const message = `${facts.url} speaks the HTTP+SSE transport of 2024-11-05; load speaks Streamable HTTP only.`
  return { kind: 'not-mcp', message }
}

async function planFor(peer: Peer, facts: Facts, secrets: string[], options: LoadOptions): Promise<LoadPlan> {
  const revision = facts.revisions.at(-1)!
  const mode = modeFor(facts, options.mode)
  const named = options.method !== undefined || (options.tools ?? []).length > 0
  const session = await StreamableSession.open(peer, revision)
  try {
    const plan: LoadPlan = {
      url: peer.url,
      profileName: options.profileName,
      profile: options.profile,
      mode,
      session: options.session ?? options.profile.session ?? 'per-connection',
      revision,
      requests: await tried({ session, bare: mode === 'stateless' }, wanted(facts, options), facts, named),
      headers: identityHeaders(peer),
      secrets,
      thresholds: [],
      timeoutMs: options.timeoutMs ?? patienceMs,
      workers: options.workers ?? 1,
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.targetPid === undefined ? {} : { targetPid: options.targetPid }),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    }
    return { ...plan, thresholds: thresholdsOf(plan, options.thresholds ?? []) }
  } finally {
    await session.close()
  }
}

function modeFor(facts: Facts, asked: LoadOptions['mode'] = 'auto'): LoadMode {
  if (asked === 'stateful' && !facts.sessions)
    throw new UsageError(
      `--mode stateful: ${facts.url} issues no sessions (no Mcp-Session-Id in its answer to initialize); leave --mode out, or choose stateless`,
    )
  return asked === 'auto' ? (facts.sessions ? 'stateful' : 'stateless') : asked
}

/** What the user wants measured: the tools they named, a method, or the list of tools. */
function wanted(facts: Facts, { method, tools = [] }: LoadOptions): MeasuredRequest[] {
  if (method === 'tools/call' && tools.length === 0)
    throw new UsageError(
      `--method tools/call: name a tool that is safe to call with --tool name='{"json":"arguments"}'`,
    )
  if (method !== undefined && method !== 'tools/call') return [{ method }]
  if (tools.length > 0)
    return tools.map(({ name, arguments: args }) => ({ method: 'tools/call', params: { name, arguments: args } }))
  return [{ method: facts.capabilities.tools ? 'tools/list' : 'ping' }]
}

/**
 * The requests with their canaries, once each was tried. Where the server says that one is wrong, the user has to mend it; where it fails
 * otherwise, it is the server that is to be measured as it is.
 */
async function tried(
  trial: Trial,
  requests: MeasuredRequest[],
  facts: Facts,
  named: boolean,
): Promise<MeasuredRequest[]> {
  const ready: MeasuredRequest[] = []
  for (const request of requests) {
    let reply = await ask(trial, request)
    if (whyUnusable(reply)) reply = await ask(trial, request)
    const problem = whyUnusable(reply)
    if (problem && trial.bare && facts.sessions && !whyUnusable(await ask({ ...trial, bare: false }, request)))
      throw new UsageError(
        `--mode stateless: ${facts.url} insists on sessions; without one it answered ${request.method} with ${problem}. Leave --mode out, or choose stateful`,
      )
    if (problem && named && saysNo(reply))
      throw new UsageError(`${asAsked(request)}: tried before the load, it failed: ${problem}`)
    ready.push(problem ? request : await withCanary(trial, request, reply))
  }
  return ready
}

function asAsked({ method, params }: MeasuredRequest): string {
  return method === 'tools/call' ? `--tool ${params?.name}` : `--method ${method}`
}
