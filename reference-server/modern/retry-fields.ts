import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import * as z from 'zod'
import { malformed } from './refusals.js'

const retryFields = z.looseObject({
  inputResponses: z.record(z.string(), z.looseObject({})).optional(),
  requestState: z.string().optional(),
})

/** -32602 for inputResponses or requestState of the wrong shape; the SDK takes such for none (mrtr-malformed-responses-error). */
export function checkRetryFields({ id, params }: JSONRPCRequest): void {
  if (!retryFields.safeParse(params ?? {}).success) throw malformed(id, 'inputResponses or requestState is malformed')
}
