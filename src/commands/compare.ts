import type { TargetOptions } from '../conformance/assess.js'
import { type CompareOptions, compareLoads } from '../load/compare.js'
import type { LoadPlan } from '../load/plan.js'
import { loadProfile } from '../load/profiles.js'
import { assembleRun, type Ingredients } from '../report/assemble.js'
import type { Comparison } from '../report/comparison.js'
import type { SessionPolicy } from '../report/load.js'
import type { Target } from '../target/resolve.js'
import { UsageError } from '../usage-error.js'
import { version } from '../version.js'
import { shownUrl } from '../wire/url-secrets.js'
import { compareProgress } from './compare-progress.js'
import { type CommonFlags, commonWish, type LoadWish, parseAmounts, parsePolicy } from './load-options.js'
import { ownTarget, planTarget } from './load-target.js'
import { targetOptions, wholeNumber } from './options.js'
import { planReports, writeReports } from './reports.js'
import type { Terminal } from './terminal.js'

/** Flags of `compare`. */
export interface CompareFlags extends CommonFlags {
  rounds?: string
}

/** The most servers that one comparison holds: its table has a column for each. */
const mostTargets = 5

/** `mcp-gauntlet compare <urlA> <urlB> [more...]`: the same load on several servers in alternating rounds. Returns the exit code. */
export async function compareCommand(
  urls: readonly string[],
  flags: CompareFlags,
  terminal: Terminal,
): Promise<number> {
  if (urls.length > mostTargets)
    throw new UsageError(`compare: ${urls.length} servers are too many; ${mostTargets} are the most`)
  const reports = planReports(flags)
  const given = targetOptions(flags, terminal)
  const { profile } = await loadProfile('steady', terminal.cwd)
  const wish: LoadWish = { profileName: 'compare', profile, thresholds: [], ...commonWish(flags, terminal) }
  const options = compareOptions(flags)
  const quiet = flags.quiet === true
  const startedAt = new Date()
  const targets: Target[] = []
  try {
    for (const url of urls) targets.push(await ownTarget(url, flags, given, terminal))
    const { parts, plans } = await planAll(targets, given, wish, { terminal, quiet })
    const comparison = plans.length === targets.length ? await compared(plans, options, { terminal, quiet }) : undefined
    const run = assembleRun({
      version,
      startedAt,
      ms: Date.now() - startedAt.getTime(),
      parts,
      comparisons: comparison ? [comparison] : [],
      ...(terminal.signal.aborted ? { interrupted: true } : {}),
    })
    await writeReports(run, reports, terminal)
    return run.verdict.exitCode
  } finally {
    await Promise.all(targets.map((target) => target.close()))
  }
}

/** Reads how to compare. Throws UsageError on anything unclear. */
export function compareOptions(flags: CompareFlags): CompareOptions {
  const { seconds = 5, connections = 10, rate } = parseAmounts(flags)
  return {
    sessions: flags.session === undefined ? ['per-connection'] : policies(flags.session),
    loops: ['closed', 'open'],
    rounds: flags.rounds === undefined ? 6 : wholeNumber(flags.rounds, '--rounds', 1),
    seconds,
    connections,
    memory: true,
    ...(rate === undefined ? {} : { rate }),
  }
}

function policies(text: string): SessionPolicy[] {
  return [...new Set(text.split(',').map((one) => parsePolicy(one.trim())))]
}

/** Plans the load of every target, up to the first that cannot be loaded. */
async function planAll(
  targets: readonly Target[],
  given: TargetOptions,
  wish: LoadWish,
  frame: { terminal: Terminal; quiet: boolean },
): Promise<{ parts: Ingredients['parts']; plans: LoadPlan[] }> {
  const parts: Ingredients['parts'] = []
  const plans: LoadPlan[] = []
  for (const target of targets) {
    const { part, plan } = await planTarget(target, given, wish, frame)
    parts.push(part)
    if (!plan) break
    plans.push(plan)
  }
  return { parts, plans }
}

async function compared(
  plans: readonly LoadPlan[],
  options: CompareOptions,
  { terminal, quiet }: { terminal: Terminal; quiet: boolean },
): Promise<Comparison | undefined> {
  const tell = compareProgress(
    terminal,
    quiet,
    plans.map(({ name, url }) => name ?? shownUrl(url)),
  )
  for await (const event of compareLoads(plans, options, terminal.signal)) {
    tell(event)
    if (event.type === 'done') return event.comparison
  }
  return undefined
}
