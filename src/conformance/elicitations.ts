import { isObject, type Message } from '../wire/jsonrpc.js'
import { isForm } from './answers.js'
import type { Client } from './client.js'
import { needRequestChannel } from './client-features.js'
import { expect, notApplicable } from './expect.js'
import { requestsOf } from './input-required.js'
import { everyQuestion } from './rounds.js'
import { asksForSecret, namesSecret } from './telling-names.js'
import { ableReceived, requestsAmong, requestsOf as requestsMade } from './tool-effects.js'

/** A request of the server for something its user knows. */
export interface Elicitation {
  params: Record<string, any>
  what: string
}

/** Anything that a server asks its client. */
interface Question {
  key: string
  params: Record<string, any>
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
export async function questionsOf(client: Client, method: string): Promise<Question[]> {
  if (client.modern) {
    const asked = (await everyQuestion(client)).flatMap(({ result }) => requestsOf(result))
    return asked.filter((request) => request.method === method)
  }
  needRequestChannel(client)
  const requests = await requestsMade(client, method)
  const more = client.revision >= '2025-11-25' ? requestsAmong(await ableReceived(client), method) : []
  return [...requests, ...more].map(keyed)
}

/** Those of a client that declares the feature and nothing in it, in revisions with a handshake. */
export async function plainQuestionsOf(client: Client, method: string): Promise<Question[]> {
  return (await requestsMade(client, method)).map(keyed)
}

function keyed({ id, params }: Message): Question {
  return { key: String(id), params: isObject(params) ? params : {} }
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

/** No form may ask for what looks like a secret, by the name or title of a member or in so many words. */
export async function expectNoSecrets(client: Client): Promise<void> {
  for (const { params, what } of await everyForm(client)) {
    const { properties } = params.requestedSchema ?? {}
    const told = Object.entries<any>(isObject(properties) ? properties : {}).find(([name, field]) =>
      [name, String(field?.title ?? '')].some(namesSecret),
    )
    expect(!told, `${what} asks for what looks like a secret`, 'a URL for that', told)
    const words = [params.message, ...Object.values<any>(isObject(properties) ? properties : {}).map(descriptionOf)]
    const asking = words.find((text) => typeof text === 'string' && asksForSecret(text))
    expect(asking === undefined, `${what} asks for a secret`, 'a URL for that', asking)
  }
}

function descriptionOf(field: unknown): unknown {
  return isObject(field) ? field.description : undefined
}

/** Every form must be flat; `lists`: whether a list of choices is a member. Spec: 2025-06-18/client/elicitation#request-schema. */
export async function expectFlat(client: Client, lists: boolean): Promise<void> {
  for (const { params, what } of await everyForm(client)) {
    const schema = isObject(params.requestedSchema) ? params.requestedSchema : {}
    const listed = Object.entries<any>(isObject(schema.properties) ? schema.properties : {}).find(
      ([, member]) => member?.type === 'array',
    )
    const problem = depthOf(schema) ?? (listed && !lists ? `${listed[0]} is a list` : undefined)
    expect(!problem, `the schema of ${what} is not flat: ${problem}`, 'a flat object', params.requestedSchema)
  }
}

/** Who sends the user to a URL must say so in the mode, and bring these members as texts. */
export async function expectUrlMembers(client: Client, members: readonly string[]): Promise<void> {
  for (const { params, what } of await everyElicitation(client)) {
    if (params.mode === 'url')
      for (const member of members)
        expect(typeof params[member] === 'string', `${what} has no ${member}`, 'a text', params)
    const hidden = params.mode !== 'url' && typeof params.url === 'string' && params.requestedSchema === undefined
    expect(!hidden, `${what} has a URL, but not the mode`, '"url"', params)
  }
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
