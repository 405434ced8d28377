import { placeSchema } from '../place.js'
import { readingFor } from '../stations.js'
import { structured, type Tool } from '../tool.js'

/** Forecast of one to seven days as structured content. */
export const getForecast: Tool = {
  name: 'get_forecast',
  title: 'Forecast',
  description: 'Forecasts the weather at a place for up to seven days, today being day 0',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: { location: placeSchema, days: { type: 'integer', minimum: 1, maximum: 7 } },
    required: ['location', 'days'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      location: { type: 'string' },
      forecast: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            day: { type: 'integer' },
            temperature: { type: 'integer' },
            humidity: { type: 'integer' },
            conditions: { type: 'string' },
          },
          required: ['day', 'temperature', 'humidity', 'conditions'],
          additionalProperties: false,
        },
      },
    },
    required: ['location', 'forecast'],
    additionalProperties: false,
  },
  run({ location, days }: { location: string; days: number }) {
    const forecast = Array.from({ length: days }, (_, day) => ({ day, ...readingFor(location, day) }))
    return structured({ location, forecast })
  },
}
