import { placeSchema } from '../place.js'
import { readingFor } from '../stations.js'
import { type Tool, text } from '../tool.js'

/** Current weather as a sentence that names the place. */
export const getWeather: Tool = {
  name: 'get_weather',
  title: 'Current weather',
  description: 'Tells the current weather at a place',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: { location: placeSchema },
    required: ['location'],
    additionalProperties: false,
  },
  async run({ location }: { location: string }, context) {
    await context.log('debug', 'looking up the current reading')
    const { temperature, conditions, humidity } = readingFor(location)
    await context.log('info', 'current weather delivered')
    return text(`Weather in ${location}: ${temperature} °C, ${conditions}, humidity ${humidity} %`)
  },
}
