import type { TargetOptions } from '../conformance/assess.js'
import type { MakeLoad } from '../load/capacity.js'
import type { LoadPlan } from '../load/plan.js'
import { planLoad } from '../load/plan-load.js'
import { runLoad } from '../load/run.js'
import type { Ingredients } from '../report/assemble.js'
import { visible } from '../report/clean.js'
import type { Load } from '../report/load.js'
import { factsLine } from '../report/terminal.js'
import type { Target } from '../target/resolve.js'
import { shownUrl } from '../wire/url-secrets.js'
import type { LoadFlags, LoadWish } from './load-options.js'
import { loadProgress } from './load-progress.js'
import { merged } from './options.js'
import { refuseForeign, warnOfClearText } from './own-server.js'
import { openSource, type SourceFlags } from './target-source.js'
import type { Terminal } from './terminal.js'

/** Where a load tells how it proceeds. */
export interface LoadFrame {
  terminal: Terminal
  quiet: boolean
}

/** A target that may be loaded: on this machine, or said to be the user's own. */
export async function ownTarget(
  url: string | undefined,
  flags: Pick<LoadFlags, 'iOwnThisServer'> & SourceFlags,
  given: TargetOptions,
  terminal: Terminal,
): Promise<Target> {
  const target = await openSource(url, flags, terminal, { apart: true })
  try {
    // A container of this run is the user's, wherever its engine publishes it.
    refuseForeign(target.url, flags.iOwnThisServer || target.use !== undefined)
  } catch (error) {
    await target.close()
    throw error
  }
  warnOfClearText(target.url, given, terminal)
  return target
}

/** Looks at a target and decides everything about its load. Without a plan the part says why there is none. */
export async function planTarget(
  { url, name, options, pid, use }: Target,
  given: TargetOptions,
  wish: LoadWish,
  { terminal, quiet }: LoadFrame,
): Promise<{ part: Ingredients['parts'][number]; plan?: LoadPlan }> {
  const planned = await planLoad(url, {
    ...wish,
    ...merged(quick(options), given),
    ...(name ? { name } : {}),
    ...(pid ? { targetPid: pid } : {}),
    ...(use ? { readUse: use } : {}),
    signal: terminal.signal,
  })
  const { facts, obstacle, plan } = planned
  const target = {
    url: planned.url,
    ...(name ? { name } : {}),
    ...(facts ? { facts } : {}),
    ...(obstacle ? { obstacle } : {}),
  }
  if (plan && facts && !quiet) terminal.err(`${visible(`${name ?? shownUrl(target.url)}: ${factsLine(facts)}`)}\n`)
  return { part: { part: { target, count: 0, requests: planned.requests }, results: [] }, ...(plan ? { plan } : {}) }
}

/** Runs a load, by `engine` where it is not our own, and shows how it proceeds. */
export async function carryOut(plan: LoadPlan, { terminal, quiet }: LoadFrame, engine?: MakeLoad): Promise<Load[]> {
  const tell = loadProgress(terminal, quiet)
  for await (const event of runLoad(plan, terminal.signal, engine)) {
    tell(event)
    if (event.type === 'done') return [event.load]
  }
  return []
}

/** One safe tool of an embedded server is enough for a load, one that every mode has: taking turns would mix quick ones with slow ones. */
function quick({ tools, ...options }: TargetOptions): TargetOptions {
  return tools ? { ...options, tools: tools.filter(({ modern }) => !modern).slice(0, 1) } : options
}
