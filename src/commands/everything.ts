import { join } from 'node:path'
import { loadChecks } from '../conformance/registry.js'
import { assembleRun, type Ingredients } from '../report/assemble.js'
import { formats } from '../report/formats.js'
import type { Load } from '../report/load.js'
import { resolveTarget } from '../target/resolve.js'
import { version } from '../version.js'
import { freshSeed } from '../wire/seed.js'
import { assessAll } from './check.js'
import { loadWish } from './load-options.js'
import { carryOut, planTarget } from './load-target.js'
import { saveText } from './save-text.js'
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

/** The ways it is loaded then, and how. */
export const loadedTargets = ['reference:stateful', 'reference:stateless', 'reference:modern'] as const
const shortLoad = { duration: '2s', connections: '10' }

/** `mcp-gauntlet` alone: judges the embedded reference server in every mode, loads it briefly, prints the report and keeps it below ./reports/, as run.json and as a page. */
export async function everythingCommand(terminal: Terminal): Promise<number> {
  const startedAt = new Date()
  const checks = await loadChecks()
  const targets = await Promise.all(referenceTargets.map((text) => resolveTarget(text)))
  const quick = checks.filter((check) => !check.slow)
  const seed = freshSeed()
  const parts = await assessAll(targets, quick, {}, { signal: terminal.signal, seed }, { terminal, quiet: false })
  const loaded = await loadAll(terminal)
  const run = assembleRun({
    version,
    startedAt,
    parts: [...parts, ...loaded.parts],
    loads: loaded.loads,
    seed,
    ms: Date.now() - startedAt.getTime(),
    ...(terminal.signal.aborted ? { interrupted: true } : {}),
  })
  const folder = join(terminal.cwd, 'reports', run.startedAt.slice(0, 19).replaceAll(':', '-'))
  saveText(join(folder, 'run.json'), formats.json(run))
  saveText(join(folder, 'report.html'), await formats.html(run))
  terminal.out(formats.terminal(run, terminal))
  terminal.out(
    `\nTo look at: ${join(folder, 'report.html')}. Your own server: mcp-gauntlet check <url>, mcp-gauntlet load <url>\n`,
  )
  return run.verdict.exitCode
}

/** Loads what is to be loaded; of targets that could not be, the parts that say why. */
async function loadAll(terminal: Terminal): Promise<{ loads: Load[]; parts: Ingredients['parts'] }> {
  const loads: Load[] = []
  const parts: Ingredients['parts'] = []
  const frame = { terminal, quiet: false }
  const wish = await loadWish(shortLoad, terminal)
  for (const text of loadedTargets) {
    if (terminal.signal.aborted) break
    const target = await resolveTarget(text, { apart: true })
    try {
      const { part, plan } = await planTarget(target, {}, wish, frame)
      if (plan) loads.push(...(await carryOut(plan, frame)))
      else parts.push(part)
    } finally {
      await target.close()
    }
  }
  return { loads, parts }
}
