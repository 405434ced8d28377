import { isObject, isResponse } from '../wire/jsonrpc.js'
import type { Received } from '../wire/session.js'
import type { Client } from './client.js'
import { notApplicable } from './expect.js'
import type { Fault } from './fault.js'
import { ableReceived } from './tool-effects.js'

/** The code of the error that says which URLs the user must visit first. Spec: 2025-11-25/client/elicitation#url-elicitation-required-error. */
const urlElicitationRequired = -32042

/** Such an error. */
export interface RequiredElicitations {
  data: unknown
  /** The entries of its list; none where there is no list. */
  entries: unknown[]
  /** Whether the client that got it had declared that it can open URLs. */
  declared: boolean
}

/** Each such error that named tools gave to a client without capabilities and to one that can open URLs. Ends the check where there is none. */
export async function requiredElicitations(client: Client): Promise<RequiredElicitations[]> {
  const found = [
    ...errorsAmong(await ableReceived(client), true),
    ...errorsAmong((await client.survey()).received, false),
  ]
  if (found.length === 0) notApplicable('no named tool wants an elicitation first')
  return found
}

function errorsAmong(received: readonly Received[], declared: boolean): RequiredElicitations[] {
  return received.flatMap(({ message }) => {
    if (!isResponse(message) || message.error?.code !== urlElicitationRequired) return []
    const { data } = message.error
    return [{ data, entries: isObject(data) && Array.isArray(data.elicitations) ? data.elicitations : [], declared }]
  })
}

/** A fault: tools want elicitations first, and these are listed. */
export function requiresElicitations(elicitations: unknown): Fault {
  return {
    message(message, { call }) {
      if (call?.method !== 'tools/call' || !('result' in message)) return undefined
      const error = { code: urlElicitationRequired, message: 'visit the URLs first', data: { elicitations } }
      return { jsonrpc: '2.0', id: message.id, error }
    },
  }
}
