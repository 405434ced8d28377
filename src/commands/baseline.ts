import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { baselineText, readBaseline } from '../config/baseline-file.js'
import { readText } from '../config/source.js'
import { applyBaseline, type JudgedPart } from '../conformance/baseline.js'
import { loadChecks } from '../conformance/registry.js'
import { updatedEntries } from '../conformance/update-baseline.js'
import { plural } from '../report/figures.js'
import type { Baseline, BaselineEntry } from '../report/run.js'
import { UsageError } from '../usage-error.js'
import { saveText } from './save-text.js'
import type { Terminal } from './terminal.js'

/** Flags about known failures. */
export interface BaselineFlags {
  baseline?: string
  updateBaseline?: boolean
}

/** A baseline that was read before the run, and how the run is held to it. */
export interface BaselinePlan {
  file: string
  entries: BaselineEntry[]
  /** Writes what the run found back to the file, and holds the run to that. */
  update: boolean
}

/** Reads --baseline and --update-baseline before anything runs. Throws a UsageError for a file that is none. */
export async function planBaseline(
  flags: BaselineFlags,
  terminal: Pick<Terminal, 'cwd'>,
): Promise<BaselinePlan | undefined> {
  const { baseline: file, updateBaseline: update = false } = flags
  if (file === undefined) {
    if (update) throw new UsageError('--update-baseline: say which file with --baseline known-failures.yaml')
    return undefined
  }
  const path = resolve(terminal.cwd, file)
  if (update && !existsSync(path)) {
    await baselineText(file, [])
    return { file, entries: [], update }
  }
  if (!existsSync(path))
    throw new UsageError(`--baseline ${file}: there is no such file; --update-baseline writes one from what fails now`)
  const ids = (await loadChecks()).map(({ id }) => id)
  return { file, entries: await readBaseline(path, file, ids), update }
}

/** Holds parts to a baseline. With --update-baseline the file is written first, unless the run did not come to its end. */
export async function holdToBaseline(
  parts: readonly JudgedPart[],
  plan: BaselinePlan,
  { terminal, strict = false, startedAt }: { terminal: Terminal; strict?: boolean; startedAt: Date },
): Promise<{ parts: JudgedPart[]; baseline: Baseline }> {
  const entries = plan.update ? await updated(parts, plan, strict, terminal) : plan.entries
  return applyBaseline(parts, { file: plan.file, entries, today: startedAt.toISOString().slice(0, 10) })
}

async function updated(
  parts: readonly JudgedPart[],
  { file, entries }: BaselinePlan,
  strict: boolean,
  terminal: Terminal,
): Promise<BaselineEntry[]> {
  if (terminal.signal.aborted || parts.some(({ part }) => part.target.obstacle)) {
    terminal.err(`${file} is left as it is: the run did not come to its end\n`)
    return entries
  }
  const path = resolve(terminal.cwd, file)
  const before = existsSync(path) ? await readText(path, file) : undefined
  const now = updatedEntries(entries, parts, { warnings: strict })
  const text = await baselineText(file, now, before)
  if (text !== before) saveText(path, text)
  const added = now.filter((entry) => !entries.includes(entry)).length
  const dropped = entries.filter((entry) => !now.includes(entry)).length
  terminal.err(`${file}: ${plural(now.length, 'entry', 'entries')}, ${added} added, ${dropped} dropped\n`)
  return now
}
