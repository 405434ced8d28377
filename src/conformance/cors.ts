import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { bareHello } from './bare.js'
import type { Client } from './client.js'
import { notApplicable } from './expect.js'
import type { Fault, FaultReply, FaultRequest } from './fault.js'

/** What a page of another origin gets from a server that answers browsers. */
export interface CrossOrigin {
  origin: string
  preflight: Reply
  /** The answer to the first request of a client. */
  hello: Reply
}

/** Header fields that a browser's client of each kind sends and that need leave; in small letters. */
export function sentHeaders(client: Client): string[] {
  const common = ['content-type', 'mcp-protocol-version']
  const credential = client.given.credential ? [client.given.credential.header.toLowerCase()] : []
  if (client.modern) return [...common, 'mcp-method', 'mcp-name', ...credential]
  return [...common, ...(client.facts.sessions ? ['mcp-session-id'] : []), ...credential]
}

/** A page that may be meant to use the server: one elsewhere, and the inspector of this machine. */
const origins = ['https://gauntlet.example', 'http://localhost:6274']

/**
 * Asks as a browser would, once per run and revision: preflight, then the first request. Ends the check where the server answers no browser of
 * another origin, which is its right.
 */
export async function crossOrigin(client: Client): Promise<CrossOrigin> {
  const found = await client.once('cross origin', ask)
  return found ?? notApplicable('the server answers no page of another origin (no CORS), which is its right')
}

async function ask(client: Client): Promise<CrossOrigin | undefined> {
  const asked = await Promise.all(origins.map((origin) => askFrom(client, origin)))
  const served = asked.find(({ origin, hello }) => hello.ok && allows(hello, origin))
  return served ?? asked.find(({ origin, preflight, hello }) => allows(preflight, origin) || allows(hello, origin))
}

async function askFrom(client: Client, origin: string): Promise<CrossOrigin> {
  const asking = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': sentHeaders(client).join(', '),
  }
  const preflight = await client.http({ method: 'OPTIONS', identity: 'none', headers: asking })
  return { origin, preflight, hello: await helloFrom(client, origin) }
}

async function helloFrom(client: Client, origin: string): Promise<Reply> {
  const { message, headers } = bareHello(client)
  const reply = await client.http({
    method: 'POST',
    headers: {
      origin,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...Object.fromEntries(headers),
    },
    body: JSON.stringify(message),
  })
  await reply.until((one) => isObject(one.response), client.timeoutMs)
  reply.close()
  const session = reply.header('mcp-session-id')
  if (session && reply.ok) await client.http({ method: 'DELETE', headers: { 'mcp-session-id': session } })
  return reply
}

/** True where a browser would show the answer to a page of that origin. */
export function allows(reply: Reply, origin: string): boolean {
  const allowed = reply.header('access-control-allow-origin')
  return allowed === '*' || allowed === origin
}

/** The names in a header that lists some, in small letters. */
export function listedIn(reply: Reply, header: string): string[] {
  return (reply.header(header) ?? '').split(',').map((name) => name.trim().toLowerCase())
}

/** A server that answers every page, but for what `change` breaks of it: for faults, since the clean server answers none. */
export function withCors(change: (reply: FaultReply, request: FaultRequest) => FaultReply): Fault {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers':
      'content-type, authorization, x-api-key, mcp-session-id, mcp-protocol-version, last-event-id, mcp-method, mcp-name',
    'access-control-expose-headers': 'mcp-session-id',
  }
  const dressed = (reply: FaultReply, request: FaultRequest) =>
    change({ ...reply, headers: { ...reply.headers, ...headers } }, request)
  return {
    request: (request) =>
      request.method === 'OPTIONS' ? dressed({ status: 204, headers: {}, body: '' }, request) : undefined,
    reply: (reply, request) => (request.headers.origin && reply.status !== 403 ? dressed(reply, request) : undefined),
  }
}
