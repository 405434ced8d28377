import { isObject } from '../wire/jsonrpc.js'
import { type InputRequest, requestsOf } from './input-required.js'

/** What a client answers to the requests of a server, by their keys. Spec: 2026-07-28/schema#inputresponses. */
export type InputResponses = Record<string, Record<string, any>>

/**
 * Answers that fit what a result asks for; `other` gives answers that fit as well and say something else. A URL is agreed to and never
 * opened.
 */
export function answersTo(result: Record<string, any>, other = false): InputResponses {
  return Object.fromEntries(requestsOf(result).map((request) => [request.key, answerTo(request, other)]))
}

function answerTo({ method, params }: InputRequest, other: boolean): Record<string, any> {
  const word = other ? 'other' : 'gauntlet'
  if (method === 'sampling/createMessage')
    return { role: 'assistant', content: { type: 'text', text: word }, model: 'gauntlet', stopReason: 'endTurn' }
  if (method === 'roots/list') return { roots: [{ uri: `file:///${word}`, name: word }] }
  return isForm(params)
    ? { action: 'accept', content: contentFor(params.requestedSchema, other) }
    : { action: 'accept' }
}

/** True for a form, false for a URL. */
export function isForm(params: Record<string, any>): boolean {
  return params.mode === undefined || params.mode === 'form'
}

/** Values for all members of a form. */
export function contentFor(schema: unknown, other = false): Record<string, unknown> {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {}
  return Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valueFor(isObject(one) ? one : {}, other)]),
  )
}

function valueFor(schema: Record<string, any>, other: boolean): unknown {
  const choices = choicesOf(schema)
  if (choices.length > 0) return other ? choices.at(-1) : choices[0]
  if (schema.type === 'boolean') return !other
  if (schema.default !== undefined && !other) return schema.default
  if (schema.type === 'array') return listFor(schema, other)
  if (schema.type === 'number' || schema.type === 'integer') return numberFor(schema, other)
  return textFor(schema, other)
}

function choicesOf(schema: Record<string, any>): unknown[] {
  if (schema.const !== undefined) return [schema.const]
  if (Array.isArray(schema.enum)) return schema.enum
  const parts = [schema.oneOf, schema.anyOf].find(Array.isArray) ?? []
  return parts.flatMap((part: unknown) => (isObject(part) && part.const !== undefined ? [part.const] : []))
}

function listFor({ items, minItems = 1, default: given }: Record<string, any>, other: boolean): unknown[] {
  const choices = choicesOf(isObject(items) ? items : {})
  if (Array.isArray(given) && !other) return given
  const picked = other ? choices.reverse() : choices
  return picked.slice(0, Math.max(1, Number(minItems) || 1))
}

function numberFor({ minimum, maximum, exclusiveMinimum }: Record<string, any>, other: boolean): number {
  const least = minimum ?? (exclusiveMinimum === undefined ? Math.min(1, maximum ?? 1) : exclusiveMinimum + 1)
  return other && (maximum === undefined || least + 1 <= maximum) ? least + 1 : least
}

function textFor({ format, minLength = 0, maxLength = 200 }: Record<string, any>, other: boolean): string {
  const word = other ? 'other' : 'gauntlet'
  const formatted: Record<string, string> = {
    email: `${word}@example.com`,
    uri: `https://example.com/${word}`,
    date: other ? '2026-02-03' : '2026-01-02',
    'date-time': other ? '2026-02-03T04:05:06Z' : '2026-01-02T03:04:05Z',
  }
  return formatted[format] ?? word.padEnd(Math.min(Number(minLength) || 0, 1000), 'x').slice(0, Number(maxLength))
}
