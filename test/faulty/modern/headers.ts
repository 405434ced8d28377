import { isObject } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import { KEY, REVISION } from './meta.js'
import type { Objection, Turn, Visit } from './types.js'

const CLEAN = /^[\t\x20-\x7e]*$/
const SENTINEL = /^=\?base64\?(.*)\?=$/s
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** An objection to a header. */
export function mismatch(message: string): Objection {
  return { code: -32020, message: `Header mismatch: ${message}` }
}

/** Value of a request header; twice the same header is one joined value. */
export function headerOf(visit: Visit, name: string): string | undefined {
  const value = visit.req.headers[name.toLowerCase()]
  return Array.isArray(value) ? value.join(', ') : value
}

/** Undoes the base64 form; undefined when the value is malformed. */
export function decodeValue(value: string): string | undefined {
  if (!CLEAN.test(value)) return undefined
  const packed = SENTINEL.exec(value)?.[1]
  if (packed === undefined) return value
  if (!BASE64.test(packed)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(packed, 'base64'))
  } catch {
    return undefined
  }
}

/** Checks MCP-Protocol-Version against `_meta`, then whether the version is served. */
export function versionFault({ visit, meta }: Turn): Objection | undefined {
  const sent = visit.world.policy.header(visit, 'MCP-Protocol-Version')
  const requested = meta[KEY.version]
  if (sent === undefined) return mismatch('MCP-Protocol-Version is missing')
  if (sent !== requested) return mismatch('MCP-Protocol-Version differs from the body')
  if (requested === REVISION) return undefined
  return { code: -32022, message: 'Unsupported protocol version', data: { supported: [REVISION], requested } }
}

/** Checks Mcp-Method. */
export function methodFault({ visit, method }: Turn): Objection | undefined {
  const sent = visit.world.policy.header(visit, 'Mcp-Method')
  if (sent === undefined) return mismatch('Mcp-Method is missing')
  return sent === method ? undefined : mismatch('Mcp-Method differs from the body')
}

/** The body value that Mcp-Name repeats; undefined where no name is due. */
export function namedIn({ method, params }: Pick<Turn, 'method' | 'params'>): string | undefined {
  const value = method === 'resources/read' ? params.uri : params.name
  const due = ['tools/call', 'prompts/get', 'resources/read'].includes(method)
  return due && typeof value === 'string' ? value : undefined
}

/** Checks Mcp-Name. */
export function nameFault(turn: Turn): Objection | undefined {
  const { policy } = turn.visit.world
  const name = namedIn(turn)
  if (name === undefined) return undefined
  const sent = policy.header(turn.visit, 'Mcp-Name')
  if (sent === undefined) return mismatch('Mcp-Name is missing')
  const plain = policy.decode(sent, turn.visit)
  if (plain === undefined) return mismatch('Mcp-Name is malformed')
  return plain === name ? undefined : mismatch('Mcp-Name differs from the body')
}

function same(type: unknown, header: string, value: unknown): boolean {
  if (type !== 'integer' || typeof value !== 'number') return header === String(value)
  return /^-?\d+(\.\d+)?$/.test(header) && Number(header) === value
}

/** Checks one Mcp-Param header. */
export function paramFault(turn: Turn, name: string, type: unknown, value: unknown): Objection | undefined {
  const { policy } = turn.visit.world
  const sent = policy.header(turn.visit, `Mcp-Param-${name}`)
  if (value === undefined || value === null) {
    return sent === undefined ? undefined : mismatch(`Mcp-Param-${name} repeats nothing`)
  }
  if (typeof value === 'object') return undefined
  if (sent === undefined) return mismatch(`Mcp-Param-${name} is missing`)
  const plain = policy.decode(sent, turn.visit)
  if (plain === undefined) return mismatch(`Mcp-Param-${name} is malformed`)
  return same(type, plain, value) ? undefined : mismatch(`Mcp-Param-${name} differs from the body`)
}

/** Walks the annotated parameters of an input schema with the arguments beside it. */
export function* annotated(schema: Json, given: unknown): Generator<{ name: string; type: unknown; value: unknown }> {
  const properties = isObject(schema.properties) ? schema.properties : {}
  for (const [key, rule] of Object.entries(properties)) {
    if (!isObject(rule)) continue
    const value = isObject(given) && Object.hasOwn(given, key) ? given[key] : undefined
    const name = rule['x-mcp-header']
    if (typeof name === 'string') yield { name, type: rule.type, value }
    yield* annotated(rule, value)
  }
}
