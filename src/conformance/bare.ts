import { metaKey } from '../protocol/modern.js'
import { mirroredValue } from '../wire/header-value.js'
import type { HeaderList } from '../wire/headers.js'
import { type Call, isObject, request } from '../wire/jsonrpc.js'
import { clientInfo } from '../wire/session.js'
import type { Client } from './client.js'
import { namedMethods, nameOf } from './served-calls.js'

/** A request with the headers it needs beside Accept and Content-Type, for sending it outside any session. */
export interface BareCall {
  message: Call
  headers: HeaderList
}

/** A request of the client's revision as it goes over the wire: before 2026-07-28 as it is, since then with `_meta` and mirrored headers. */
export function bareCall(client: Client, method: string, params?: Record<string, unknown>): BareCall {
  if (!client.modern) return { message: request(method, params), headers: [] }
  const _meta = {
    [metaKey.protocolVersion]: client.revision,
    [metaKey.clientInfo]: clientInfo,
    [metaKey.clientCapabilities]: {},
    ...(isObject(params?._meta) ? params._meta : {}),
  }
  const headers: HeaderList = [
    ['MCP-Protocol-Version', client.revision],
    ['Mcp-Method', method],
  ]
  if (namedMethods.test(method)) headers.push(['Mcp-Name', mirroredValue(nameOf({ method, params: params ?? {} }))])
  return { message: request(method, { ...params, _meta }), headers }
}

/** The first request of a client: initialize, or server/discover. */
export function bareHello(client: Client): BareCall {
  if (client.modern) return bareCall(client, 'server/discover')
  const params = { protocolVersion: client.revision, capabilities: {}, clientInfo }
  return { message: request('initialize', params), headers: [] }
}
