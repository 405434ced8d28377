import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Format, formats, isFormat } from '../report/formats.js'
import type { Run } from '../report/run.js'
import { UsageError } from '../usage-error.js'
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
  if (onScreen.length > 1)
    throw new UsageError('only one report can go to stdout; give the others a file with --report format=file')
  if (onScreen.length === 0 && !flags.quiet) plans.push({ format: 'terminal' })
  if (flags.out) plans.push({ format: 'json', file: join(flags.out, 'run.json') })
  return plans
}

/** Writes the planned reports. A format's code is loaded only when it is asked for. */
export async function writeReports(run: Run, plans: readonly ReportPlan[], terminal: Terminal): Promise<void> {
  for (const { format, file } of plans) {
    const screen = file ? { columns: 100, color: false } : { columns: terminal.columns, color: terminal.color }
    const text = await formats[format](run, screen)
    if (!file) terminal.out(text)
    else saveText(resolve(terminal.cwd, file), text)
  }
}

/** Writes a file and the folders above it; a path that cannot be written is the user's to mend. */
export function saveText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}`)
  }
}
