import type { FailureKind } from '../report/load.js'
import { addHistogram } from './histogram.js'
import { addSeconds } from './seconds.js'
import {
  addErrors,
  type Circumstances,
  emptyPhase,
  emptyStretch,
  type PhaseTally,
  type StretchTally,
  type Tally,
} from './tally.js'

/** Adds up what generators counted that ran side by side; `into` is changed, `from` is not. The order does not matter. */
export function addTally(into: Tally, from: Tally): void {
  addRefusal(into, from)
  into.startedAt = Math.min(into.startedAt, from.startedAt)
  into.measured = Math.max(into.measured, from.measured)
  into.opening = Math.max(into.opening, from.opening)
  for (const [name, phase] of Object.entries(from.phases)) {
    into.phases[name] ??= emptyPhase()
    addPhase(into.phases[name], phase)
  }
  from.stages.forEach((stage, index) => {
    into.stages[index] ??= { ...emptyStretch(), seconds: 0 }
    const own = into.stages[index]
    own.seconds = Math.max(own.seconds, stage.seconds)
    addStretch(own, stage)
  })
  into.seconds = addSeconds(into.seconds, from.seconds)
  addNumbers(into.sessions, from.sessions)
  addNumbers(into.streams, from.streams)
  addNumbers(into.reconnects, from.reconnects)
  into.dropped += from.dropped
  into.inFlightAtEnd += from.inFlightAtEnd
  addHistogram(into.lateness, from.lateness)
  addHistogram(into.eventLoopDelay, from.eventLoopDelay)
  into.cpuSeconds += from.cpuSeconds
  into.busiest = Math.max(into.busiest, from.busiest)
  into.occupied = Math.max(into.occupied, from.occupied)
  addCircumstances(into.circumstances, from.circumstances)
  if (!into.answers && from.answers) into.answers = from.answers
  if (!into.obstacle && from.obstacle) into.obstacle = from.obstacle
}

function addCircumstances(into: Circumstances, from: Circumstances): void {
  into.sessions.asked += from.sessions.asked
  into.sessions.ready += from.sessions.ready
  if (from.sessions.failure) into.sessions.failure ??= from.sessions.failure
  into.wanted += from.wanted
  into.connected += from.connected
  into.inFlight += from.inFlight
  into.waiting += from.waiting
  into.failedSince += from.failedSince
  if (from.lastFailure) into.lastFailure ??= from.lastFailure
  into.lastReply = Math.max(into.lastReply, from.lastReply)
  into.lastGood = Math.max(into.lastGood, from.lastGood)
  if (from.connectError && from.connectError.second > (into.connectError?.second ?? -1))
    into.connectError = from.connectError
}

function addStretch(into: StretchTally, from: StretchTally): void {
  into.count += from.count
  into.failed += from.failed
  addErrors(into.errors, from.errors)
  addHistogram(into.latency, from.latency)
}

function addPhase(into: PhaseTally, from: PhaseTally): void {
  into.count += from.count
  into.sent += from.sent
  into.received += from.received
  for (const name of ['latency', 'service', 'firstByte', 'firstEvent'] as const) addHistogram(into[name], from[name])
  addErrors(into.errors, from.errors)
  for (const [kind, example] of Object.entries(from.examples) as [FailureKind, PhaseTally['examples'][FailureKind]][]) {
    const own = into.examples[kind]
    if (example && (!own || example.second < own.second)) into.examples[kind] = example
  }
}

function addNumbers<Counts extends Record<keyof Counts, number>>(into: Counts, from: Counts): void {
  for (const name of Object.keys(into) as (keyof Counts)[])
    into[name] = (into[name] + from[name]) as Counts[typeof name]
}

/** Streams are opened evenly by all, so what one held when it was first refused stands for the same moment in the others. */
function addRefusal(into: Tally, from: Tally): void {
  const refusal = into.firstRefusal ?? from.firstRefusal
  if (!refusal) return
  const heldThen = (tally: Tally) => tally.firstRefusal?.held ?? tally.streams.held
  into.firstRefusal = { ...refusal, held: heldThen(into) + heldThen(from) }
}
