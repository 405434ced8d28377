import type { HeaderList } from '../wire/headers.js'
import type { Reply } from '../wire/reply.js'
import type { BareCall } from './bare.js'
import type { Client } from './client.js'

/** One request with a target that no URL parser has touched. The headers are all it carries beside Host and framing. */
export function knockAt(
  client: Client,
  method: string,
  target: string,
  headers: HeaderList,
  body = '',
  options: { timeoutMs?: number } = { timeoutMs: Math.min(client.timeoutMs, 2000) },
): Promise<Reply> {
  const { host } = new URL(client.facts.url)
  const all: HeaderList = [['Host', host], ['Connection', 'close'], ...headers]
  if (body) all.push(['Content-Type', 'application/json'], ['Content-Length', String(Buffer.byteLength(body))])
  const head = [`${method} ${target} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)]
  return client.raw([`${head.join('\r\n')}\r\n\r\n${body}`], options)
}

/** A message, or a bare request, posted by somebody without credentials to another spelling of a path; `id` is a live session's. */
export function strangerAt(
  client: Client,
  method: string,
  target: string,
  call?: BareCall,
  id?: string,
): Promise<Reply> {
  const headers: HeaderList = [['Accept', 'application/json, text/event-stream']]
  headers.push(...(client.modern ? (call?.headers ?? []) : ([['MCP-Protocol-Version', '2025-03-26']] as HeaderList)))
  if (id) headers.push(['Mcp-Session-Id', id])
  return knockAt(client, method, target, headers, call && JSON.stringify(call.message))
}

/** Other spellings of a path that routers and guards are known to read differently. */
export function spellingsOf(path: string): string[] {
  const cut = path.lastIndexOf('/') + 1
  const [folder, name] = [path.slice(0, cut), path.slice(cut)]
  const first = name ? `%${name.charCodeAt(0).toString(16)}${name.slice(1)}` : '%2e'
  const all = [
    `${path}/`,
    `/${path}`,
    `${path}//`,
    `${path}?x=1`,
    `${path};x=1`,
    `${path}%2f`,
    `${path}%20`,
    `${path}.`,
    `${path}%00`,
  ]
  all.push(
    path.toUpperCase(),
    `${folder}${first}`,
    `${folder}./${name}`,
    `${folder}%2e/${name}`,
    `${folder}x/../${name}`,
    `${folder}x/%2e%2e/${name}`,
  )
  return [...new Set(all)].filter((one) => one !== path)
}
