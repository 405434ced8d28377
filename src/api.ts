import { runGate } from './commands/gate.js'
import { gatePlan } from './commands/run.js'
import type { Terminal } from './commands/terminal.js'
import type { AccessConfig, CheckConfig, Config, LoadConfig, SourceConfig } from './config/config.js'
import { shaped } from './config/problem.js'
import { configShape } from './config/shape.js'
import type { Profile } from './load/profile.js'
import type { Run } from './report/run.js'

/** What every call may say of the server beside its URL. */
export interface ServerOptions extends AccessConfig, Omit<SourceConfig, 'url'> {
  /** The bearer token itself, where it stands in no variable. */
  token?: string | undefined
  /** Another user's token. */
  secondToken?: string | undefined
  /** What reports call the server. */
  name?: string | undefined
  /** Ends the run early; the Run that comes back is marked as interrupted. */
  signal?: AbortSignal | undefined
}

/** Options of `check`. */
export interface CheckOptions extends ServerOptions, CheckConfig {
  /** Warnings fail the gate. */
  strict?: boolean | undefined
  /** Checks that could not be tested make the run incomplete. */
  requireComplete?: boolean | undefined
  /** Where all comes from that the checks make up, such as canaries: the same again for the same seed. */
  seed?: string | undefined
  /** A YAML or JSON file of known failures. */
  baseline?: string | undefined
}

/** Options of `load`. */
export interface LoadOptions extends ServerOptions, Omit<LoadConfig, 'profile'> {
  /** Says that the server is yours: needed for any that is not on this machine. */
  iOwnThisServer?: boolean | undefined
  /** A stored run.json: a load that is slower than there, beyond chance, fails the gate. */
  previous?: string | undefined
}

/**
 * Judges a server, as `mcp-gauntlet check` does. Nothing is printed, and nothing throws for what the server does: whether it was reached and what it
 * broke stands in the Run. Throws a UsageError for options that make no sense.
 *
 * ```ts
 * const run = await check('http://localhost:3000/mcp', { tools: { get_weather: { location: 'Oslo' } } })
 * const broken = run.results.filter(({ outcome }) => outcome.status === 'fail').map(({ id }) => id)
 * if (run.verdict.exitCode !== 0) throw new Error(`${run.verdict.sentence} ${broken.join(', ')}`)
 * ```
 */
export async function check(url: string, options: CheckOptions = {}): Promise<Run> {
  const { suites, only, revision, slow, concurrency, maxRequests, ...rest } = options
  const judged = defined({ suites, only, revision, slow, concurrency, maxRequests })
  return carriedOut({ url, check: Object.keys(judged).length > 0 ? judged : true }, rest)
}

/**
 * Puts a load on a server, as `mcp-gauntlet load` does: a profile by its name, from a file, or as data. Times in the Run are ms. Throws a
 * UsageError for what cannot be measured, and for a server that is not on this machine without `iOwnThisServer`.
 *
 * ```ts
 * const run = await load('http://localhost:3000/mcp', 'steady', {
 *   tools: { get_weather: { location: 'Oslo' } },
 *   duration: '10s',
 *   thresholds: ['p(99)<250ms'],
 * })
 * const p99 = run.loads[0]?.phases['tools/call']?.latency?.p99
 * ```
 */
export async function load(url: string, profile: string | Profile = 'steady', options: LoadOptions = {}): Promise<Run> {
  const { duration, connections, rate, mode, session, method, thresholds, repeat, workers, ...rest } = options
  const wish = { profile, duration, connections, rate, mode, session, method, thresholds, repeat, workers }
  return carriedOut({ url, check: false, load: defined(wish) }, rest)
}

async function carriedOut(what: Config, { token, secondToken, signal, ...rest }: ServerOptions): Promise<Run> {
  const source = { file: 'options', value: { ...what, ...defined(rest) }, lineOf: () => undefined }
  const config = shaped(source, configShape)
  const tokens = { ...(token ? { token } : {}), ...(secondToken ? { secondToken } : {}) }
  const terminal: Terminal = {
    out: () => {},
    err: () => {},
    columns: 80,
    color: false,
    live: false,
    env: process.env,
    cwd: process.cwd(),
    signal: signal ?? new AbortController().signal,
  }
  return runGate(await gatePlan({ config, source, tokens }, { quiet: true }, terminal), terminal)
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
