import { setTimeout as delay } from 'node:timers/promises'
import { placeSchema } from '../place.js'
import { readingFor } from '../stations.js'
import { type Tool, text, WeatherFailure } from '../tool.js'

/** A place for which no warning office exists, so that a domain failure can be provoked. */
export const PLACE_WITHOUT_OFFICE = 'Atlantis'

/** The slow tool: it asks the imaginary warning offices one after the other, and can be cancelled between two. */
export const getAlerts: Tool = {
  name: 'get_alerts',
  title: 'Weather alerts',
  description: `Collects weather alerts from several offices, slowly; there is none for ${PLACE_WITHOUT_OFFICE}`,
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      location: placeSchema,
      steps: { type: 'integer', minimum: 1, maximum: 50, default: 3, description: 'Number of offices to ask' },
      delayMs: { type: 'integer', minimum: 0, maximum: 1000, default: 50, description: 'Milliseconds per office' },
    },
    required: ['location'],
    additionalProperties: false,
  },
  async run({ location, steps = 3, delayMs = 50 }: { location: string; steps?: number; delayMs?: number }, context) {
    if (location === PLACE_WITHOUT_OFFICE) throw new WeatherFailure(`No warning office serves ${location}`)
    for (let step = 1; step <= steps; step++) {
      await delay(delayMs, undefined, { signal: context.signal })
      await context.progress(step, steps, `Office ${step} of ${steps} asked`)
      await context.log('notice', `office ${step} answered`)
    }
    const { conditions } = readingFor(location)
    return text(`Alerts for ${location}: ${conditions === 'windy' ? 'gale warning' : 'none'} (${steps} offices asked)`)
  },
}
