import type { Run } from './run.js'

/** True for a value that has the outer form of a Run document of schema 1: enough for every report to render it. */
export function isRun(value: unknown): value is Run {
  const run = value as Partial<Run> | null
  return (
    typeof run === 'object' &&
    run !== null &&
    run.schema === 1 &&
    Array.isArray(run.parts) &&
    Array.isArray(run.results) &&
    typeof run.verdict?.sentence === 'string'
  )
}
