import type { IncomingHttpHeaders } from 'node:http'
import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import { requireCapabilities } from './capabilities.js'
import { readEnvelope } from './envelope.js'
import { isMethod } from './methods.js'
import { checkMethodHeader, checkNameHeader, checkParamHeaders } from './mirrored-headers.js'
import { unknownMethod } from './refusals.js'
import { checkRetryFields } from './retry-fields.js'

/**
 * Everything that a request has to be before it is answered, in an order that gives the most telling refusal first. All
 * refusals with an HTTP status of their own are made here, since a stream that has begun says 200.
 */
export function admitRequest(request: JSONRPCRequest, headers: IncomingHttpHeaders): void {
  const version = headers['mcp-protocol-version']
  const capabilities = readEnvelope(request, typeof version === 'string' ? version : undefined)
  checkMethodHeader(request, headers)
  if (!isMethod(request.method)) throw unknownMethod(request.id)
  checkNameHeader(request, headers)
  checkParamHeaders(request, headers)
  checkRetryFields(request)
  requireCapabilities(request, capabilities)
}
