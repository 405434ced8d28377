import type { Profile } from '../load/profile.js'
import type { Revision } from '../protocol/revisions.js'
import type { LoadMode, SessionPolicy } from '../report/load.js'

/** A tool that is safe to call, with arguments that work. */
export interface ToolConfig {
  name: string
  arguments?: Record<string, unknown> | undefined
}

/** What is said to a server and of it. Secrets stand in environment variables or files; here are only their names. */
export interface AccessConfig {
  /** The variable that holds the bearer token. */
  tokenEnv?: string | undefined
  /** The variable with another user's token: sessions of one user must be closed to another. */
  secondTokenEnv?: string | undefined
  /** Variables with tokens that must be refused. */
  badTokenEnv?: { [kind in 'expired' | 'wrong-audience' | 'insufficient-scope']?: string | undefined } | undefined
  /** Headers for every request. `${NAME}` in a value is that environment variable, `${NAME:-default}` has a default. */
  headers?: Record<string, string> | undefined
  /** A file with further headers, one a line. */
  headerFile?: string | undefined
  /** What the server should do about strangers; by default it is found out. */
  auth?: 'auto' | 'required' | 'none' | undefined
  /** Tools that are safe to call: arguments by name, or a list where one is called in several ways. */
  tools?: Record<string, Record<string, unknown>> | ToolConfig[] | undefined
  /** A PEM file with further certificate authorities. */
  ca?: string | undefined
  /** The longest wait for one answer, in ms; 5000 for checks, 10000 for loads. */
  timeout?: number | undefined
}

/** Where the server comes from. */
export interface SourceConfig {
  /** Where it answers, or `reference:stateful` and its like; with a container or a started command a path will do. */
  url?: string | undefined
  /** A command line that starts it; `{port}` in it, and `PORT` in its environment, are the port to listen on. */
  start?: string | undefined
  /** How long it may take until it answers as an MCP server, such as `60s`. */
  waitFor?: string | undefined
  /** A container image. */
  image?: string | undefined
  /** A folder with a Dockerfile, to be built. */
  dockerfile?: string | undefined
  /** The port inside the container. */
  containerPort?: number | undefined
  /** Cores and memory (such as `512m`) that the container may use. */
  cpus?: number | undefined
  memory?: string | undefined
  /** Variables for the command or the container; `null` passes ours on. */
  env?: Record<string, string | number | boolean | null> | undefined
  /** An mcpServers file that holds URL and headers, and the entry to take from it. */
  mcpConfig?: string | undefined
  server?: string | undefined
}

/** How the server is judged. */
export interface CheckConfig {
  /** Only these suites, and only checks whose id starts with one of these. */
  suites?: string[] | undefined
  only?: string[] | undefined
  /** `auto` (default), `all`, or one revision. */
  revision?: 'auto' | 'all' | Revision | undefined
  /** Adds checks that wait longer than 5 s. */
  slow?: boolean | undefined
  /** Checks side by side. */
  concurrency?: number | undefined
  /** The most requests of the run; 10000 by default. */
  maxRequests?: number | undefined
  timeout?: number | undefined
}

/** A load that is put on the server, and what must hold under it. */
export interface LoadConfig {
  /** `steady` (default), another that comes with the program, a file, or a profile as data. */
  profile?: string | Profile | undefined
  /** How long, such as `30s`. */
  duration?: string | undefined
  connections?: number | undefined
  /** Requests started per second, whatever the answers do: a number, or text such as `200/s`. */
  rate?: number | string | undefined
  mode?: 'auto' | LoadMode | undefined
  session?: SessionPolicy | undefined
  /** Another method than tools/call. */
  method?: string | undefined
  /** The tools to call, in place of those of the target. */
  tools?: AccessConfig['tools']
  /** What must hold, such as `p(99)<250ms`. */
  thresholds?: string[] | undefined
  /** How often it is run; several give `previous` and `diff` something to tell change from chance by. */
  repeat?: number | undefined
  /** Threads that make the load. */
  workers?: number | undefined
  timeout?: number | undefined
}

/** One server, and what is done to it. */
export interface TargetConfig extends SourceConfig, AccessConfig {
  /** What reports call it. */
  name?: string | undefined
  /** How it is judged; `false` leaves the checks out. */
  check?: boolean | CheckConfig | undefined
  /** The loads put on it, one after another. */
  load?: LoadConfig | LoadConfig[] | undefined
  /** Says that the server is yours: needed for loads on any that is not on this machine. */
  iOwnThisServer?: boolean | undefined
}

/** What `mcp-gauntlet run` does: one server, or several in `targets`, which take from here what they do not say themselves. */
export interface Config extends TargetConfig {
  /** For editors: the JSON Schema of this file. */
  $schema?: string | undefined
  targets?: TargetConfig[] | undefined
  /** Warnings fail the gate. */
  strict?: boolean | undefined
  /** Checks that could not be tested make the run incomplete (exit 3). */
  requireComplete?: boolean | undefined
  /** A YAML or JSON file of known failures. */
  baseline?: string | undefined
  /** A stored run.json: a load that is slower than there, beyond chance, fails the gate. */
  previous?: string | undefined
  /** Where all comes from that checks make up, such as canaries: the same again for the same seed. */
  seed?: string | undefined
  /** Reports as `format` or `format=file`, such as `junit=results.xml`. */
  reports?: string[] | undefined
  /** A folder that gets run.json. */
  out?: string | undefined
}

/**
 * Declares what `mcp-gauntlet run` does; for the types alone.
 *
 * ```ts
 * // mcp-gauntlet.config.ts
 * import { defineConfig } from 'mcp-gauntlet'
 *
 * export default defineConfig({
 *   start: 'node server.js --port {port}',
 *   url: '/mcp',
 *   tools: { get_weather: { location: 'Oslo' } },
 *   load: { duration: '10s', thresholds: ['p(99)<250ms'] },
 * })
 * ```
 */
export function defineConfig(config: Config): Config {
  return config
}
