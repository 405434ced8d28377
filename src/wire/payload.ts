import { isObject } from './jsonrpc.js'
import type { Reply } from './reply.js'
import type { Payload } from './session.js'

/** True for a JSON-RPC batch, false for a body given in pieces. */
export function isMessageBatch(payload: unknown): boolean {
  return Array.isArray(payload) && !payload.some((part) => Buffer.isBuffer(part))
}

/** A payload as the bytes of a body: text and bytes as they are, everything else as JSON. */
export function bodyOf(payload: Payload): string | Buffer | Buffer[] {
  const plain = typeof payload === 'string' || Buffer.isBuffer(payload) || Array.isArray(payload)
  return plain && !isMessageBatch(payload) ? (payload as string | Buffer | Buffer[]) : JSON.stringify(payload)
}

/** How many responses a payload asks for; a payload that is no JSON may still be answered with one error. */
export function expectedResponses(payload: Payload): number {
  if (Array.isArray(payload))
    return isMessageBatch(payload) ? payload.filter((one) => isObject(one) && 'method' in one && 'id' in one).length : 1
  if (!isObject(payload)) return 1
  return 'id' in payload || !('method' in payload) ? 1 : 0
}

/** A test whether as many responses have come as are waited for. */
export function hasResponses(count: number): (reply: Reply) => boolean {
  return (reply) =>
    count > 0 && reply.messages.filter((one) => isObject(one) && ('result' in one || 'error' in one)).length >= count
}

/** The pieces of a body, with a pause after each, so that they arrive one by one. */
export async function* inPieces(parts: Buffer[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    yield part
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
