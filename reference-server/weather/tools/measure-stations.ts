import { setTimeout as delay } from 'node:timers/promises'
import { stationUri } from '../resources.js'
import { STATIONS } from '../stations.js'
import { type Tool, text } from '../tool.js'

/**
 * A slow tool whose work can be seen from outside: each station measured is a resource updated, so that a listener learns
 * whether a call goes on after its client has hung up (cancellation-close-stops-work).
 */
export const measureStations: Tool = {
  name: 'measure_stations',
  title: 'Measure at all stations',
  description: 'Measures at one station after the other and tells the subscribers of each; harmless',
  readOnly: false,
  inputSchema: {
    type: 'object',
    properties: {
      delayMs: { type: 'integer', minimum: 0, maximum: 1000, default: 50, description: 'Milliseconds per station' },
    },
    additionalProperties: false,
  },
  async run({ delayMs = 50 }: { delayMs?: number }, context) {
    for (const [index, { id, name }] of STATIONS.entries()) {
      await delay(delayMs, undefined, { signal: context.signal })
      context.touch(stationUri(id))
      await context.progress(index + 1, STATIONS.length, `${name} measured`)
    }
    return text(`${STATIONS.length} stations measured`)
  },
}
