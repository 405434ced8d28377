import type { IncomingHttpHeaders } from 'node:http'
import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import { findTool } from '../weather/tools/index.js'
import { decodeHeaderValue } from './header-value.js'
import { mirroredParams } from './mirrored-params.js'
import { headerMismatch } from './refusals.js'

/** The member of params that Mcp-Name repeats, by method. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
])

/** Reads a header that may be encoded; -32020 for one that cannot be (headers-param-invalid-chars-rejected). */
function decoded(headers: IncomingHttpHeaders, name: string, request: JSONRPCRequest): string | undefined {
  const raw = headers[name.toLowerCase()]
  if (raw === undefined) return undefined
  const value = decodeHeaderValue(String(raw))
  if (value === undefined)
    throw headerMismatch(request.id, `${name} holds characters or base64 that no header may have`)
  return value
}

/** Mcp-Method is required and compared as it is (headers-values-case-sensitive). */
export function checkMethodHeader(request: JSONRPCRequest, headers: IncomingHttpHeaders): void {
  const named = headers['mcp-method']
  if (named === undefined) throw headerMismatch(request.id, 'Mcp-Method is required')
  if (named !== request.method) throw headerMismatch(request.id, 'Mcp-Method names another method than the body')
}

/** Mcp-Name is required for three methods, and compared decoded (headers-name-required, headers-name-mismatch-rejected). */
export function checkNameHeader(request: JSONRPCRequest, headers: IncomingHttpHeaders): void {
  const member = NAMED.get(request.method)
  if (member === undefined) return
  const named = decoded(headers, 'Mcp-Name', request)
  if (named === undefined) throw headerMismatch(request.id, `Mcp-Name is required for ${request.method}`)
  const inBody = request.params?.[member]
  // A body without a name is malformed in itself, and refused as that by its method.
  if (typeof inBody === 'string' && named !== inBody)
    throw headerMismatch(request.id, `Mcp-Name and params.${member} differ`)
}

/** True for 42.0 and 42 (headers-param-integer-numeric). */
function sameNumber(header: string, value: unknown): boolean {
  return typeof value === 'number' && /^-?\d+(\.\d+)?$/.test(header) && Number(header) === value
}

/**
 * Compares Mcp-Param-* with the arguments that the tool has mirrored; the SDK does so for its own kind of tools only. An
 * argument that is absent or null has no header (headers-param-null-not-expected); a header without argument is refused,
 * since whoever routed by it believed in a value that the tool will not see.
 */
export function checkParamHeaders(request: JSONRPCRequest, headers: IncomingHttpHeaders): void {
  const { name, arguments: args } = request.params ?? {}
  const tool = request.method === 'tools/call' && typeof name === 'string' ? findTool(name, true) : undefined
  for (const { header, path, isNumber } of tool ? mirroredParams(tool.inputSchema) : []) {
    const said = decoded(headers, header, request)
    const value = path.reduce<unknown>((node, key) => (node as Record<string, unknown> | null | undefined)?.[key], args)
    // What is neither absent nor primitive has no form in a header; the tool's schema refuses it.
    if (typeof value === 'object' && value !== null) continue
    const present = value !== undefined && value !== null
    if (present && said === undefined) throw headerMismatch(request.id, `${header} is required with its argument`)
    if (said === undefined) continue
    if (!present) throw headerMismatch(request.id, `${header} has no argument in the body`)
    if (said !== String(value) && !(isNumber && sameNumber(said, value)))
      throw headerMismatch(request.id, `${header} and its argument differ`)
  }
}
