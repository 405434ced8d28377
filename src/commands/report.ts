import { readRun } from './read-run.js'
import { planReports, writeReports } from './reports.js'
import type { Terminal } from './terminal.js'

/** `mcp-gauntlet report <run.json>`: renders a stored run again. The exit code is that of rendering, not of the run. */
export async function reportCommand(
  path: string,
  flags: { as?: string; out?: string },
  terminal: Terminal,
): Promise<number> {
  const run = readRun(path, terminal.cwd)
  await writeReports(
    run,
    planReports({
      quiet: true,
      report: [flags.as ?? 'terminal', ...(flags.out ? [`json=${flags.out}/run.json`] : [])],
    }),
    terminal,
  )
  return 0
}
