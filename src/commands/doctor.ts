import { diagnose } from '../doctor/doctor.js'
import { assembleRun } from '../report/assemble.js'
import type { Diagnosis } from '../report/diagnosis.js'
import type { Run } from '../report/run.js'
import type { Target } from '../target/resolve.js'
import { version } from '../version.js'
import { merged, parseSeed, type TargetFlags, targetOptions } from './options.js'
import { warnOfClearText } from './own-server.js'
import { planReports, type ReportFlags, writeReports } from './reports.js'
import { openSource, type SourceFlags } from './target-source.js'
import type { Terminal } from './terminal.js'
import { runOfUnavailable } from './unavailable.js'

/** Flags of `doctor`. */
export interface DoctorFlags extends TargetFlags, SourceFlags, ReportFlags {
  probeWaf?: boolean
  seed?: string
}

/** `mcp-gauntlet doctor [url]`: from DNS to the first tool call. Returns the exit code. */
export async function doctorCommand(url: string | undefined, flags: DoctorFlags, terminal: Terminal): Promise<number> {
  const plans = planReports(flags)
  const startedAt = new Date()
  const seed = parseSeed(flags.seed)
  const run = await openSource(url, flags, terminal).then(
    (target) => examine(target, { ...flags, seed }, terminal, startedAt),
    (error) => runOfUnavailable(error, startedAt, terminal),
  )
  await writeReports(run, plans, terminal)
  return run.verdict.exitCode
}

/** Diagnoses a target and lets go of it. */
async function examine(
  target: Target,
  flags: DoctorFlags & { seed: string },
  terminal: Terminal,
  startedAt: Date,
): Promise<Run> {
  const started = performance.now()
  let diagnosis: Diagnosis
  try {
    const given = targetOptions(flags, terminal)
    warnOfClearText(target.url, given, terminal)
    diagnosis = await diagnose(target.url, merged(target.options, given), {
      env: terminal.env,
      signal: terminal.signal,
      seed: flags.seed,
      ...(flags.probeWaf ? { probeWaf: true } : {}),
    })
  } finally {
    await target.close()
  }
  return assembleRun({
    version,
    startedAt,
    ms: performance.now() - started,
    seed: flags.seed,
    parts: [],
    diagnoses: [{ ...diagnosis, ...(target.name ? { name: target.name } : {}) }],
    ...(terminal.signal.aborted ? { interrupted: true } : {}),
  })
}
