import { connectionsAt } from '../pacer.js'
import { Portion } from '../portion.js'
import type { Profile } from '../profile.js'
import type { Circumstances, SecondTally, Tally } from '../tally.js'
import type { RunnerExample } from './read-figures.js'

/**
 * The tally of all runners with what k6 does not count: the connections of each second, as many as users were asked for, and how things stood at the end,
 * to the second, as far as the seconds tell.
 */
export function withStanding(tally: Tally, profile: Profile, examples: readonly RunnerExample[]): Tally {
  const users = new Portion({ profile } as ConstructorParameters<typeof Portion>[0])
  const at = (second: number) =>
    profile.loop === 'closed' ? connectionsAt(profile.stages, second) : users.allConnections
  const seconds = tally.seconds.map((second, index) => ({
    ...second,
    connections: at(Math.min(index + 1, tally.measured) - 1e-6),
  }))
  const wanted = tally.measured > 0 ? at(tally.measured - 1e-6) : 0
  return {
    ...tally,
    seconds,
    circumstances: { ...tally.circumstances, wanted, connected: wanted, ...lastWords(tally, examples) },
  }
}

function lastWords(
  { seconds, measured, inFlightAtEnd }: Tally,
  examples: readonly RunnerExample[],
): Partial<Circumstances> {
  const lastGood = lastOf(seconds, ({ count }) => count > 0)
  const lastReply = lastOf(
    seconds,
    ({ count, failed, errors }) => count + failed > (errors.transport ?? 0) + (errors.timeout ?? 0),
  )
  const when = (index: number) => (index === seconds.length - 1 && index >= 0 ? measured : index < 0 ? -1 : index + 1)
  const failed = seconds.slice(lastGood + 1).reduce((sum, second) => sum + second.failed, 0)
  const last = examples.toSorted((one, other) => one.second - other.second).at(-1)
  return {
    inFlight: inFlightAtEnd,
    lastGood: when(lastGood),
    lastReply: when(lastReply),
    failedSince: failed,
    ...(last && failed > 0 ? { lastFailure: last.message } : {}),
  }
}

function lastOf(seconds: readonly SecondTally[], is: (second: SecondTally) => boolean): number {
  return seconds.findLastIndex(is)
}
