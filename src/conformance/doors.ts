import type { HeaderChanges, HeaderList } from '../wire/headers.js'
import { isObject, notification, request } from '../wire/jsonrpc.js'
import type { Identity } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import type { Payload, Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, describe, expectRefused, expectStatus, notTestable, Violation } from './expect.js'
import { withToken } from './given.js'

/** Statuses that are as right as 401 in some place; `any` stands for every 4xx. */
type Also = readonly number[] | 'any'

/** One way into a server that asks for credentials. */
export interface Door {
  name: string
  /** Other right refusals at this door, as 405 where the method is not offered. */
  also: Also
  knock(identity: Identity, headers?: HeaderChanges): Promise<Reply>
}

/** Somebody who must not get in: a name for messages and what the requests carry. */
export interface Visitor {
  name: string
  identity: Identity
  headers?: HeaderChanges
  /** Other right refusals for this visitor, as 400 for a malformed header. */
  also?: readonly number[]
}

/** Who comes with nothing. */
export const stranger: Visitor = { name: 'without credentials', identity: 'none' }

/** The headers of a visitor that shows `token` where the good one travels (Authorization: Bearer where none was given). */
export function bearing(client: Client, token: string): HeaderList {
  return withToken(client.given.credential ?? { header: 'authorization', scheme: 'Bearer', token }, token)
}

/** Visitors that show each of these tokens; the good one itself is left out. */
export function visitors(client: Client, tokens: Record<string, string>): Visitor[] {
  const scheme = client.given.credential?.scheme ?? 'Bearer'
  const also =
    client.given.credential?.header.toLowerCase() === 'authorization' && !/^bearer$/i.test(scheme) ? [400] : []
  const bad = Object.entries(tokens).filter(([, token]) => token !== '' && token !== client.given.credential?.token)
  return bad.map(([name, token]) => ({ name: `with ${name}`, identity: bearing(client, token), also }))
}

/** The check's own session, opened with the good token; the control of every check that knocks at inner doors. */
export async function signedIn(client: Client): Promise<Session> {
  const session = await client.session()
  assume(isObject(session.opening.response?.result), 'initialize with the good token is answered', session.opening)
  return session
}

/** Where everybody starts: POST initialize, or the GET of HTTP+SSE. */
export function entrance(client: Client): Door {
  if (client.facts.transport === 'http+sse') return { ...streamDoor(client), also: [] }
  return {
    name: 'POST initialize',
    also: [],
    knock: async (identity, headers = {}) => (await client.open({ identity, headers, initialized: false })).opening,
  }
}

/** A message posted in a live session. */
export function messageDoor(session: Session, name: string, payload: () => Payload): Door {
  return {
    name: `POST ${name}`,
    also: [],
    knock: (identity, headers = {}) => session.post(payload(), headers, { identity }),
  }
}

/** The GET stream, in the session when one is given. */
export function streamDoor(client: Client, session?: Session): Door {
  const offered = client.facts.getStream || client.facts.transport === 'http+sse'
  return {
    name: 'GET of the event stream',
    also: offered && (session || client.facts.transport === 'http+sse') ? [] : 'any',
    knock: (identity, headers = {}) =>
      session
        ? session.get(headers, { identity })
        : client.http({ headers: { accept: 'text/event-stream', ...headers }, identity }),
  }
}

/** Every request that the server's capabilities allow, harmless by its arguments. */
export function requestDoors(client: Client, session: Session): Door[] {
  const { capabilities } = client.facts
  const canary = client.canary()
  const ref = { type: 'ref/prompt', name: canary }
  const calls: [string, Record<string, unknown> | undefined, unknown][] = [
    ['ping', undefined, true],
    ['tools/list', undefined, capabilities.tools],
    ['tools/call', { name: canary, arguments: {} }, capabilities.tools],
    ['resources/list', undefined, capabilities.resources],
    ['resources/templates/list', undefined, capabilities.resources],
    ['resources/read', { uri: `gauntlet-canary:///${canary}` }, capabilities.resources],
    ['prompts/list', undefined, capabilities.prompts],
    ['prompts/get', { name: canary }, capabilities.prompts],
    ['completion/complete', { ref, argument: { name: 'x', value: '' } }, capabilities.completions],
    ['logging/setLevel', { level: 'info' }, capabilities.logging],
    [`gauntlet/${canary}`, undefined, true],
  ]
  const offered = calls.filter(([, , capability]) => capability)
  return offered.map(([method, params]) => messageDoor(session, method, () => request(method, params)))
}

/** What a client posts without waiting for an answer: a notification, and a response. */
export function oneWayDoors(session: Session): Door[] {
  return [
    messageDoor(session, 'notifications/initialized', () => notification('notifications/initialized')),
    messageDoor(session, 'a response', () => ({ jsonrpc: '2.0', id: 'gauntlet-nothing', result: {} })),
  ]
}

/** The doors that show most: the entrance, one list and one call in a live session, and the stream. Without credentials the entrance alone. */
export async function mainDoors(client: Client): Promise<Door[]> {
  if (!client.given.credential) return [entrance(client)]
  const session = await signedIn(client)
  const inner = requestDoors(client, session).filter((door) => /ping$|tools\/(list|call)$/.test(door.name))
  const stream = client.facts.getStream && client.facts.transport !== 'http+sse' ? [streamDoor(client, session)] : []
  return [entrance(client), ...inner, ...stream]
}

/** What a reply gives away, or undefined: a result, a stream, or a session. */
export function entryOf(reply: Reply): string | undefined {
  if (reply.messages.some((message) => isObject(message) && 'result' in message)) return 'a JSON-RPC result'
  if (reply.ok && reply.isStream) return 'an event stream'
  if (reply.ok && reply.header('mcp-session-id')) return 'a session'
  return undefined
}

/** Nobody was let in, whatever the status. Closes the reply. */
export function expectNoEntry(reply: Reply, what: string): void {
  reply.close()
  const entry = entryOf(reply)
  if (entry) throw new Violation(`${what} got ${entry}`, 'a refusal', describe(reply))
}

/** The visitor was refused with 401 (or what is as right there), and nothing else came. A 429 is a refusal too. */
export function expectShut(client: Client, reply: Reply, what: string, also: Also = []): void {
  expectNoEntry(reply, what)
  if (reply.status === 429) return
  // 2024-11-05 has no page on authorization: there any refusal is right.
  if (also === 'any' || client.revision < '2025-03-26') return expectRefused(reply, what)
  expectStatus(reply, [401, ...also], what)
}

/** None of the visitors gets through any of the doors. */
export async function expectAllShut(client: Client, doors: readonly Door[], guests: readonly Visitor[]): Promise<void> {
  expectGuarded(client)
  for (const guest of guests) {
    const replies = await Promise.all(doors.map((door) => door.knock(guest.identity, guest.headers)))
    for (const [index, door] of doors.entries()) {
      const also = door.also === 'any' ? 'any' : [...door.also, ...(guest.also ?? [])]
      expectShut(client, replies[index]!, `${door.name} ${guest.name}`, also)
    }
  }
}

/** Ends the check where everybody is served without credentials: bad ones prove nothing there. */
export function expectGuarded(client: Client): void {
  if (client.facts.auth.open)
    notTestable(
      'anybody is served without credentials, so bad ones prove nothing: see auth/initialize-needs-credentials',
    )
}

/** One request with a target that no URL parser has touched. The headers are all it carries beside Host and framing. */
export function knockAt(
  client: Client,
  method: string,
  target: string,
  headers: HeaderList,
  body = '',
): Promise<Reply> {
  const { host } = new URL(client.facts.url)
  const all: HeaderList = [['Host', host], ['Connection', 'close'], ...headers]
  if (body) all.push(['Content-Type', 'application/json'], ['Content-Length', String(Buffer.byteLength(body))])
  const head = [`${method} ${target} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)]
  return client.raw([`${head.join('\r\n')}\r\n\r\n${body}`], { timeoutMs: Math.min(client.timeoutMs, 2000) })
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
