import { failureKinds } from '../report/load.js'
import { percentileOf } from './histogram.js'
import { failuresOf, measuredPhases, type PhaseTally, type Tally } from './tally.js'

/** How things stood when the clock stopped. Times in ms. */
export interface LastMoment {
  startedAt: number
  endedAt: number
  /** Connections that were up, and that should have been. */
  connected: number
  wanted: number
  lastReplyAt: number
  connectError: { at: number; message: string } | undefined
  inFlight: number
}

/** Why nothing, or not all, could be measured, in one sentence; undefined when the server gave good answers to the end. */
export function obstacleAtEnd(tally: Tally, moment: LastMoment): string | undefined {
  return gone(moment) ?? silent(tally, moment) ?? nothingGood(tally, moment)
}

/** No connection came up again after the last answer. */
function gone({ connected, wanted, connectError, lastReplyAt, startedAt }: LastMoment): string | undefined {
  if (connected > 0 || wanted === 0 || !connectError || connectError.at < lastReplyAt) return undefined
  const since = Math.max(0, lastReplyAt - startedAt)
  return `The server was gone after ${seconds(since)}: ${connectError.message}.`
}

/** Requests wait, and nothing came for so long that it is no ordinary delay: at least a second, a tenth of the run, three times the slowest answer. */
function silent(tally: Tally, { endedAt, startedAt, lastReplyAt, inFlight }: LastMoment): string | undefined {
  const slowest = Math.max(0, ...measuredPhases(tally.phases).map((phase) => percentileOf(phase.service, 100) ?? 0))
  const since = Math.max(lastReplyAt, startedAt)
  const ordinary = Math.max(1000, (endedAt - startedAt) / 10, slowest * 3)
  const nothing = lastReplyAt < startedAt
  if (inFlight === 0 || endedAt - since <= ordinary || nothing) return undefined
  return `The server stopped answering after ${seconds(since - startedAt)}, with ${inFlight} requests on their way.`
}

function nothingGood(tally: Tally, { startedAt, endedAt }: LastMoment): string | undefined {
  const measured = measuredPhases(tally.phases)
  if (measured.some(({ count }) => count > 0)) return undefined
  const failing = Object.entries(tally.phases).filter(([, phase]) => failuresOf(phase) > 0)
  const [name, phase] = failing.find(([, one]) => measured.includes(one)) ?? failing[0] ?? []
  if (!name || !phase) return `Not one request was answered within ${seconds(endedAt - startedAt)}.`
  return `None of ${failuresOf(phase)} ${name} requests was answered as it should be; the first: ${firstOf(phase)}.`
}

function firstOf({ examples }: PhaseTally): string {
  const found = failureKinds.flatMap((kind) => examples[kind] ?? []).sort((a, b) => a.second - b.second)
  return found[0]?.message ?? 'unknown'
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
