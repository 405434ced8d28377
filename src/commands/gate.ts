import { pointing } from '../config/pointing.js'
import type { Source } from '../config/source.js'
import { diffLoads } from '../diff/loads.js'
import { assembleRun, type Ingredients } from '../report/assemble.js'
import type { Load } from '../report/load.js'
import type { Gate, Run } from '../report/run.js'
import { openTarget } from '../target/open-target.js'
import type { Target } from '../target/resolve.js'
import { TargetUnavailable } from '../target/unavailable.js'
import { version } from '../version.js'
import { type BaselinePlan, holdToBaseline } from './baseline.js'
import { assessAll } from './check.js'
import type { TargetPlan } from './gate-plan.js'
import { carryOut, planTarget } from './load-target.js'
import { refuseForeign, warnOfClearText } from './own-server.js'
import type { Terminal } from './terminal.js'
import { tellLastLines } from './unavailable.js'

/** All that a gate does, read and checked before anything is started. */
export interface GatePlan {
  targets: TargetPlan[]
  gate: Gate
  baseline?: BaselinePlan
  /** A stored run whose loads must not have been faster. */
  previous?: { file: string; run: Run }
  quiet: boolean
  /** Where all comes from that checks make up. */
  seed: string
  /** What to point at where something turns out to make no sense on this server. */
  source: Source
}

/** What came of the servers so far. */
interface Findings {
  parts: Ingredients['parts']
  loads: Load[]
}

/** Judges and loads every server of a plan, one after another, and puts one Run with one verdict together. */
export async function runGate(plan: GatePlan, terminal: Terminal): Promise<Run> {
  const startedAt = new Date()
  const found: Findings = { parts: [], loads: [] }
  for (const target of plan.targets) {
    if (terminal.signal.aborted) break
    await carryOutTarget(plan, target, found, terminal)
  }
  const { previous } = plan
  const held = plan.baseline
    ? await holdToBaseline(found.parts, plan.baseline, { ...plan.gate, terminal, startedAt })
    : { parts: found.parts }
  return assembleRun({
    ...{ version, startedAt, loads: found.loads, gate: plan.gate },
    ...(plan.targets.some(({ check }) => check) ? { seed: plan.seed } : {}),
    ...held,
    ...(previous
      ? {
          previous: {
            file: previous.file,
            startedAt: previous.run.startedAt,
            loads: diffLoads(previous.run.loads, found.loads),
          },
        }
      : {}),
    ms: Date.now() - startedAt.getTime(),
    ...(terminal.signal.aborted ? { interrupted: true } : {}),
  })
}

/** Brings one server up, judges it, loads it, and lets go of it. */
async function carryOutTarget(plan: GatePlan, one: TargetPlan, found: Findings, terminal: Terminal): Promise<void> {
  const point = <T>(work: () => Promise<T>, place = one.place) =>
    pointing(plan.source, (key) => (key === '' ? place : [...place, key]), work)
  let target: Target
  try {
    const apart = one.loads.length > 0
    target = await point(() => openTarget(one.url, one.source, { ...terminal, apart }))
  } catch (error) {
    if (!(error instanceof TargetUnavailable)) throw error
    tellLastLines(error, terminal)
    const about = { url: error.url, ...(one.name ? { name: one.name } : {}), obstacle: error.obstacle }
    found.parts.push({ part: { target: about, count: 0, requests: 0 }, results: [] })
    return
  }
  try {
    const shown = { ...target, ...(one.name ? { name: one.name } : {}) }
    await point(async () => one.loads.length > 0 && refuseForeign(target.url, one.owned || target.use !== undefined))
    warnOfClearText(target.url, one.given, terminal)
    const reached = await judged(plan, one, shown, found, terminal)
    if (reached)
      for (const load of one.loads) await point(() => loaded(plan, load, shown, found, terminal), [...load.place])
  } finally {
    await target.close()
  }
}

/** Runs the checks of one server. False when it cannot be reached, so that there is nothing to load either. */
async function judged(
  { quiet, seed }: GatePlan,
  { check }: TargetPlan,
  target: Target,
  found: Findings,
  terminal: Terminal,
): Promise<boolean> {
  if (!check) return true
  const kept = { ...target, close: async () => {} }
  const options = { ...check.options, seed, signal: terminal.signal }
  const parts = await assessAll([kept], check.checks, check.given, options, { terminal, quiet })
  found.parts.push(...parts)
  return parts.every(({ part }) => part.target.obstacle === undefined)
}

/** Runs one load as often as is asked for. A server that is loaded and not judged has its part in the Run all the same. */
async function loaded(
  { quiet }: GatePlan,
  { wish, given, repeat }: TargetPlan['loads'][number],
  target: Target,
  found: Findings,
  terminal: Terminal,
): Promise<void> {
  for (let round = 0; round < repeat && !terminal.signal.aborted; round++) {
    const { part, plan } = await planTarget(target, given, wish, { terminal, quiet })
    const known = found.parts.some((one) => one.part.target.url === part.part.target.url)
    if (!plan || !known) found.parts.push(part)
    if (!plan) return
    found.loads.push(...(await carryOut(plan, { terminal, quiet })))
  }
}
