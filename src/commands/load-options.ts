import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseThreshold } from '../load/parse-threshold.js'
import { readProcessTree } from '../load/process-tree.js'
import type { Profile } from '../load/profile.js'
import { loadProfile } from '../load/profiles.js'
import { scaleProfile } from '../load/scale.js'
import type { Threshold } from '../load/thresholds.js'
import type { LoadMode, SessionPolicy } from '../report/load.js'
import { UsageError } from '../usage-error.js'
import { oneOf, parseDuration, parseRate } from './amounts.js'
import { type TargetFlags, wholeNumber } from './options.js'
import type { ReportFlags } from './reports.js'
import type { SourceFlags } from './target-source.js'
import type { Terminal } from './terminal.js'

/** Flags that `load` and `compare` share, as the command line spells them. */
export interface CommonFlags
  extends Pick<TargetFlags, 'tool' | 'header' | 'headerFile' | 'tokenEnv' | 'timeout'>,
    ReportFlags {
  mode?: string
  session?: string
  connections?: string
  rate?: string
  duration?: string
  method?: string
  workers?: string
  ca?: string
  iOwnThisServer?: boolean
}

/** Flags of `load`. */
export interface LoadFlags extends CommonFlags, SourceFlags {
  profile?: string
  threshold?: string[]
  targetPid?: string
  engine?: string
}

/** What the flags ask of a load, read and checked before anything goes out. */
export interface LoadWish {
  profileName: string
  profile: Profile
  mode: 'auto' | LoadMode
  session?: SessionPolicy
  method?: string
  thresholds: Threshold[]
  workers: number
  ca?: string
}

/** How much is asked for, where the flags say so. */
export interface Amounts {
  seconds?: number
  connections?: number
  rate?: number
}

const modes = ['auto', 'stateful', 'stateless', 'modern'] as const
const policies = ['shared', 'per-connection', 'per-request'] as const

/** The most connections one load may hold: beyond it ports run out before servers do. */
const mostConnections = 20_000

/** More threads than this only get in each other's way. */
const mostWorkers = 64

/** Reads the flags of `load` about the load itself; `most` connections. Throws UsageError on anything unclear. */
export async function loadWish(flags: LoadFlags, terminal: Terminal, most = mostConnections): Promise<LoadWish> {
  const thresholds = (flags.threshold ?? []).map(parseThreshold)
  const common = commonWish(flags, terminal)
  const session = flags.session === undefined ? {} : { session: parsePolicy(flags.session) }
  const amounts = parseAmounts(flags, most)
  const { name, profile } = await loadProfile(flags.profile ?? 'steady', terminal.cwd)
  return { profileName: name, profile: scaleProfile(profile, amounts), thresholds, ...common, ...session }
}

/** Reads what `load` and `compare` have in common. */
export function commonWish(
  flags: CommonFlags,
  terminal: Terminal,
): Pick<LoadWish, 'mode' | 'method' | 'workers' | 'ca'> {
  return {
    mode: oneOf(flags.mode ?? 'auto', modes, '--mode'),
    workers: flags.workers === undefined ? 1 : bounded(flags.workers, '--workers', mostWorkers),
    ...(flags.method === undefined ? {} : { method: flags.method }),
    ...(flags.ca === undefined ? {} : { ca: readText(flags.ca, '--ca', terminal.cwd) }),
  }
}

/** Reads --duration, --connections and --rate. */
export function parseAmounts(flags: CommonFlags, most = mostConnections): Amounts {
  return {
    ...(flags.duration === undefined ? {} : { seconds: parseDuration(flags.duration, '--duration') }),
    ...(flags.connections === undefined ? {} : { connections: bounded(flags.connections, '--connections', most) }),
    ...(flags.rate === undefined ? {} : { rate: parseRate(flags.rate, '--rate') }),
  }
}

/** Reads who shares a session. */
export function parsePolicy(text: string): SessionPolicy {
  return oneOf(text, policies, '--session')
}

/** Reads --target-pid: a process there is, and one that can be watched. */
export async function parsePid(text: string): Promise<number> {
  const pid = wholeNumber(text, '--target-pid', 1)
  if (!(await readProcessTree(pid))) throw new UsageError(`--target-pid ${text}: there is no such process to watch`)
  return pid
}

function bounded(text: string, flag: string, most: number): number {
  const count = wholeNumber(text, flag, 1)
  if (count > most) throw new UsageError(`${flag} ${text}: ${most} is the most`)
  return count
}

function readText(path: string, flag: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8')
  } catch (error) {
    throw new UsageError(`${flag} ${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
