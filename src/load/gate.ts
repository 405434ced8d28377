import { UsageError } from '../usage-error.js'
import { parseThreshold } from './parse-threshold.js'
import type { LoadPlan } from './plan.js'
import { subjectOf, type Threshold } from './thresholds.js'

/** What must hold where a profile does not say. */
const ordinary = ['rate(errors)<1%']

/** The phases that a plan measures, by name. */
export function phasesOf({ mode, session, profile, requests }: LoadPlan): string[] {
  const perRequest = session === 'per-request'
  const greets = mode === 'stateful' || (mode === 'stateless' && perRequest)
  const ends = mode === 'stateful' && perRequest && profile.afterwards !== 'leave'
  return [
    ...new Set([
      ...requests.map(({ method }) => method),
      ...(greets ? ['initialize', 'notifications/initialized'] : []),
      ...(ends ? ['DELETE'] : []),
    ]),
  ]
}

/**
 * What must hold in a load: the user's thresholds, and those of the profile about other things, as far as the plan measures them. Throws a
 * UsageError for a threshold of the user's about a phase that is never measured.
 */
export function thresholdsOf(plan: LoadPlan, given: readonly Threshold[]): Threshold[] {
  const phases = phasesOf(plan)
  const measured = ({ phase }: Threshold) => phase === undefined || phases.includes(phase)
  const idle = given.find((threshold) => !measured(threshold))
  if (idle)
    throw new UsageError(`threshold "${idle.text}": this load has no phase ${idle.phase}; it has ${phases.join(', ')}`)
  const subjects = new Set(given.map(subjectOf))
  const own = plan.profile.capacity ? [] : (plan.profile.thresholds ?? ordinary).map(parseThreshold)
  return [...own.filter((threshold) => measured(threshold) && !subjects.has(subjectOf(threshold))), ...given]
}
