import { join } from 'node:path'
import { loadChecks } from '../conformance/registry.js'
import { formats } from '../report/formats.js'
import { resolveTarget } from '../target/resolve.js'
import { judge } from './check.js'
import { saveText } from './reports.js'
import type { Terminal } from './terminal.js'

/** The ways the embedded reference server is judged when the program is started without arguments. */
export const referenceTargets = [
  'reference:stateful',
  'reference:stateful?response=json',
  'reference:stateless',
  'reference:modern',
  'reference:dual?response=json',
  'reference:sse',
  'reference:stateful?auth=apikey',
  'reference:stateless?auth=credentials',
  'reference:stateful?auth=oauth',
  'reference:modern?auth=oauth',
] as const

/** `mcp-gauntlet` alone: judges the embedded reference server in every mode, prints the report and keeps it below ./reports/. */
export async function everythingCommand(terminal: Terminal): Promise<number> {
  const checks = await loadChecks()
  const targets = await Promise.all(referenceTargets.map((text) => resolveTarget(text)))
  const run = await judge(
    targets,
    checks.filter((check) => !check.slow),
    {},
    { signal: terminal.signal },
    { terminal, quiet: false },
  )
  const folder = join(terminal.cwd, 'reports', run.startedAt.slice(0, 19).replaceAll(':', '-'))
  saveText(join(folder, 'run.json'), formats.json(run))
  terminal.out(formats.terminal(run, terminal))
  terminal.out(`\nWritten to ${join(folder, 'run.json')}. Judge your own server: mcp-gauntlet check <url>\n`)
  return run.verdict.exitCode
}
