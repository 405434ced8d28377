import { isObject } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import type { Objection, Turn } from './types.js'

/** The one revision that is served. */
export const REVISION = '2026-07-28'
/** Keys of the per-request fields. */
export const KEY = {
  version: 'io.modelcontextprotocol/protocolVersion',
  client: 'io.modelcontextprotocol/clientInfo',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  level: 'io.modelcontextprotocol/logLevel',
  server: 'io.modelcontextprotocol/serverInfo',
  subscription: 'io.modelcontextprotocol/subscriptionId',
} as const

/** Log levels, mildest first. */
export const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency']

/** Who the server says it is. */
export const SERVER_INFO: Json = { name: 'ledger', version: '4.0.1', title: 'Ledger' }

const served = `this server speaks ${REVISION}`
const bad = (message: string): Objection => ({ code: -32602, message, data: { supported: [REVISION] } })

/** Looks for the required fields of `_meta`. */
export function metaFault({ meta }: Turn): Objection | undefined {
  if (typeof meta[KEY.version] !== 'string') return bad(`_meta names no protocol version; ${served}`)
  if (!isObject(meta[KEY.capabilities])) return bad(`_meta names no client capabilities; ${served}`)
  const client = meta[KEY.client]
  if (client !== undefined && !(isObject(client) && typeof client.name === 'string')) return bad('clientInfo is broken')
  const level = meta[KEY.level]
  if (level !== undefined && !LEVELS.includes(String(level))) return bad('there is no such log level')
  const token = meta.progressToken
  if (token === undefined || typeof token === 'string' || Number.isInteger(token)) return undefined
  return bad('a progress token is a string or an integer')
}

/** True when the caller takes elicitations in form mode. */
export function takesForms({ meta }: Pick<Turn, 'meta'>): boolean {
  const capabilities = meta[KEY.capabilities]
  const elicitation = isObject(capabilities) ? capabilities.elicitation : undefined
  return isObject(elicitation) && (Object.keys(elicitation).length === 0 || isObject(elicitation.form))
}
