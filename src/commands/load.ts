import { assembleRun } from '../report/assemble.js'
import { version } from '../version.js'
import { otherEngine } from './load-engine.js'
import { type LoadFlags, loadWish, parsePid } from './load-options.js'
import { carryOut, ownTarget, planTarget } from './load-target.js'
import { targetOptions } from './options.js'
import { planReports, writeReports } from './reports.js'
import type { Terminal } from './terminal.js'
import { runOfUnavailable } from './unavailable.js'

/** `mcp-gauntlet load [url]`: one load on one target. Returns the exit code. */
export async function loadCommand(url: string | undefined, flags: LoadFlags, terminal: Terminal): Promise<number> {
  const reports = planReports(flags)
  const given = targetOptions(flags, terminal)
  const wish = await loadWish(flags, terminal)
  const engine = await otherEngine(flags, wish, terminal)
  const pid = flags.targetPid === undefined ? undefined : await parsePid(flags.targetPid)
  const frame = { terminal, quiet: flags.quiet === true }
  const startedAt = new Date()
  const target = await ownTarget(url, flags, given, terminal).catch(async (error) => {
    const run = runOfUnavailable(error, startedAt, terminal)
    await writeReports(run, reports, terminal)
    return run.verdict.exitCode
  })
  if (typeof target === 'number') return target
  try {
    const { part, plan } = await planTarget({ ...target, ...(pid ? { pid } : {}) }, given, wish, frame)
    const run = assembleRun({
      version,
      startedAt,
      parts: [part],
      loads: plan ? await carryOut(engine ? { ...plan, engine: 'k6' } : plan, frame, engine) : [],
      ms: Date.now() - startedAt.getTime(),
      ...(terminal.signal.aborted ? { interrupted: true } : {}),
    })
    await writeReports(run, reports, terminal)
    return run.verdict.exitCode
  } finally {
    await target.close()
  }
}
