import type { GetPromptResult } from '@modelcontextprotocol/sdk/types.js'
import { invalidParams, quotable } from '../protocol/error.js'
import { STATIONS } from './stations.js'

/** The listing of the one prompt. */
export const PLAN_DAY = {
  name: 'plan_day',
  title: 'Plan a day',
  description: 'Plans a day outdoors with the weather in mind',
  arguments: [
    { name: 'city', title: 'City', description: 'Where the day will be spent', required: true },
    { name: 'style', title: 'Style', description: 'calm or active', required: false },
  ],
}

/** The values offered for each argument of the prompt. */
export const PLAN_DAY_VALUES: Readonly<Record<string, readonly string[]>> = {
  city: STATIONS.map((station) => station.name),
  style: ['active', 'calm'],
}

/** The prompt filled in; -32602 for an unknown name and for arguments that are missing, unknown, empty or too long. */
export function getPrompt(name: string, args: Record<string, string>): GetPromptResult {
  if (name !== PLAN_DAY.name) throw invalidParams(`There is no prompt ${quotable(name)}`)
  for (const [key, value] of Object.entries(args)) {
    if (!PLAN_DAY.arguments.some((argument) => argument.name === key)) throw invalidParams('Unknown prompt argument')
    if (value.length > 500) throw invalidParams(`Prompt argument ${key} is too long`)
  }
  if (!args.city) throw invalidParams('Prompt argument city is required')
  const request = `Plan a day outdoors in ${args.city}. Ask for the weather first. Style: ${args.style ?? 'calm'}.`
  return { description: PLAN_DAY.description, messages: [{ role: 'user', content: { type: 'text', text: request } }] }
}
