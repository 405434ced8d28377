import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { MeasuredRequest } from './plan.js'
import { canaryOf, ids } from './request.js'

/** How measured requests are tried before the load: on a session, with or without its id. */
export interface Trial {
  session: Session
  /** True sends no session id, as a load without sessions will. */
  bare: boolean
}

/** Sends a measured request once, `{canary}` filled in. */
export function ask(
  { session, bare }: Trial,
  { method, params }: MeasuredRequest,
  canary = canaryOf(ids.last),
): Promise<Reply> {
  const filled =
    params && (JSON.parse(JSON.stringify(params).replaceAll('{canary}', canary)) as Record<string, unknown>)
  return session.request(method, filled, bare ? { headers: { 'mcp-session-id': null } } : {})
}

/** Why an answer is not what a load could measure, in a few words; undefined when it is. */
export function whyUnusable(reply: Reply): string | undefined {
  const message = reply.response
  if (reply.status === 0) return reply.error ? reply.error.message : 'no answer in time'
  if (message?.error !== undefined) return `error ${show(message.error.code)}: ${show(message.error.message)}`
  if (reply.status !== 200) return `HTTP ${reply.status}${reply.text ? `, ${show(reply.text)}` : ''}`
  if (!isObject(message?.result)) return `no result came${reply.ended === 'timeout' ? ' in time' : ''}`
  if (message.result.isError === true) return `isError: ${show(message.result.content?.[0]?.text ?? message.result)}`
  return undefined
}

/** True when the server understood the request and says that it is wrong: somebody has to ask otherwise. */
export function saysNo(reply: Reply): boolean {
  const message = reply.response
  return reply.status > 0 && (isObject(message?.error) || message?.result?.isError === true)
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'missing')
  return text.replace(/\s+/g, ' ').slice(0, 200)
}
