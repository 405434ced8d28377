import { metaKey } from '../protocol/modern.js'
import { mirroredValue } from './header-value.js'
import type { HeaderList } from './headers.js'
import { isObject, parseJson } from './jsonrpc.js'
import type { ToolHeaders } from './tool-headers.js'

/** What a body shows of its message, as far as headers mirror it. */
export interface Shown {
  method?: string
  params?: Record<string, any>
}

/** Requests whose name or URI is mirrored into Mcp-Name. */
const named = new Set(['tools/call', 'resources/read', 'prompts/get'])

/** The message of a body, of a batch the first one; of a body that is no JSON the method its text shows, or one that every server has. */
export function shownIn(body: string | Buffer | Buffer[]): Shown {
  const text = Array.isArray(body) ? Buffer.concat(body).toString() : body.toString()
  const value = parseJson(text)
  const message: unknown = Array.isArray(value) ? value[0] : value
  if (!isObject(message)) return { method: /"method"\s*:\s*"([\w/.-]+)"/.exec(text)?.[1] ?? 'server/discover' }
  return {
    ...(typeof message.method === 'string' ? { method: message.method } : {}),
    ...(isObject(message.params) ? { params: message.params } : {}),
  }
}

/**
 * The headers that mirror a body: the version its `_meta` names (else `version`), the method, the name or URI, and the arguments that
 * the tool wants in headers. Spec: 2026-07-28/basic/transports/streamable-http#request-metadata.
 */
export function mirroredHeaders({ method, params = {} }: Shown, version: string, tools: ToolHeaders): HeaderList {
  const told: unknown = params._meta?.[metaKey.protocolVersion]
  const headers: HeaderList = [['mcp-protocol-version', typeof told === 'string' ? told : version]]
  if (method === undefined) return headers
  headers.push(['mcp-method', method])
  const name: unknown = method === 'resources/read' ? params.uri : params.name
  if (typeof name !== 'string' || !named.has(method)) return headers
  headers.push(['mcp-name', mirroredValue(name)])
  if (method === 'tools/call') headers.push(...tools.of(name, params.arguments))
  return headers
}
