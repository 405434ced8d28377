import type { Revision } from '../revisions.js'

/** A JSON Schema (draft 2020-12) as plain data. */
export type Schema = Record<string, unknown>

/** Schemas by the name of what they describe; they refer to one another by `ref`. */
export type Schemas = Record<string, Schema>

export const text: Schema = { type: 'string' }
export const flag: Schema = { type: 'boolean' }
export const number: Schema = { type: 'number' }
export const integer: Schema = { type: 'integer' }
export const anyObject: Schema = { type: 'object' }
export const uri: Schema = { type: 'string', format: 'uri' }
export const base64: Schema = { type: 'string', format: 'byte' }
export const share: Schema = { type: 'number', minimum: 0, maximum: 1 }
export const token: Schema = { type: ['string', 'number'] }

/** Points to another schema of the same revision. */
export function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` }
}

export function list(items: Schema): Schema {
  return { type: 'array', items }
}

export function oneOf(...values: string[]): Schema {
  return { enum: values }
}

/** An object with typed members; further members are always allowed. */
export function object(required: string[], properties: Schemas): Schema {
  return { type: 'object', required, properties }
}

/** An object whose every member has the same schema. */
export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values }
}

/** A result: an object with `_meta`, if there is one, an object. */
export function result(required: string[], properties: Schemas): Schema {
  return object(required, { _meta: anyObject, ...properties })
}

/** A whole JSON-RPC request or notification of that method. */
export function call(method: string, params: Schema): Schema {
  const needed = Array.isArray(params.required) && params.required.length > 0
  return object(needed ? ['method', 'params'] : ['method'], { method: { const: method }, params })
}

/** Objects told apart by one member, their `type` unless said otherwise; each variant is checked only where its type is given. */
export function byType(variants: Schemas, member = 'type'): Schema {
  const types = Object.keys(variants)
  const chosen = types.map((type) => when(object([member], { [member]: { const: type } }), variants[type]!))
  return { ...object([member], { [member]: { enum: types } }), allOf: chosen }
}

/** What must hold where the condition does, and what where it does not. */
export function when(condition: Schema, held: Schema, otherwise: Schema = {}): Schema {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: condition, then: held, else: otherwise }
}

/** At least one of the schemas; when none fits, `says` is reported in place of their several problems. */
export function anyOf(says: string, ...schemas: Schema[]): Schema {
  return { anyOf: schemas, $comment: says }
}

/** Members that came with a revision: earlier ones do not know them, so anything may stand there. */
export function since(first: Revision, revision: Revision, members: Schemas): Schemas {
  return revision >= first ? members : {}
}

/** Members that one revision alone knows. */
export function only(one: Revision, revision: Revision, members: Schemas): Schemas {
  return revision === one ? members : {}
}
