import {
  type JSONRPCMessage,
  JSONRPCMessageSchema,
  type JSONRPCRequest,
  RELATED_TASK_META_KEY,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js'
import { CODE } from '../protocol/error.js'
import type { Revision } from '../protocol/revisions.js'
import { Refusal } from './refusal.js'

const LARGEST_BATCH = 100

type Json = Record<string, unknown>

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function idOf(value: Json): RequestId | undefined {
  return typeof value.id === 'string' || Number.isSafeInteger(value.id) ? (value.id as RequestId) : undefined
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The JSON value of a body; -32700 for bytes that are no UTF-8 or no JSON (jsonrpc-parse-error-code). */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    throw new Refusal(400, CODE.parse, 'Parse error')
  }
}

/** Whether a message asks for a response. */
export function isRequest(message: JSONRPCMessage): message is JSONRPCRequest {
  return 'method' in message && 'id' in message
}

/** The id of the request that a message cancels, undefined if it cancels none. */
export function cancelledBy(message: JSONRPCMessage): RequestId | undefined {
  if (!('method' in message) || isRequest(message) || message.method !== 'notifications/cancelled') return undefined
  return message.params && idOf({ id: message.params.requestId })
}

// The SDK fails a call that asks for a task; a server without the tasks capability has to run it plainly instead.
function withoutTask(params: Json): Json {
  const { task: _, _meta, ...rest } = params
  if (!isObject(_meta)) return { ...rest, ...(_meta !== undefined && { _meta }) }
  const { [RELATED_TASK_META_KEY]: __, ...meta } = _meta
  return { ...rest, _meta: meta }
}

/**
 * Checks one message as JSON-RPC and as the SDK's schema want it, and rebuilds it from its known members. The SDK
 * answers whatever it cannot read with -32700 and `id: null`; here a broken envelope is -32600, params of the wrong
 * shape are -32602, and a readable id is echoed (jsonrpc-invalid-request-code).
 */
export function admit(value: unknown): JSONRPCMessage {
  const invalid = (id?: RequestId) => new Refusal(400, CODE.invalidRequest, 'Invalid request', { id })
  if (!isObject(value)) throw invalid()
  const id = idOf(value)
  if (value.jsonrpc !== '2.0' || ('id' in value && id === undefined && !('error' in value))) throw invalid(id)
  const answers = Number('result' in value) + Number('error' in value)
  let message: Json = { jsonrpc: '2.0', ...(id !== undefined && { id }) }
  if ('method' in value) {
    const { method, params } = value
    if (typeof method !== 'string' || answers > 0) throw invalid(id)
    if (params !== undefined && (typeof params !== 'object' || params === null)) throw invalid(id)
    message = { ...message, method, ...(isObject(params) ? { params: withoutTask(params) } : { params }) }
  } else {
    if (answers !== 1 || ('result' in value && id === undefined)) throw invalid(answers === 0 ? id : undefined)
    message = 'result' in value ? { ...message, result: value.result } : { ...message, error: value.error }
  }
  const parsed = JSONRPCMessageSchema.safeParse(message)
  if (parsed.success) return parsed.data
  throw 'method' in value ? new Refusal(400, CODE.invalidParams, 'Invalid params', { id }) : invalid()
}

/**
 * Checks a batch: only 2025-03-26 has batches (jsonrpc-batch-receive), with no initialize in them, no id twice and
 * nothing broken; -32600 otherwise. The SDK takes batches in every revision.
 */
export function admitBatch(values: readonly unknown[], revision: Revision): JSONRPCMessage[] {
  const refusal = (message: string) => new Refusal(400, CODE.invalidRequest, message)
  if (revision !== '2025-03-26') throw refusal(`There are no batches in revision ${revision}`)
  if (values.length === 0 || values.length > LARGEST_BATCH)
    throw refusal(`A batch holds 1 to ${LARGEST_BATCH} messages`)
  const messages = values.map((value) => {
    try {
      return admit(value)
    } catch {
      throw refusal('The batch holds an invalid message')
    }
  })
  if (messages.some((message) => 'method' in message && message.method === 'initialize'))
    throw refusal('initialize must not be part of a batch')
  const ids = messages.filter(isRequest).map((message) => message.id)
  if (new Set(ids).size < ids.length) throw refusal('The batch uses an id twice')
  return messages
}
