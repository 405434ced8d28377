import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import { findTool } from '../weather/tools/index.js'

/** The scope that every MCP request needs. */
export const READ_SCOPE = 'weather:read'

/** All scopes there are. */
export const SCOPES: readonly string[] = [READ_SCOPE, 'weather:write']

/** The scopes that a token grants: writing implies reading (auth-scope-hierarchy). */
export function scopesOf(claim: string): Set<string> {
  const scopes = new Set(claim.split(' '))
  return scopes.has('weather:write') ? scopes.add(READ_SCOPE) : scopes
}

/** The scopes that a message needs: reading for all, and more for some tools. */
export function scopesFor(message: JSONRPCMessage): string[] {
  if (!('method' in message) || message.method !== 'tools/call') return [READ_SCOPE]
  const name = (message.params as { name?: unknown } | undefined)?.name
  const extra = typeof name === 'string' ? findTool(name, true)?.scope : undefined
  return extra === undefined ? [READ_SCOPE] : [READ_SCOPE, extra]
}
