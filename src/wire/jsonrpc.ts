/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A JSON-RPC 2.0 request id as MCP allows it. */
export type Id = string | number

/** A JSON-RPC request or notification on its way to the server. */
export interface Call {
  jsonrpc: '2.0'
  id?: Id
  method: string
  params?: Record<string, unknown>
}

/** What a JSON-RPC error object should look like; fields are unknown because servers get them wrong. */
export interface RpcError {
  code?: unknown
  message?: unknown
  data?: unknown
}

/** Any JSON object a server sent where a JSON-RPC message belongs; every member is unchecked. */
export interface Message {
  jsonrpc?: unknown
  id?: unknown
  method?: unknown
  params?: any
  result?: any
  error?: any
  [key: string]: unknown
}

let lastId = 0

/** An id no other request of this process has used: ids must be unique in a session, and are easier to trace this way. */
export function nextId(): number {
  return ++lastId
}

/** True for an id that was made for one request, a number of `nextId` or a text with a canary in it: no other will have the same. */
export function isOneOff(id: unknown): boolean {
  if (typeof id === 'string') return /[0-9a-f]{12}/.test(id)
  return Number.isInteger(id) && Number(id) > 0 && Number(id) <= lastId
}

/** Builds a request, with a fresh id unless one is given. `params` is left out when not given. */
export function request(method: string, params?: Record<string, unknown>, id: Id = nextId()): Call & { id: Id } {
  return params === undefined ? { jsonrpc: '2.0', id, method } : { jsonrpc: '2.0', id, method, params }
}

/** Builds a notification. */
export function notification(method: string, params?: Record<string, unknown>): Call {
  return params === undefined ? { jsonrpc: '2.0', method } : { jsonrpc: '2.0', method, params }
}

/** True for a plain JSON object, which is what every JSON-RPC message must be. */
export function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for a cursor that is too long to send back, page after page. */
export function isEndless(cursor: unknown): boolean {
  return typeof cursor === 'string' && cursor.length > 64_000
}

/** True when the value carries a result or an error: it answers something. */
export function isResponse(value: unknown): value is Message {
  return isObject(value) && ('result' in value || 'error' in value) && !('method' in value)
}

/** True when the server asks the client for something and waits for an answer. */
export function isServerRequest(value: unknown): value is Message & { method: string; id: unknown } {
  return isObject(value) && typeof value.method === 'string' && 'id' in value
}

/** True when the server tells the client something and waits for nothing. */
export function isNotification(value: unknown): value is Message & { method: string } {
  return isObject(value) && typeof value.method === 'string' && !('id' in value)
}

/** JSON that is nested deeper is not read: no protocol needs it, and walking it would exhaust the stack. */
const mostLevels = 500

/** Nor is JSON with more objects and lists, or more members, than this: in memory it takes many times its length. */
const mostContainers = 200_000
const mostMembers = 600_000

/** Parses JSON; `undefined` (which JSON cannot express) stands for text that is not JSON, or is nested more than 500 levels deep or of too many parts. */
export function parseJson(text: string): unknown {
  return text.length > 2 * mostLevels && isTooMuch(text) ? undefined : parseAnyDepth(text)
}

/** The same for whoever does not walk what it parses. */
export function parseAnyDepth(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isTooMuch(text: string): boolean {
  let [level, containers, members, quoted] = [0, 0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5c && quoted) at++
    else if (code === 0x22) quoted = !quoted
    else if (quoted) continue
    else if (code === 0x5b || code === 0x7b) {
      if (++level > mostLevels || ++containers > mostContainers) return true
    } else if (code === 0x5d || code === 0x7d) level--
    else if (code === 0x2c && ++members > mostMembers) return true
  }
  return false
}
