import { placeSchema } from '../place.js'
import { readingFor } from '../stations.js'
import { structured, type Tool } from '../tool.js'

/** Air quality; its parameters are mirrored into HTTP headers, one of each type that may be (headers-xmcp-primitive-only). */
export const getAirQuality: Tool = {
  name: 'get_air_quality',
  title: 'Air quality',
  description: 'Tells the air quality index at a place for up to seven days, today being day 0',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      location: { ...placeSchema, 'x-mcp-header': 'Location' },
      day: { type: 'integer', minimum: 0, maximum: 6, default: 0, 'x-mcp-header': 'Day' },
      detailed: { type: 'boolean', default: false, 'x-mcp-header': 'Detailed' },
    },
    required: ['location'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: { location: { type: 'string' }, index: { type: 'integer' }, ozone: { type: 'integer' } },
    required: ['location', 'index'],
    additionalProperties: false,
  },
  run({ location, day = 0, detailed = false }: { location: string; day?: number; detailed?: boolean }) {
    const { humidity, temperature } = readingFor(location, day)
    return structured({ location, index: humidity, ...(detailed && { ozone: temperature + 40 }) })
  },
}
