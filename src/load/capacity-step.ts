import type { CapacityStats } from '../report/load.js'
import { actualText } from '../report/threshold-text.js'
import { limitOf } from './generator-limit.js'
import { addHistogram, newHistogram, percentileOf } from './histogram.js'
import { failuresOf, measuredPhases, type Tally } from './tally.js'
import { evaluateThresholds, type Threshold } from './thresholds.js'

type Step = CapacityStats['steps'][number]

/** A larger share than this of the requests that were due must not have waited in vain for a connection. */
const unsentBearable = 0.01
/** With a smaller share than this answered of what was due, the server did not keep up. */
const kept = 0.95
/** With less than this, the next try cannot be expected to hold. */
const nearlyKept = 0.8

/** Whether a step held: its objective did, and it kept up with what was asked. */
export function judgeStep(rate: number, tally: Tally, objective: readonly Threshold[]): Step {
  const phases = measuredPhases(tally.phases)
  const latency = newHistogram()
  for (const phase of phases) addHistogram(latency, phase.latency)
  const p99 = percentileOf(latency, 99)
  const good = phases.reduce((sum, { count }) => sum + count, 0)
  const achieved = tally.measured > 0 ? Math.round((good / tally.measured) * 100) / 100 : 0
  const errors = phases.reduce((sum, phase) => sum + failuresOf(phase), 0)
  const step = { rate, achieved, errors, ...(p99 === undefined ? {} : { p99 }) }
  const reason = whyBroken(step, tally, objective)
  return reason === undefined ? { ...step, held: true } : { ...step, held: false, reason }
}

function whyBroken(step: Omit<Step, 'held'>, tally: Tally, objective: readonly Threshold[]): string | undefined {
  if (tally.obstacle) return tally.obstacle
  const broken = evaluateThresholds(objective, tally.phases, tally.measured).find(({ held }) => !held)
  if (broken) return broken.actual === null ? 'nothing was answered' : `${broken.text} was ${actualText(broken)}`
  const due = step.rate * tally.measured
  if (tally.dropped > due * unsentBearable) return `${tally.dropped} of ${Math.round(due)} never started`
  if (shareAnswered(step, tally) < kept) return `only ${step.achieved} per second were answered`
  return undefined
}

/** How much was answered of what was due; what was on its way at the end counts as far as answers took that long anyway. */
function shareAnswered({ rate, p99 = 0 }: Pick<Step, 'rate' | 'p99'>, tally: Tally): number {
  const answered = measuredPhases(tally.phases).reduce((sum, phase) => sum + phase.count + failuresOf(phase), 0)
  const underway = Math.min(tally.inFlightAtEnd, (rate * p99) / 1000)
  return (answered + underway) / (rate * tally.measured)
}

/** True when the next try may well hold: the server all but kept up with the rate, though some answers came late or not at all; or nothing was answered. */
export function mayBeChance(step: Step, tally: Tally): boolean {
  return !step.held && (shareAnswered(step, tally) >= nearlyKept || answersNothing(tally))
}

/** True when there was not one good answer. */
export function answersNothing(tally: Tally): boolean {
  return !measuredPhases(tally.phases).some(({ count }) => count > 0)
}

/** Why the generator was the limit of a step, for want of CPU; being late now and then is none. */
export function generatorLimit(tally: Tally): string | undefined {
  return limitOf(tally, 'closed')
}
