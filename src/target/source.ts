import { UsageError } from '../usage-error.js'

/**
 * Where a server comes from when it is not simply there, as the command line or a config file says it. The keys are the options in camel
 * case: at most one of `start`, `image` and `dockerfile`; `mcpConfig` takes the place of a URL.
 */
export interface TargetSource {
  /** A command line that the shell runs; `{port}` in it, and `PORT` in its environment, are the port to listen on. */
  start?: string
  /** The name of a container image. */
  image?: string
  /** A folder with a Dockerfile, to be built. */
  dockerfile?: string
  /** The port inside the container; by default the one that the image exposes. */
  containerPort?: number
  /** How many cores the container may use, such as 0.5. */
  cpus?: number
  /** How much memory the container may use, in bytes. */
  memoryBytes?: number
  /** Variables for the command or the container. */
  env?: Record<string, string>
  /** How long the server may take until it answers as an MCP server, in seconds; 60 by default. */
  waitSeconds?: number
  /** A file with `mcpServers` (or, as VS Code writes it, `servers`) that holds URL and headers. */
  mcpConfig?: string
  /** Which entry of that file; may be left out where there is only one. */
  server?: string
}

/** How an option is called where the user wrote it: `--container-port` or `containerPort`. */
export type Called = (key: keyof TargetSource) => string

const bringers = ['start', 'image', 'dockerfile'] as const

/** Options that mean something only beside others. */
const belongings: [key: keyof TargetSource, beside: readonly (keyof TargetSource)[]][] = [
  ['containerPort', ['image', 'dockerfile']],
  ['cpus', ['image', 'dockerfile']],
  ['memoryBytes', ['image', 'dockerfile']],
  ['env', bringers],
  ['waitSeconds', bringers],
  ['server', ['mcpConfig']],
]

/** Throws a UsageError for options that contradict each other or mean nothing together. */
export function checkSource(url: string | undefined, source: TargetSource, called: Called = (key) => key): void {
  const given = (key: keyof TargetSource) => source[key] !== undefined
  const [one, other] = bringers.filter(given)
  if (one && other)
    throw new UsageError(`${called(one)} and ${called(other)}: a server comes from one place; leave one away`)
  for (const [key, beside] of belongings)
    if (given(key) && !beside.some(given))
      throw new UsageError(`${called(key)} means something only with ${beside.map(called).join(' or ')}`)
  if (given('mcpConfig') && url !== undefined)
    throw new UsageError(`${called('mcpConfig')} tells the URL: leave "${url}" away`)
  if (given('mcpConfig') && one && one !== 'start')
    throw new UsageError(`${called('mcpConfig')} and ${called(one)}: a server comes from one place; leave one away`)
}
