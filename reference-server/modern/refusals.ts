import type { RequestId } from '@modelcontextprotocol/sdk/types.js'
import { Refusal } from '../http/refusal.js'
import { CODE } from '../protocol/error.js'
import { MODERN_REVISION } from '../protocol/revisions.js'

/** 400 and -32020: a header that is missing, malformed, or says something else than the body (headers-failure-code-32020). */
export function headerMismatch(id: RequestId, message: string): Refusal {
  return new Refusal(400, CODE.headerMismatch, message, { id })
}

/** 400 and -32602: a request without what every request has to carry (versioning-meta-missing-http-400). */
export function malformed(id: RequestId, message: string): Refusal {
  return new Refusal(400, CODE.invalidParams, message, { id })
}

/** 400 and -32022 with what is supported (versioning-unsupported-lists-supported). */
export function unsupportedVersion(id: RequestId, requested: string): Refusal {
  const data = { supported: [MODERN_REVISION], requested }
  return new Refusal(400, CODE.unsupportedVersion, `Unsupported protocol version, supported is ${MODERN_REVISION}`, {
    id,
    data,
  })
}

/** 404 and -32601, naming the version, since a client that sent initialize learns it nowhere else (transport-unknown-method-404). */
export function unknownMethod(id: RequestId): Refusal {
  const data = { supported: [MODERN_REVISION] }
  return new Refusal(404, CODE.methodNotFound, `Method not found in ${MODERN_REVISION}`, { id, data })
}
