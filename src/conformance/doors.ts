import type { Revision } from '../protocol/revisions.js'
import type { HeaderChanges, HeaderList } from '../wire/headers.js'
import { isObject, notification, request } from '../wire/jsonrpc.js'
import type { Identity } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import type { Payload, Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, describe, expectRefused, expectStatus, notTestable, Violation } from './expect.js'
import { withToken } from './given.js'
import { unmet } from './needs.js'

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

/**
 * For checks of what must stay shut: the pages on authorization begin with 2025-03-26, but the security guide of every revision asks
 * servers with authorization to verify every request. What status a refusal has is judged from 2025-03-26 on.
 */
export const everyRevision: { first: Revision } = { first: '2024-11-05' }

/** Who comes with nothing. */
export const stranger: Visitor = { name: 'without credentials', identity: 'none' }

/** The two who try every door: the stranger, and somebody with a token that nobody issued. */
export function intruders(client: Client): Visitor[] {
  return [stranger, { name: 'with a garbage token', identity: bearing(client, client.canary('gk')), also: [400] }]
}

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

/** True when anything shows that the server takes OAuth tokens. */
export function usesOauth(client: Client): boolean {
  return unmet(['oauth'], client.facts, client.given) === undefined
}

/** The check's own session, opened with the good token on a server that asks for one; the control of every check that knocks at inner doors. */
export async function signedIn(client: Client): Promise<Session> {
  expectGuarded(client)
  const session = await client.session()
  assume(
    isObject(session.opening.response?.result),
    'the first request with the good token is answered',
    session.opening,
  )
  return session
}

/** Where everybody starts: POST initialize, or the GET of HTTP+SSE. */
export function entrance(client: Client): Door {
  if (client.facts.transport === 'http+sse') return { ...streamDoor(client), also: [] }
  return {
    name: client.modern ? 'POST server/discover' : 'POST initialize',
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

/** A subscription of 2026-07-28. */
export function listenDoor(client: Client): Door {
  return {
    name: 'POST subscriptions/listen',
    also: [],
    knock: (identity, headers = {}) => client.listen({ toolsListChanged: true }, { identity, headers }),
  }
}

/** Every request that the server's capabilities allow, harmless by its arguments. */
export function requestDoors(client: Client, session: Session): Door[] {
  const { capabilities } = client.facts
  const canary = client.canary()
  const ref = { type: 'ref/prompt', name: canary }
  const calls: [string, Record<string, unknown> | undefined, unknown][] = [
    [client.plainMethod, undefined, true],
    ['tools/list', undefined, capabilities.tools],
    ['tools/call', { name: canary, arguments: {} }, capabilities.tools],
    ['resources/list', undefined, capabilities.resources],
    ['resources/templates/list', undefined, capabilities.resources],
    ['resources/read', { uri: `gauntlet-canary:///${canary}` }, capabilities.resources],
    ['prompts/list', undefined, capabilities.prompts],
    ['prompts/get', { name: canary }, capabilities.prompts],
    ['completion/complete', { ref, argument: { name: 'x', value: '' } }, capabilities.completions],
    ['logging/setLevel', { level: 'info' }, capabilities.logging && !client.modern],
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

/** The two doors that tell most: the entrance, and a list in a live session. Without credentials the entrance alone. */
export async function mainDoors(client: Client): Promise<Door[]> {
  if (!client.given.credential) return [entrance(client)]
  const session = await signedIn(client)
  const method = client.facts.capabilities.tools ? 'tools/list' : client.plainMethod
  return [entrance(client), messageDoor(session, method, () => request(method))]
}

/** The entrance and everything that can be posted in a live session. */
export async function everyDoor(client: Client): Promise<Door[]> {
  const session = await signedIn(client)
  return [entrance(client), ...requestDoors(client, session), ...oneWayDoors(session)]
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

/** The visitor was refused with any 4xx, and nothing else came. */
export function expectTurnedAway(reply: Reply, what: string): void {
  expectNoEntry(reply, what)
  expectRefused(reply, what)
}

/** The visitor was refused with 401 (or what is as right there), and nothing else came. A 429 is a refusal too. */
export function expectShut(client: Client, reply: Reply, what: string, also: Also = []): void {
  expectNoEntry(reply, what)
  if (reply.status === 429) return
  assume(reply.status !== 0 || reply.ended !== 'timeout', `${what} is answered within ${client.timeoutMs} ms`, reply)
  // 2024-11-05 has no page on authorization: there any refusal is right.
  if (also === 'any' || client.revision < '2025-03-26') return expectRefused(reply, what)
  expectStatus(reply, [401, ...also], what)
}

/** None of the visitors gets through any of the doors. */
export async function expectAllShut(client: Client, doors: readonly Door[], guests: readonly Visitor[]): Promise<void> {
  expectGuarded(client)
  const all = guests.flatMap((guest) => doors.map((door) => ({ guest, door })))
  for (let at = 0; at < all.length; at += 6) {
    const some = all.slice(at, at + 6)
    const replies = await Promise.all(some.map(({ guest, door }) => door.knock(guest.identity, guest.headers)))
    for (const [index, { guest, door }] of some.entries()) {
      const also = door.also === 'any' ? 'any' : [...door.also, ...(guest.also ?? [])]
      const what = `${door.name} ${guest.name}`
      const reply = replies[index]!.ended === 'timeout' ? await secondKnock(client, door, guest, what) : replies[index]!
      expectShut(client, reply, what, also)
    }
  }
}

/** Knocks again where no answer came in time: silence is no refusal, but the server may just have been busy. */
async function secondKnock(client: Client, door: Door, guest: Visitor, what: string): Promise<Reply> {
  const again = await door.knock(guest.identity, guest.headers)
  if (again.ended !== 'timeout' || again.status !== 0) return again
  const control = client.given.credential ? await entrance(client).knock('own') : undefined
  control?.close()
  assume(control?.ok === true, `${what} is answered within ${client.timeoutMs} ms`, again)
  throw new Violation(`${what} is never answered`, 'HTTP 401', describe(again))
}

/** None of the visitors gets through the main doors. */
export async function expectKeptOut(client: Client, guests: readonly Visitor[]): Promise<void> {
  await expectAllShut(client, await mainDoors(client), guests)
}

/** None of the tokens opens a main door. */
export function expectTokensRefused(client: Client, tokens: Record<string, string>): Promise<void> {
  return expectKeptOut(client, visitors(client, tokens))
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
