import type { Part, Result } from '../report/run.js'
import { deadline } from '../wire/deadline.js'
import { type AuthExpectation, type Detection, detect } from '../wire/detect.js'
import type { Facts, Obstacle } from '../wire/facts.js'
import { type HeaderList, isCredential } from '../wire/headers.js'
import { Wire } from '../wire/http.js'
import type { Peer } from '../wire/peer.js'
import { redactor } from '../wire/redact.js'
import { Seed } from '../wire/seed.js'
import { urlSecrets } from '../wire/url-secrets.js'
import type { LoadedCheck } from './check.js'
import type { RunContext } from './client.js'
import { credentialOf, type Given, looksLikeJwt, type NamedTool, withToken } from './given.js'
import { goneResults } from './gone-results.js'
import { handshakeWith } from './handshake.js'
import type { BadToken } from './needs.js'
import { type RunOptions, runChecks } from './runner.js'
import { Shared } from './shared.js'

/** Everything that is said about a target beside its URL. Tokens are values here; only the command line reads environment variables. */
export interface TargetOptions {
  headers?: HeaderList
  token?: string
  secondToken?: string
  badTokens?: Partial<Record<BadToken, string>>
  tools?: NamedTool[]
  auth?: AuthExpectation
  timeoutMs?: number
  maxRequests?: number
  /** PEM of certificate authorities that are trusted beside those of the system. */
  ca?: string
  /** Further values that no output may show. */
  secrets?: string[]
}

/** What `assess` tells while it works. */
export type AssessEvent =
  | { type: 'detected'; facts: Facts | undefined; obstacle: Obstacle | undefined }
  | { type: 'result'; result: Result; done: number; total: number }
  | { type: 'part'; part: Omit<Part, 'from'>; results: Result[] }

/**
 * Detects a server and runs the checks on it, once per era that it serves. Each era begins with `detected` and ends with its part of a
 * Run; nothing throws for what the server does.
 */
export async function* assess(
  url: string,
  checks: LoadedCheck[],
  target: TargetOptions = {},
  wanted: RunOptions = {},
): AsyncGenerator<AssessEvent> {
  const { peer, given } = prepare(url, target)
  const { uptime } = peer.wire
  uptime.watch(url, wanted.started)
  const { signal, release } = deadline(wanted.maxMs ?? longestMs, wanted.signal)
  const options = { ...wanted, signal }
  const seed = new Seed(wanted.seed)
  peer.wire.closeOn(signal)
  try {
    const detection = await detect(peer, target.auth)
    await uptime.settled()
    uptime.awaited = true
    const obstacle = signal.aborted ? unfinished(signal) : uptime.life > 0 ? goneEarly(url) : detection.obstacle
    let lives = 0
    const runnable = checks.filter((check) => !obstacle || judgeable(obstacle, detection.facts).includes(check.suite))
    let counted = 0
    let countedRefused = 0
    for (const facts of erasOf(detection, options.revision)) {
      const shown = peer.wire.redact.value({ facts, obstacle })
      yield { type: 'detected', ...shown }
      let results: Result[] = []
      if (facts) {
        if (facts.strained && target.timeoutMs === undefined) peer.wire.waiting.raise(strainedTimeoutMs)
        const tools = given.tools.filter((tool) => !tool.modern || facts.modern)
        const shared = new Shared(lives)
        const context: RunContext = {
          peer: {
            ...peer,
            hear: shared.hearing.hear,
            get life() {
              return uptime.life
            },
          },
          facts,
          ...(obstacle ? { obstacle } : {}),
          given: { ...given, tools },
          shared,
          seed,
        }
        for (const { offer, opening, accounts } of facts.modern ? [] : (detection.offered ?? []))
          context.shared.seed(handshakeWith(offer), opening, accounts)
        for await (const event of runChecks(runnable, context, options)) {
          if (event.type === 'result') yield event
          else results = event.results
        }
        await context.shared.close()
      } else results = await goneResults(peer.wire, lives)
      lives = uptime.life
      const about = {
        url: peer.wire.redact.text(url),
        ...(shown.facts ? { facts: shown.facts } : {}),
        ...(shown.obstacle ? { obstacle: shown.obstacle } : {}),
      }
      const requests = peer.wire.budget.spent() - counted
      const refused = peer.wire.pace.stood - countedRefused
      counted += requests
      countedRefused += refused
      const limited = refused > 0 ? { refused } : {}
      yield { type: 'part', part: { target: about, count: results.length, requests, ...limited }, results }
    }
  } finally {
    release()
    await peer.wire.close()
  }
}

/** The most ms that a run takes where nobody says. */
const longestMs = 15 * 60_000

/** What is said of a server that went away before it was known. */
function goneEarly(url: string): Obstacle {
  return {
    kind: 'handshake',
    message: `${url} went away while it was asked what it is: transport/stays-up says of what it may have died.`,
  }
}

/** What is said of a server that was not known yet when the run ended early. */
function unfinished({ reason }: AbortSignal): Obstacle {
  const why = reason?.name === 'TimeoutError' ? 'The time of the run was up' : 'The run was interrupted'
  return { kind: 'unreachable', message: `${why} before it was known how to speak to the server.` }
}

/** The eras to judge, the newest first: those that speak the revision asked for, or all where none does or none was named. */
function erasOf({ modern, facts }: Detection, revision: RunOptions['revision']): (Facts | undefined)[] {
  const eras = [modern, facts].filter((era) => era !== undefined)
  const asked = eras.filter((era) => era.revisions.some((one) => one === revision))
  if (asked.length > 0) return asked
  return eras.length > 0 ? eras : [undefined]
}

/** How long a server that is slow under load is waited for, in ms, where the operator does not say. */
const strainedTimeoutMs = 15_000

/** The suites that make sense where the handshake did not succeed; over HTTP+SSE that may be due to what its stream begins with. */
function judgeable(obstacle: Obstacle, facts: Facts | undefined): string[] {
  if (obstacle.kind !== 'handshake') return ['auth']
  const opening = facts?.transport === 'http+sse' ? ['sse-fallback'] : []
  return ['initialize', 'transport', 'jsonrpc', ...opening]
}

/** How to reach a target, what the operator gave, and what of it must never be shown. The peer's wire is to be closed after use. */
export function prepare(url: string, target: TargetOptions): { peer: Peer; given: Given; secrets: string[] } {
  const headers = target.headers ?? []
  const credentials = headers.filter(([name]) => isCredential(name))
  if (target.token)
    credentials.unshift(['authorization', /^\S+ \S/.test(target.token) ? target.token : `Bearer ${target.token}`])
  const credential = credentials[0] ? credentialOf(credentials[0]) : undefined
  const second = credential && target.secondToken ? { ...credential, token: target.secondToken } : undefined
  const secrets = [
    ...credentials.map((one) => credentialOf(one).token),
    target.secondToken,
    ...Object.values(target.badTokens ?? {}),
    ...(target.secrets ?? []),
    ...urlSecrets(url),
  ].filter((secret): secret is string => secret !== undefined)
  const wire = new Wire({
    redact: redactor(secrets),
    ...(target.timeoutMs === undefined ? {} : { timeoutMs: target.timeoutMs }),
    ...(target.maxRequests === undefined ? {} : { maxRequests: target.maxRequests }),
    ...(target.ca === undefined ? {} : { ca: target.ca }),
  })
  const peer: Peer = {
    url,
    wire,
    plainHeaders: headers.filter(([name]) => !isCredential(name)),
    credentials,
    ...(second ? { secondCredentials: withToken(second, second.token) } : {}),
  }
  const given: Given = {
    tools: target.tools ?? [],
    ...(credential ? { credential } : {}),
    ...(second ? { second } : {}),
    bad: target.badTokens ?? {},
    jwt: looksLikeJwt(credential?.token ?? ''),
  }
  return { peer, given, secrets }
}
