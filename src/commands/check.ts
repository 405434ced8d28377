import type { TargetOptions } from '../conformance/assess.js'
import type { LoadedCheck } from '../conformance/check.js'
import { loadChecks, type Selection, select } from '../conformance/registry.js'
import type { RunOptions } from '../conformance/runner.js'
import { assembleRun, type Ingredients } from '../report/assemble.js'
import type { Run } from '../report/run.js'
import type { Target } from '../target/resolve.js'
import { UsageError } from '../usage-error.js'
import { version } from '../version.js'
import { BudgetSpent } from '../wire/budget.js'
import { shownUrl } from '../wire/url-secrets.js'
import { type BaselineFlags, type BaselinePlan, holdToBaseline, planBaseline } from './baseline.js'
import { merged, parseRevision, parseSeed, type TargetFlags, targetOptions, wholeNumber } from './options.js'
import { warnOfClearText } from './own-server.js'
import { progressOf } from './progress.js'
import { planReports, type ReportFlags, writeReports } from './reports.js'
import { openSource, type SourceFlags } from './target-source.js'
import type { Terminal } from './terminal.js'
import { runOfUnavailable } from './unavailable.js'

/** Flags of `check`. */
export interface CheckFlags extends TargetFlags, SourceFlags, ReportFlags, BaselineFlags {
  suite?: string
  only?: string[]
  revision?: string
  strict?: boolean
  requireComplete?: boolean
  slow?: boolean
  concurrency?: string
  maxTime?: string
  seed?: string
}

/** `mcp-gauntlet check [url]`: judges one target. Returns the exit code. */
export async function checkCommand(url: string | undefined, flags: CheckFlags, terminal: Terminal): Promise<number> {
  const plans = planReports(flags)
  const given = targetOptions(flags, terminal)
  const runOptions: RunOptions = {
    revision: parseRevision(flags.revision ?? 'auto'),
    signal: terminal.signal,
    seed: parseSeed(flags.seed),
    ...(flags.maxTime ? { maxMs: 1000 * wholeNumber(flags.maxTime, '--max-time', 1) } : {}),
    ...(flags.concurrency ? { concurrency: wholeNumber(flags.concurrency, '--concurrency', 1) } : {}),
  }
  const gate = {
    ...(flags.strict ? { strict: true } : {}),
    ...(flags.requireComplete ? { requireComplete: true } : {}),
  }
  const baseline = await planBaseline(flags, terminal)
  const frame = { gate, ...(baseline ? { baseline } : {}), terminal, quiet: flags.quiet === true }
  const startedAt = new Date()
  const run = await prepared(url, flags, terminal).then(
    ({ checks, target }) => {
      warnOfClearText(target.url, given, terminal)
      return judge([target], checks, given, runOptions, frame)
    },
    (error) => runOfUnavailable(error, startedAt, terminal, gate),
  )
  await writeReports(run, plans, terminal)
  return run.verdict.exitCode
}

/** Loads the checks while a server inside starts; when there is nothing to run on it, it is let go of, and one of the user's is not started. */
async function prepared(
  url: string | undefined,
  flags: CheckFlags,
  terminal: Terminal,
): Promise<{ checks: LoadedCheck[]; target: Target }> {
  const choice = chooseChecks(flags)
  const opening = url?.startsWith('reference:') ? undefined : choice
  const [chosen, target] = await Promise.allSettled([
    choice,
    Promise.resolve(opening).then(() => openSource(url, flags, terminal)),
  ])
  if (chosen.status === 'rejected') {
    if (target.status === 'fulfilled') await target.value.close()
    throw chosen.reason
  }
  if (target.status === 'rejected') throw target.reason
  return { checks: chosen.value, target: target.value }
}

/** Picks the checks that --suite, --only and --slow name; what matches nothing is a usage error. */
export async function chooseChecks(flags: Pick<CheckFlags, 'suite' | 'only' | 'slow'>): Promise<LoadedCheck[]> {
  const all = await loadChecks()
  const selection: Selection = {
    ...(flags.suite
      ? {
          suites: flags.suite
            .split(',')
            .map((name) => name.trim())
            .filter(Boolean),
        }
      : {}),
    ...(flags.only ? { only: flags.only } : {}),
    ...(flags.slow ? { slow: true } : {}),
  }
  const { chosen, unmatched } = select(all, selection)
  if (unmatched.length > 0) {
    const suites = [...new Set(all.map((check) => check.suite))].join(', ')
    throw new UsageError(
      `no check matches "${unmatched[0]}"; suites are ${suites}, and mcp-gauntlet list shows every id`,
    )
  }
  return chosen
}

/** What `judge` needs beside targets and checks. */
export interface JudgeFrame {
  gate?: Ingredients['gate']
  baseline?: BaselinePlan
  terminal: Terminal
  quiet: boolean
}

/** Judges targets one after another and puts one Run together; every target is let go of at the end. */
export async function judge(
  targets: readonly Target[],
  checks: LoadedCheck[],
  given: TargetOptions,
  options: RunOptions,
  frame: JudgeFrame,
): Promise<Run> {
  const startedAt = new Date()
  const started = performance.now()
  const parts = await assessAll(targets, checks, given, options, frame)
  const interrupted = frame.terminal.signal.aborted
  return assembleRun({
    version,
    startedAt,
    ms: performance.now() - started,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(frame.baseline
      ? await holdToBaseline(parts, frame.baseline, { ...frame.gate, terminal: frame.terminal, startedAt })
      : { parts }),
    ...(frame.gate ? { gate: frame.gate } : {}),
    ...(interrupted ? { interrupted } : {}),
  })
}

/** Runs the checks on targets one after another and lets go of each; after an interruption no further one is begun. */
export async function assessAll(
  targets: readonly Target[],
  checks: LoadedCheck[],
  given: TargetOptions,
  options: RunOptions,
  { terminal, quiet }: JudgeFrame,
): Promise<Ingredients['parts']> {
  const parts: Ingredients['parts'] = []
  // Loaded while the server starts.
  const { assess } = await import('../conformance/assess.js')
  for (const target of targets) {
    if (terminal.signal.aborted && parts.length > 0) {
      await target.close()
      continue
    }
    const progress = progressOf(terminal, quiet, target.name ?? shownUrl(target.url))
    try {
      const own = target.started ? { ...options, started: target.started } : options
      for await (const event of assess(target.url, checks, merged(target.options, given), own)) {
        progress(event)
        if (event.type === 'part')
          parts.push({
            part: { ...event.part, target: { ...event.part.target, ...(target.name ? { name: target.name } : {}) } },
            results: event.results,
          })
      }
    } catch (error) {
      throw error instanceof BudgetSpent ? new UsageError(error.message) : error
    } finally {
      await target.close()
    }
  }
  return parts
}
