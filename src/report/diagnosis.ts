import type { Remedy, StepId } from '../protocol/fingerprints/index.js'
import type { Exchange } from '../wire/exchange.js'

/**
 * What became of one step of the way from client to tool: it holds, it is broken, it lacks what was not given (credentials), or it was not
 * reached since an earlier one is broken. `not-needed`: this target has no such step, as TLS on plain http.
 */
export type StepState = 'holds' | 'broken' | 'not-given' | 'not-reached' | 'not-needed'

/** One step of a diagnosis. Times are milliseconds with fractions. */
export interface Step {
  id: StepId
  title: string
  state: StepState
  /** What was seen, in one sentence. */
  found?: string
  /** What does no harm to this client but may to others, each with what to do. */
  notes?: string[]
  /** Whose part is broken and how to mend it. */
  remedy?: Remedy
  /** The request behind it, secrets redacted; kept for a broken step. */
  exchange?: Exchange
  ms: number
}

/** The way to one server, step by step, in order; it ends with the first step that is broken. */
export interface Diagnosis {
  url: string
  name?: string
  steps: Step[]
}

/** The step at which a diagnosis ended, if it did not reach its end. */
export function brokenStep({ steps }: Diagnosis): Step | undefined {
  return steps.find(({ state }) => state === 'broken' || state === 'not-given')
}

/** How a diagnosis counts for the verdict, with a sentence. `unreachable`: nobody answers, or credentials are wanted. */
export function judgeDiagnosis(diagnosis: Diagnosis): { grade: 'held' | 'broken' | 'unreachable'; sentence: string } {
  const step = brokenStep(diagnosis)
  if (!step) return { grade: 'held', sentence: 'Every step from DNS to the first call holds.' }
  const unreachable = step.state === 'not-given' || step.id === 'dns' || step.id === 'tcp'
  return { grade: unreachable ? 'unreachable' : 'broken', sentence: `${step.title}: ${step.found ?? 'broken'}` }
}
