import { failureKinds } from '../report/load.js'
import { percentileOf } from './histogram.js'
import { failuresOf, measuredPhases, type PhaseTally, type Tally } from './tally.js'

/**
 * Why nothing, or not all, could be measured, in one sentence; undefined when the server gave good answers to the end. Of several threads it is to
 * be asked of their tallies added up.
 */
export function obstacleOf(tally: Tally): string | undefined {
  if (tally.measured === 0) return sessions(tally) ?? unconnected(tally)
  return sessions(tally) ?? gone(tally) ?? barren(tally) ?? nothingGood(tally)
}

/** The tally with its obstacle, where there is one and none is known yet. */
export function withObstacle(tally: Tally): Tally {
  const obstacle = tally.obstacle ?? obstacleOf(tally)
  return obstacle ? { ...tally, obstacle } : tally
}

function sessions({ circumstances }: Tally): string | undefined {
  const { asked, ready, failure = 'no answer in time' } = circumstances.sessions
  if (ready === asked) return undefined
  if (asked === 1) return `The session could not be opened: ${failure}.`
  if (ready === 0) return `Not one of ${asked} sessions could be opened: ${failure}.`
  return `Only ${ready} of ${asked} sessions could be opened: ${failure}.`
}

function unconnected({ circumstances: { wanted, connected, connectError } }: Tally): string | undefined {
  if (wanted === 0 || connected > 0) return undefined
  return `No connection could be made: ${connectError?.message ?? 'no answer in time'}.`
}

/** No connection came up again after the last answer. */
function gone({ circumstances: { connected, wanted, connectError, lastReply } }: Tally): string | undefined {
  if (connected > 0 || wanted === 0 || !connectError || connectError.second < lastReply) return undefined
  return `The server was gone after ${seconds(Math.max(0, lastReply))}: ${connectError.message}.`
}

/**
 * Work was wanted, and no good answer came for so long that it is no ordinary delay: at least a second, a tenth of the run, three times the slowest
 * answer.
 */
function barren(tally: Tally): string | undefined {
  const { lastReply, lastGood, inFlight, waiting, failedSince, lastFailure } = tally.circumstances
  const slowest = Math.max(0, ...measuredPhases(tally.phases).map((phase) => percentileOf(phase.service, 100) ?? 0))
  const ordinary = Math.max(1, tally.measured / 10, (slowest * 3) / 1000)
  const nothingWanted = inFlight + waiting + failedSince === 0
  if (nothingWanted || lastGood < 0 || tally.measured - lastGood <= ordinary) return undefined
  const what = lastReply > lastGood ? 'No good answer came' : 'The server stopped answering'
  const how = failedSince > 0 ? `: ${lastFailure}` : `, with ${inFlight + waiting} requests unanswered`
  return `${what} after ${seconds(lastGood)}${how}.`
}

function nothingGood(tally: Tally): string | undefined {
  const measured = measuredPhases(tally.phases)
  if (measured.some(({ count }) => count > 0)) return undefined
  const failing = Object.entries(tally.phases).filter(([, phase]) => failuresOf(phase) > 0)
  const [name, phase] = failing.find(([, one]) => measured.includes(one)) ?? failing[0] ?? []
  if (!name || !phase) return `Not one request was answered within ${seconds(tally.measured)}.`
  return `None of ${failuresOf(phase)} ${name} requests was answered as it should be; the first: ${firstOf(phase)}.`
}

function firstOf({ examples }: PhaseTally): string {
  const found = failureKinds.flatMap((kind) => examples[kind] ?? []).sort((a, b) => a.second - b.second)
  return found[0]?.message ?? 'unknown'
}

function seconds(count: number): string {
  return `${count.toFixed(1)} s`
}
