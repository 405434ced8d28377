import type { Run } from '../report/run.js'
import { UsageError } from '../usage-error.js'
import { readRun } from './read-run.js'
import { planReports, writeReports } from './reports.js'
import type { Terminal } from './terminal.js'

/** Flags of `report`. */
export interface ReportFlags {
  as?: string
  out?: string
  fromK6?: boolean
}

/**
 * `mcp-gauntlet report <run.json>`: renders a stored run again, with the exit code of rendering. With `--from-k6` the files are what runners of k6
 * printed; they become a run, whose exit code it is.
 */
export async function reportCommand(files: readonly string[], flags: ReportFlags, terminal: Terminal): Promise<number> {
  if (!flags.fromK6 && files.length > 1)
    throw new UsageError(`report ${files.join(' ')}: one stored run at a time; with --from-k6 several logs are one run`)
  const plans = planReports({
    quiet: true,
    report: [flags.as ?? 'terminal', ...(flags.out ? [`json=${flags.out}/run.json`] : [])],
  })
  const run = flags.fromK6 ? await runOfK6(files, terminal) : readRun(files[0]!, terminal.cwd)
  await writeReports(run, plans, terminal)
  return flags.fromK6 ? run.verdict.exitCode : 0
}

async function runOfK6(files: readonly string[], terminal: Terminal): Promise<Run> {
  const { mergeLogs } = await import('./merge-logs.js')
  return mergeLogs(files, terminal)
}
