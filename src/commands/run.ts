import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CheckConfig, Config, TargetConfig } from '../config/config.js'
import { findConfig } from '../config/find.js'
import { pointing } from '../config/pointing.js'
import { problem, suggestion } from '../config/problem.js'
import { UsageError } from '../usage-error.js'
import { type BaselineFlags, planBaseline } from './baseline.js'
import type { OptionDefinition } from './definition.js'
import { withEnvironment } from './environment.js'
import { type GatePlan, runGate } from './gate.js'
import { type Given, planTargetOf, targetsOf } from './gate-plan.js'
import { parseSeed } from './options.js'
import { readRun } from './read-run.js'
import { planReports, type ReportFlags, writeReports } from './reports.js'
import type { Terminal } from './terminal.js'

/** Flags of `run`: they go before what the config says. */
export interface RunFlags extends BaselineFlags, ReportFlags {
  url?: string
  target?: string[]
  skip?: string
  suite?: string
  only?: string[]
  strict?: boolean
  requireComplete?: boolean
  previous?: string
  seed?: string
  iOwnThisServer?: boolean
}

/** `mcp-gauntlet run [config]`: all that a config says, with one verdict. Returns the exit code. */
export async function runCommand(
  named: string | undefined,
  typed: RunFlags,
  options: readonly OptionDefinition[],
  terminal: Terminal,
): Promise<number> {
  const flags = withEnvironment(typed, { options }, terminal)
  const read = await findConfig(named, terminal.cwd)
  if (!read)
    throw new UsageError(
      'there is no mcp-gauntlet.config.ts, .js, .json or .yaml in this folder; mcp-gauntlet init <url> writes one',
    )
  const given = { ...read, config: overlaid(read, flags) }
  const reports = await planReportsOf(given, flags)
  const plan = await gatePlan(given, flags, terminal)
  const run = await runGate(plan, terminal)
  await writeReports(run, reports, terminal)
  return run.verdict.exitCode
}

/** Reads everything before anything is started. */
export async function gatePlan(given: Given, flags: RunFlags, terminal: Terminal): Promise<GatePlan> {
  const { config, source } = given
  const { strict, requireComplete, baseline, previous } = config
  const targets = []
  for (const one of chosenTargets(given, flags)) targets.push(await planTargetOf(given, one, terminal))
  const known = await pointing(
    source,
    (key) => [key],
    () => planBaseline({ ...(baseline ? { baseline } : {}), updateBaseline: flags.updateBaseline === true }, terminal),
  )
  if (previous !== undefined && !existsSync(resolve(terminal.cwd, previous)))
    throw problem(source, ['previous'], `${previous}: there is no such file; a run.json that --out wrote belongs there`)
  return {
    targets,
    source,
    gate: { ...(strict ? { strict } : {}), ...(requireComplete ? { requireComplete } : {}) },
    ...(known ? { baseline: known } : {}),
    ...(previous === undefined ? {} : { previous: { file: previous, run: readRun(previous, terminal.cwd) } }),
    quiet: flags.quiet === true,
    seed: await pointing(
      source,
      (key) => [key],
      () => parseSeed(config.seed),
    ),
  }
}

/** The config with what the command line says in its place. */
function overlaid({ config, source }: Given, flags: RunFlags): Config {
  const skipped = flags.skip === undefined ? [] : flags.skip.split(',').map((one) => one.trim())
  const strange = skipped.find((one) => one !== 'check' && one !== 'load')
  if (strange !== undefined) throw new UsageError(`--skip ${strange}: choose check or load`)
  if (flags.url !== undefined && (config.targets?.length ?? 1) > 1)
    throw new UsageError(`--url: ${source.file} holds several targets; give --url to a config of one`)
  const changed = (target: TargetConfig): TargetConfig => ({
    ...target,
    ...(skipped.includes('check') ? { check: false } : selecting(target, flags)),
    ...(skipped.includes('load') ? { load: [] } : {}),
  })
  const { strict, requireComplete, baseline, previous, seed, iOwnThisServer } = flags
  const said = { strict, requireComplete, baseline, previous, seed, iOwnThisServer }
  const top = {
    ...changed(elsewhere(config, flags.url)),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  }
  if (!config.targets) return top
  return { ...top, targets: config.targets.map((target) => changed(elsewhere(target, config.targets && flags.url))) }
}

/** A target at another URL: nothing is started for it. */
function elsewhere<T extends TargetConfig>(target: T, url: string | undefined): T {
  if (url === undefined) return target
  const { start, waitFor, image, dockerfile, containerPort, cpus, memory, env, mcpConfig, server, ...rest } = target
  return { ...rest, url } as T
}

function selecting({ check }: TargetConfig, { suite, only }: RunFlags): { check?: CheckConfig } {
  if (suite === undefined && only === undefined) return {}
  const { suites: _, only: __, ...rest } = typeof check === 'object' ? check : {}
  return { check: { ...rest, ...(suite ? { suites: suite.split(',') } : {}), ...(only ? { only } : {}) } }
}

/** The targets that --target names, or all. */
function chosenTargets(given: Given, { target: names }: RunFlags): ReturnType<typeof targetsOf> {
  const all = targetsOf(given)
  if (!names) return all
  const called = all.flatMap(({ target }) => target.name ?? [])
  for (const name of names)
    if (!called.includes(name)) {
      const near = suggestion(name, called)
      throw new UsageError(
        `--target ${name}: there is no such target; ${near ? `did you mean ${near}?` : called.length > 0 ? `choose ${called.join(', ')}` : 'give the targets names'}`,
      )
    }
  return all.filter(({ target }) => target.name !== undefined && names.includes(target.name))
}

/** Reports of the command line take the place of those of the config. */
async function planReportsOf({ config, source }: Given, flags: RunFlags): Promise<ReturnType<typeof planReports>> {
  const own = flags.report || flags.json
  const out = flags.out ?? config.out
  const wish = { ...flags, ...(own || !config.reports ? {} : { report: config.reports }), ...(out ? { out } : {}) }
  return own
    ? planReports(wish)
    : pointing(
        source,
        (key) => [key],
        () => planReports(wish),
      )
}
