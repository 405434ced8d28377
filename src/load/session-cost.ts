import type { ServerSample } from './server-watch.js'
import type { Tally } from './tally.js'

/** Fewer sessions or readings than these say nothing: the server's memory moves by itself. */
const fewest = { sessions: 100, readings: 5 }

/**
 * How much a server grew with each session, in KiB of resident memory, in a load that opens one for every request: the slope of a straight line
 * through the readings of its memory over the sessions opened by then, the first quarter of the time left out because a server grows while it
 * warms up. Undefined when there were too few sessions or readings. Sessions are taken to have been opened at the pace of the requests.
 */
export function kibPerSession(tally: Tally, samples: readonly (ServerSample | undefined)[]): number | undefined {
  const { opened } = tally.sessions
  const requests = tally.seconds.reduce((sum, { count, failed }) => sum + count + failed, 0)
  if (opened < fewest.sessions || requests === 0) return undefined
  let done = 0
  const points = tally.seconds
    .map(({ count, failed }, index) => {
      done += count + failed
      return { sessions: (opened * done) / requests, rss: samples[index]?.rss }
    })
    .slice(Math.ceil(tally.seconds.length / 4))
    .flatMap(({ sessions, rss }) => (rss === undefined ? [] : [{ x: sessions, y: rss * 1024 }]))
  return points.length < fewest.readings ? undefined : slopeOf(points)
}

/** Slope of the least-squares line; undefined when all x are the same. */
function slopeOf(points: { x: number; y: number }[]): number | undefined {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const x = mean(points.map((point) => point.x))
  const y = mean(points.map((point) => point.y))
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  if (spread === 0) return undefined
  const slope = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread
  return Math.round(slope * 100) / 100
}
