import { placeSchema } from '../place.js'
import { type Question, type Tool, text } from '../tool.js'

const QUESTIONS: Record<string, Question> = {
  observation: {
    message: 'What do you see, and how warm is it?',
    schema: {
      type: 'object',
      properties: {
        sky: { type: 'string', title: 'Sky', enum: ['clear', 'cloudy', 'rain', 'snow'] },
        temperature: { type: 'integer', title: 'Degrees Celsius', minimum: -90, maximum: 60 },
      },
      required: ['sky', 'temperature'],
    },
  },
  publication: {
    message: 'Shall the observation be published?',
    schema: {
      type: 'object',
      properties: { publish: { type: 'boolean', title: 'Publish' } },
      required: ['publish'],
    },
  },
}

/** Asks the user two things at once; the report is forgotten at once, so that nothing changes. */
export const reportObservation: Tool = {
  name: 'report_observation',
  title: 'Report an observation',
  description: 'Asks what the weather is like where the user is and reports it; this demonstration forgets it at once',
  readOnly: true,
  asks: true,
  inputSchema: {
    type: 'object',
    properties: { location: placeSchema },
    required: ['location'],
    additionalProperties: false,
  },
  async run({ location }: { location: string }, context) {
    const { observation, publication } = await context.ask(QUESTIONS)
    if (observation?.action !== 'accept' || publication?.action !== 'accept' || publication.content.publish !== true)
      return text(`Nothing was reported for ${location}`)
    const { sky, temperature } = observation.content
    return text(`Reported for ${location}: ${sky}, ${temperature} °C`)
  },
}
