import type { Exchange, Id, Incoming, Json } from './types.js'

/** An error a handler throws to answer with a JSON-RPC error. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message)
  }

  /** The error member of the response. */
  toError(): Json {
    const error: Json = { code: this.code, message: this.message }
    if (this.data !== undefined) error.data = this.data
    return error
  }
}

/** Revision that content is shaped for: the oldest one when the real one cannot be known. */
export function shapeOf(ex: Exchange): string {
  return ex.unversioned ? '2024-11-05' : ex.revision
}

/** True for a plain JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for a string or an integer. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' || Number.isInteger(value)
}

/** Sorts a parsed value into request, notification, response or neither. */
export function sortMessage(raw: unknown): Incoming {
  if (!isObject(raw)) return { kind: 'invalid', text: 'a message is a JSON object' }
  const id = isId(raw.id) ? raw.id : undefined
  const invalid = (text: string): Incoming =>
    id === undefined ? { kind: 'invalid', text } : { kind: 'invalid', id, text }
  if (raw.jsonrpc !== '2.0') return invalid('jsonrpc has to be "2.0"')
  if (raw.method === undefined) {
    const halves = Number('result' in raw) + Number('error' in raw)
    return id !== undefined && halves === 1 ? { kind: 'response', id } : invalid('method is missing')
  }
  if (typeof raw.method !== 'string') return invalid('method has to be a string')
  if ('params' in raw && !isObject(raw.params)) return invalid('params has to be an object')
  const params = isObject(raw.params) ? raw.params : {}
  if (!('id' in raw)) return { kind: 'notification', method: raw.method, params }
  return id === undefined
    ? invalid('id has to be a string or an integer')
    : { kind: 'request', id, method: raw.method, params }
}

/** Builds an error response; without a readable id older revisions get null and 2025-11-25 gets none. */
export function errorMessage(error: Json, id: Id | undefined, ex: Exchange): Json {
  if (id !== undefined) return { jsonrpc: '2.0', id, error }
  return ex.revision >= '2025-11-25' ? { jsonrpc: '2.0', error } : { jsonrpc: '2.0', id: null, error }
}
