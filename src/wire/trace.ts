import type { HeaderChanges } from './headers.js'
import { isNotification, isObject, isOneOff } from './jsonrpc.js'
import type { Reply } from './reply.js'
import type { Payload, SendOptions } from './session.js'

/**
 * What an exchange may have left behind in its session: nothing, where an ordinary request was served; nothing that a good server
 * would keep, where the request was refused or odd in its headers alone; or something.
 */
export type Trace = 'none' | 'doubt' | 'some'

const ordinary = new Set([
  'ping',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
  'completion/complete',
])

/** Judges the trace of a POST whose answer has begun; `idle` when nothing else was under way in its session. */
export function traceOf(
  payload: Payload,
  headers: HeaderChanges,
  options: SendOptions,
  reply: Reply,
  idle: boolean,
): Trace {
  const refused = reply.status >= 400 && reply.status < 500
  // With nothing under way there is nothing that a notification could be about.
  if (!isOrdinary(payload)) return refused || (idle && isNotification(payload)) ? 'doubt' : 'some'
  const plain = Object.keys(headers).length === 0 && options.identity === undefined
  if (reply.ok) return plain ? 'none' : 'doubt'
  return refused ? 'doubt' : 'some'
}

function isCall(payload: unknown): payload is { method: string; id?: unknown } {
  return isObject(payload) && typeof payload.method === 'string'
}

/** A request that changes nothing and has an id of its own, a method that no server has, or the notification that every client sends. */
function isOrdinary(payload: Payload): boolean {
  if (!isCall(payload)) return false
  if (payload.method === 'notifications/initialized') return true
  return isOneOff(payload.id) && (ordinary.has(payload.method) || payload.method.startsWith('gauntlet'))
}
