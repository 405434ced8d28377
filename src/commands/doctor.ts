import { diagnose } from '../doctor/doctor.js'
import { assembleRun } from '../report/assemble.js'
import type { Diagnosis } from '../report/diagnosis.js'
import { resolveTarget } from '../target/resolve.js'
import { version } from '../version.js'
import { merged, type TargetFlags, targetOptions } from './options.js'
import { warnOfClearText } from './own-server.js'
import { planReports, type ReportFlags, writeReports } from './reports.js'
import type { Terminal } from './terminal.js'

/** Flags of `doctor`. */
export interface DoctorFlags extends TargetFlags, ReportFlags {
  probeWaf?: boolean
}

/** `mcp-gauntlet doctor <url>`: from DNS to the first tool call. Returns the exit code. */
export async function doctorCommand(url: string, flags: DoctorFlags, terminal: Terminal): Promise<number> {
  const plans = planReports(flags)
  const given = targetOptions(flags, terminal)
  const startedAt = new Date()
  const started = performance.now()
  const target = await resolveTarget(url)
  let diagnosis: Diagnosis
  try {
    warnOfClearText(target.url, given, terminal)
    diagnosis = await diagnose(target.url, merged(target.options, given), {
      env: terminal.env,
      signal: terminal.signal,
      ...(flags.probeWaf ? { probeWaf: true } : {}),
    })
  } finally {
    await target.close()
  }
  const run = assembleRun({
    version,
    startedAt,
    ms: performance.now() - started,
    parts: [],
    diagnoses: [{ ...diagnosis, ...(target.name ? { name: target.name } : {}) }],
    ...(terminal.signal.aborted ? { interrupted: true } : {}),
  })
  writeReports(run, plans, terminal)
  return run.verdict.exitCode
}
