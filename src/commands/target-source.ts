import { openTarget } from '../target/open-target.js'
import type { Target } from '../target/resolve.js'
import { checkSource, type TargetSource } from '../target/source.js'
import { UsageError } from '../usage-error.js'
import { parseDuration, parseMemory } from './amounts.js'
import { wholeNumber } from './options.js'
import type { Terminal } from './terminal.js'

/** Flags that say where a server comes from, as the command line spells them. */
export interface SourceFlags {
  start?: string
  waitFor?: string
  image?: string
  dockerfile?: string
  containerPort?: string
  cpus?: string
  memory?: string
  env?: string[]
  mcpConfig?: string
  server?: string
}

/** How the options are written where their keys differ. */
const spellings: Partial<Record<keyof TargetSource, string>> = {
  containerPort: '--container-port',
  memoryBytes: '--memory',
  waitSeconds: '--wait-for',
  mcpConfig: '--mcp-config',
}

/** Reads the flags of where a server comes from. Throws UsageError on anything unclear or contradictory. */
export function targetSource(
  url: string | undefined,
  flags: SourceFlags,
  { env }: Pick<Terminal, 'env'>,
): TargetSource {
  const { start, image, dockerfile, mcpConfig, server } = flags
  const source: TargetSource = {
    ...(start === undefined ? {} : { start }),
    ...(image === undefined ? {} : { image }),
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(mcpConfig === undefined ? {} : { mcpConfig }),
    ...(server === undefined ? {} : { server }),
    ...(flags.containerPort === undefined ? {} : { containerPort: parsePort(flags.containerPort) }),
    ...(flags.cpus === undefined ? {} : { cpus: parseCpus(flags.cpus) }),
    ...(flags.memory === undefined ? {} : { memoryBytes: parseMemory(flags.memory, '--memory') }),
    ...(flags.waitFor === undefined ? {} : { waitSeconds: parseDuration(flags.waitFor, '--wait-for') }),
    ...(flags.env === undefined ? {} : { env: Object.fromEntries(flags.env.map((text) => parseVariable(text, env))) }),
  }
  checkSource(url, source, (key) => spellings[key] ?? `--${key}`)
  return source
}

/** Brings up the server that a command was pointed at. */
export function openSource(
  url: string | undefined,
  flags: SourceFlags,
  terminal: Terminal,
  apart: { apart?: boolean } = {},
): Promise<Target> {
  return openTarget(url, targetSource(url, flags, terminal), { ...terminal, ...apart })
}

/** Reads `NAME=value`, or `NAME` for the value it has here. */
function parseVariable(text: string, env: Terminal['env']): [string, string] {
  const [, name, value] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? []
  if (!name) throw new UsageError(`--env ${text}: write NAME=value, or NAME for the value it has here`)
  const own = value ?? env[name]
  if (own === undefined) throw new UsageError(`--env ${name}: the environment variable ${name} is not set`)
  return [name, own]
}

function parsePort(text: string): number {
  const port = wholeNumber(text, '--container-port', 1)
  if (port > 65_535) throw new UsageError(`--container-port ${text}: 65535 is the highest port`)
  return port
}

function parseCpus(text: string): number {
  const cpus = Number(text)
  if (!(cpus > 0) || text.trim() === '')
    throw new UsageError(`--cpus ${text}: give a number of cores, such as 0.5 or 2`)
  return cpus
}
