import type { Run, Status } from './run.js'

/** True where a result with this status fails the gate of its run or leaves it without a verdict. */
export function countsAgainst(run: Pick<Run, 'gate'>, status: Status): boolean {
  if (status === 'fail' || status === 'error') return true
  if (status === 'warn') return run.gate.strict === true
  return status === 'not-testable' && run.gate.requireComplete === true
}
