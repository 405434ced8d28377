import { isObject, isResponse } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { notApplicable } from './expect.js'
import type { Fault } from './fault.js'
import { ableReceived } from './tool-effects.js'

/** The code of the error that says which URLs the user must visit first. Spec: 2025-11-25/client/elicitation#url-elicitation-required-error. */
const urlElicitationRequired = -32042

/** The `data` of each such error that named tools gave to a client without capabilities and to one that can open URLs. Ends the check where there is none. */
export async function requiredElicitations(client: Client): Promise<unknown[]> {
  const received = [...(await client.survey()).received, ...(await ableReceived(client))]
  const errors = received.flatMap(({ message }) =>
    isResponse(message) && message.error?.code === urlElicitationRequired ? [message.error] : [],
  )
  if (errors.length === 0) notApplicable('no named tool wants an elicitation first')
  return errors.map(({ data }) => data)
}

/** The entries of the list in such `data`; none where there is no list. */
export function entriesOf(data: unknown): unknown[] {
  return isObject(data) && Array.isArray(data.elicitations) ? data.elicitations : []
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
