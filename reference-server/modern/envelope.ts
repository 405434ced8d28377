import { ImplementationSchema, type JSONRPCRequest, LoggingLevelSchema } from '@modelcontextprotocol/sdk/types.js'
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import { MODERN_REVISION } from '../protocol/revisions.js'
import { headerMismatch, malformed, unsupportedVersion } from './refusals.js'

const anything = z.looseObject({})
const capabilitiesSchema = z.looseObject({
  experimental: z.record(z.string(), anything).optional(),
  roots: anything.optional(),
  sampling: z.looseObject({ context: anything.optional(), tools: anything.optional() }).optional(),
  elicitation: z.looseObject({ form: anything.optional(), url: anything.optional() }).optional(),
  extensions: z.record(z.string(), anything).optional(),
})

const FIELDS: readonly [key: string, schema: z.ZodType, required: boolean][] = [
  [CLIENT_CAPABILITIES_META_KEY, capabilitiesSchema, true],
  [CLIENT_INFO_META_KEY, ImplementationSchema, false],
  [LOG_LEVEL_META_KEY, LoggingLevelSchema, false],
]

/** What a client declares in a request for this request alone. */
export type ClientCapabilities = z.infer<typeof capabilitiesSchema>

function versionOf(request: JSONRPCRequest, header: string | undefined): void {
  const { id, method, params } = request
  const claimed = params?._meta?.[PROTOCOL_VERSION_META_KEY]
  if (claimed === undefined) {
    // An old client's handshake: it will hear of the version in this answer or nowhere (versioning-initialize-error-names-versions).
    const asked = method === 'initialize' ? (params?.protocolVersion ?? header) : header
    if (typeof asked === 'string' && asked !== MODERN_REVISION) throw unsupportedVersion(id, asked)
  }
  if (header === undefined)
    throw headerMismatch(id, `MCP-Protocol-Version is required, supported is ${MODERN_REVISION}`)
  if (typeof claimed !== 'string') throw malformed(id, `_meta needs ${PROTOCOL_VERSION_META_KEY}`)
  if (header !== claimed) throw headerMismatch(id, 'MCP-Protocol-Version and _meta name different versions')
  if (claimed !== MODERN_REVISION) throw unsupportedVersion(id, claimed)
}

/**
 * Checks what every request says of itself: its version in header and _meta, the client's capabilities, and name and log
 * level where given (versioning-meta-version-required, logging-invalid-meta-level-32602). Gives the capabilities. The SDK
 * would take a request without header for one of an older revision, and answers some of these with the raw schema report.
 */
export function readEnvelope(request: JSONRPCRequest, versionHeader: string | undefined): ClientCapabilities {
  versionOf(request, versionHeader)
  const meta = request.params?._meta ?? {}
  for (const [key, schema, required] of FIELDS) {
    if (meta[key] === undefined && !required) continue
    if (!schema.safeParse(meta[key]).success) throw malformed(request.id, `_meta has no valid ${key}`)
  }
  return meta[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities
}
