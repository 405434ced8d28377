import { isObject } from '../wire/jsonrpc.js'
import { isForm } from './answers.js'
import type { Client } from './client.js'
import { needRequestChannel } from './client-features.js'
import { notApplicable } from './expect.js'
import { requestsOf } from './input-required.js'
import { everyQuestion } from './rounds.js'
import { requestsOf as requestsMade } from './tool-effects.js'

/** A request of the server for something its user knows. */
export interface Elicitation {
  params: Record<string, any>
  what: string
}

/** Every elicitation in every round of the calls that ask. Ends the check where there is none. */
export async function everyElicitation(client: Client): Promise<Elicitation[]> {
  const found = (await questionsOf(client, 'elicitation/create')).map(({ key, params }) => ({
    params,
    what: `the elicitation ${key}`,
  }))
  if (found.length === 0) notApplicable('no named tool, resource or prompt asks the user by elicitation')
  return found
}

/** Every request of a kind that the server makes of its client: questions of 2026-07-28, in older revisions requests while a tool runs. */
export async function questionsOf(
  client: Client,
  method: string,
): Promise<{ key: string; params: Record<string, any> }[]> {
  if (client.modern) {
    const asked = (await everyQuestion(client)).flatMap(({ result }) => requestsOf(result))
    return asked.filter((request) => request.method === method)
  }
  needRequestChannel(client)
  const requests = await requestsMade(client, method)
  return requests.map(({ id, params }) => ({ key: String(id), params: isObject(params) ? params : {} }))
}

/** Those that send the user to a URL. */
export async function everyUrl(client: Client): Promise<(Elicitation & { url: unknown })[]> {
  const all = await everyElicitation(client)
  return all.filter(({ params }) => params.mode === 'url').map((one) => ({ ...one, url: one.params.url }))
}

/** Those with a form. */
export async function everyForm(client: Client): Promise<Elicitation[]> {
  return (await everyElicitation(client)).filter(({ params }) => isForm(params))
}

const composing = ['allOf', 'anyOf', 'oneOf', 'not', 'if', '$ref', 'patternProperties', 'dependentSchemas']

/** Where the schema of a form is more than a flat object of primitive members and choices; undefined where it is not. */
export function depthOf(schema: Record<string, any>): string | undefined {
  if (schema.type !== 'object' || !isObject(schema.properties)) return 'it is no object with properties'
  const composed = composing.find((word) => word in schema)
  if (composed) return `it uses ${composed}`
  for (const [name, member] of Object.entries(schema.properties)) {
    const problem = isObject(member) ? memberProblem(member) : 'no schema'
    if (problem) return `${name} is ${problem}`
  }
  return undefined
}

function memberProblem(member: Record<string, any>): string | undefined {
  const { type, items, oneOf } = member
  const composed = composing.find((word) => word in member && !(word === 'oneOf' && type === 'string'))
  if (composed) return `a composition with ${composed}`
  if (oneOf !== undefined && !areChoices(oneOf)) return 'a choice of something else than constants'
  if (type === 'array') {
    const listed = isObject(items) && (Array.isArray(items.enum) || areChoices(items.anyOf))
    return listed ? undefined : 'a list of something else than choices'
  }
  return ['string', 'number', 'integer', 'boolean'].includes(type) ? undefined : `of type ${JSON.stringify(type)}`
}

function areChoices(parts: unknown): boolean {
  return Array.isArray(parts) && parts.every((part) => isObject(part) && typeof part.const === 'string')
}
