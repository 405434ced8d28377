import type { AccessConfig, CheckConfig, LoadConfig, SourceConfig } from '../config/config.js'
import { expandVariables } from '../target/expand-variables.js'
import type { CheckFlags } from './check.js'
import type { LoadFlags } from './load-options.js'
import type { TargetFlags } from './options.js'
import type { SourceFlags } from './target-source.js'
import type { Terminal } from './terminal.js'

/** Where the server comes from, as the command line would say it. */
export function sourceFlags(config: SourceConfig): SourceFlags {
  const { start, waitFor, image, dockerfile, containerPort, cpus, memory, env, mcpConfig, server } = config
  return given({
    ...{ start, waitFor, image, dockerfile, memory, mcpConfig, server },
    containerPort: text(containerPort),
    cpus: text(cpus),
    env: env && Object.entries(env).map(([name, value]) => (value === null ? name : `${name}=${value}`)),
  })
}

/** What is said to the server and of it, as the command line would say it; variables in headers are put in. */
export function accessFlags(config: AccessConfig, { env }: Pick<Terminal, 'env'>): TargetFlags {
  const { tokenEnv, secondTokenEnv, badTokenEnv, headers, headerFile, auth, tools, timeout } = config
  const bad = Object.entries(badTokenEnv ?? {}).filter(([, name]) => name !== undefined)
  return given({
    ...{ tokenEnv, secondTokenEnv, headerFile, auth },
    badTokenEnv: bad.map(([kind, name]) => `${kind}=${name}`),
    header: Object.entries(headers ?? {}).map(
      ([name, value]) => `${name}: ${expandVariables(value, env, `--header ${name}`).text}`,
    ),
    tool: toolTexts(tools),
    timeout: text(timeout),
  })
}

/** What was put into headers: somebody who keeps a value out of the file has a reason. */
export function headerSecrets({ headers }: AccessConfig, { env }: Pick<Terminal, 'env'>): string[] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) =>
    expandVariables(value, env, `--header ${name}`).values.map(([, put]) => put),
  )
}

/** How the server is judged, as the command line would say it. */
export function checkFlags(config: CheckConfig): CheckFlags {
  const { suites, only, revision, slow, concurrency, maxRequests, timeout } = config
  return given({
    ...{ only, revision, slow },
    suite: suites?.join(','),
    concurrency: text(concurrency),
    maxRequests: text(maxRequests),
    timeout: text(timeout),
  })
}

/** One load, as the command line would say it. */
export function loadFlags(config: LoadConfig, ca: string | undefined): LoadFlags {
  const { profile, duration, connections, rate, mode, session, method, thresholds, workers, timeout } = config
  return given({
    ...{ duration, mode, session, method, ca },
    profile: typeof profile === 'string' ? profile : undefined,
    threshold: thresholds,
    connections: text(connections),
    rate: text(rate),
    workers: text(workers),
    timeout: text(timeout),
  })
}

/** Tools as `--tool` takes them. */
export function toolTexts(tools: AccessConfig['tools']): string[] | undefined {
  if (tools === undefined) return undefined
  const list = Array.isArray(tools)
    ? tools.map(({ name, arguments: values = {} }): [string, unknown] => [name, values])
    : Object.entries(tools)
  return list.map(([name, values]) => `${name}=${JSON.stringify(values)}`)
}

function text(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

/** The same without what is not given. */
function given<T extends object>(values: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as any
}
