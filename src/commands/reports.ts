import { appendFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { withoutCommands } from '../report/clean.js'
import { type Format, formats, isFormat } from '../report/formats.js'
import type { Run } from '../report/run.js'
import { UsageError } from '../usage-error.js'
import { saveText } from './save-text.js'
import type { Terminal } from './terminal.js'

/** Where reports go, as the command line says it. */
export interface ReportFlags {
  report?: string[]
  out?: string
  json?: boolean
  quiet?: boolean
}

/** One report to write: to stdout when it has no file. */
export interface ReportPlan {
  format: Format
  file?: string
}

/** Reads `--report fmt[=file]`, `--json` and `--out` before anything runs, so that a typing error costs nothing. */
export function planReports(flags: ReportFlags): ReportPlan[] {
  const plans = (flags.report ?? []).map((text): ReportPlan => {
    const [format = '', file] = text.split(/=(.*)/s)
    if (!isFormat(format))
      throw new UsageError(`--report ${text}: choose ${Object.keys(formats).join(', ')}, with =file to write it there`)
    return file ? { format, file } : { format }
  })
  if (flags.json) plans.push({ format: 'json' })
  const onScreen = plans.filter((plan) => !plan.file)
  const reports = onScreen.filter(({ format }) => format !== 'github')
  if (reports.length > 1 || (onScreen.length > 1 && reports.some(({ format }) => format !== 'terminal')))
    throw new UsageError('only one report can go to stdout; give the others a file with --report format=file')
  if (reports.length === 0 && !flags.quiet) plans.push({ format: 'terminal' })
  if (flags.out) plans.push({ format: 'json', file: join(flags.out, 'run.json') })
  return plans
}

/**
 * Writes the planned reports. A format's code is loaded only when it is asked for. One that cannot be written does not keep the others from
 * being so; the first such failure is thrown in the end.
 */
export async function writeReports(run: Run, plans: readonly ReportPlan[], terminal: Terminal): Promise<void> {
  const failures: unknown[] = []
  for (const plan of plans) await writeReport(run, plan, terminal).catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

async function writeReport(run: Run, { format, file }: ReportPlan, terminal: Terminal): Promise<void> {
  const screen = file ? { columns: 100, color: false } : { columns: terminal.columns, color: terminal.color }
  if (format === 'github') await writeForGithub(run, file, terminal)
  else if (file) saveText(resolve(terminal.cwd, file), await formats[format](run, screen))
  else terminal.out(inJob(await formats[format](run, screen), terminal))
}

/** Annotations go to the log, the summary to the file that GitHub names in GITHUB_STEP_SUMMARY, or to the one that was asked for. */
async function writeForGithub(run: Run, file: string | undefined, { out, env, cwd }: Terminal): Promise<void> {
  const { renderAnnotations, renderSummary } = await import('../report/github.js')
  if (!file) out(renderAnnotations(run))
  const summary = file ? resolve(cwd, file) : env.GITHUB_STEP_SUMMARY
  if (!summary) return
  try {
    mkdirSync(dirname(summary), { recursive: true })
    const [write, before] = file
      ? [writeFileSync, 0]
      : [appendFileSync, existsSync(summary) ? statSync(summary).size : 0]
    write(summary, renderSummary(run, 1_000_000 - before))
  } catch (error) {
    throw new UsageError(`${summary} cannot be written: ${(error as Error).message}`)
  }
}

function inJob(text: string, { env }: Terminal): string {
  return env.GITHUB_ACTIONS ? withoutCommands(text) : text
}
