import type { Load } from '../report/load.js'
import type { ServerSample } from './server-watch.js'
import type { Tally } from './tally.js'

/** Fewer sessions or readings than these say nothing: the server's memory moves by itself. */
const fewest = { sessions: 100, readings: 10 }

/**
 * How much a server grew with each session, in KiB of resident memory, in a load that opens one for every request: from the first quarter of the
 * time, which is left out because a server grows while it warms up, to the end. Memory grows in steps as the server collects its garbage, so
 * this is as rough as such a step divided by the sessions; a line through all readings is rougher, because a flat stretch at the end bends it.
 * 0 when it fell by as much in between as it grew in all: then nothing was shown. Undefined when there were too few sessions or readings.
 * Sessions are taken to have been opened at the pace of the requests.
 */
export function kibPerSession(tally: Tally, samples: readonly (ServerSample | undefined)[]): number | undefined {
  const { opened } = tally.sessions
  const done = tally.seconds.map(({ count, failed }) => count + failed)
  const readings = samples.slice(0, done.length).filter((sample) => sample !== undefined)
  const from = Math.floor(done.length / 4)
  const [first, last] = [samples[from], samples[done.length - 1]]
  if (opened < fewest.sessions || readings.length < fewest.readings || !first || !last) return undefined
  const between = sum(done.slice(from + 1)) / sum(done)
  if (between === 0) return undefined
  const grown = last.rss - first.rss
  return grown > deepestFall(samples.slice(from, done.length)) ? rounded((grown * 1024) / (opened * between)) : 0
}

/** The same of a load on a server that was warm before: from its start to its end, over the sessions that were left open. */
export function kibPerSessionLeft({ server, sessions }: Load): number | undefined {
  if (!server || sessions.left < fewest.sessions) return undefined
  return rounded(((server.rss.end - server.rss.start) * 1024) / sessions.left)
}

/** The most that memory fell from a reading to a later one, in MiB. */
function deepestFall(samples: readonly (ServerSample | undefined)[]): number {
  let most = 0
  let deepest = 0
  for (const sample of samples) {
    if (!sample) continue
    most = Math.max(most, sample.rss)
    deepest = Math.max(deepest, most - sample.rss)
  }
  return deepest
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

function rounded(kib: number): number {
  return Math.round(kib * 100) / 100
}
