import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import { Refusal } from '../http/refusal.js'
import { CODE } from '../protocol/error.js'
import { findTool } from '../weather/tools/index.js'
import type { ClientCapabilities } from './envelope.js'

/** Whether forms may be sent: `{}` means forms, and naming only another mode means none (elicitation-mode-supported). */
function takesForms({ elicitation }: ClientCapabilities): boolean {
  return elicitation !== undefined && (elicitation.form !== undefined || Object.keys(elicitation).length === 0)
}

/**
 * 400 and -32021 for a tool that has to ask, called by a client that declares no forms in this very request
 * (versioning-missing-capability-error, versioning-capabilities-not-inferred). Before anything is answered: once the
 * stream is open, the SDK could only send the error with status 200.
 */
export function requireCapabilities(request: JSONRPCRequest, declared: ClientCapabilities): void {
  const name = request.method === 'tools/call' ? request.params?.name : undefined
  if (typeof name !== 'string' || !findTool(name, true)?.asks || takesForms(declared)) return
  const data = { requiredCapabilities: { elicitation: { form: {} } } }
  throw new Refusal(400, CODE.missingCapability, 'This tool needs the client capability elicitation.form', {
    id: request.id,
    data,
  })
}
