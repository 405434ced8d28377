import { InitializeRequestParamsSchema, type JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import { CODE } from '../protocol/error.js'
import { negotiate } from '../protocol/revisions.js'
import { Refusal } from './refusal.js'

/**
 * An initialize request with the revision that will be agreed on in place of the one asked for, since the SDK primes
 * the stream by the latter. -32602 for unfit params, which the SDK takes for some other method and answers with
 * "Server not initialized".
 */
export function withAgreedRevision(request: JSONRPCRequest): JSONRPCRequest {
  const params = InitializeRequestParamsSchema.safeParse(request.params)
  if (!params.success) {
    const message = 'initialize needs protocolVersion, capabilities and clientInfo'
    throw new Refusal(400, CODE.invalidParams, message, { id: request.id })
  }
  return { ...request, params: { ...params.data, protocolVersion: negotiate(params.data.protocolVersion) } }
}
