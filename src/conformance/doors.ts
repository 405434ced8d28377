import type { Revision } from '../protocol/revisions.js'
import type { HeaderChanges, HeaderList } from '../wire/headers.js'
import { isObject, notification, request } from '../wire/jsonrpc.js'
import type { Identity } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import type { Payload, Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, notTestable } from './expect.js'
import { withToken } from './given.js'
import { unmet } from './needs.js'

/** Statuses that are as right as 401 in some place; `any` stands for every 4xx. */
export type Also = readonly number[] | 'any'

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
    [
      'resources/subscribe',
      { uri: `gauntlet-canary:///${canary}` },
      capabilities.resources?.subscribe && !client.modern,
    ],
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
    messageDoor(session, 'notifications/cancelled', () =>
      notification('notifications/cancelled', { requestId: 'gauntlet-nothing' }),
    ),
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
  const stream = client.facts.getStream ? [streamDoor(client, session)] : []
  return [
    entrance(client),
    ...requestDoors(client, session),
    ...oneWayDoors(session),
    ...stream,
    ...(await exits(client)),
  ]
}

/** The DELETE of a session that is there for it alone; none where there are no sessions. */
async function exits(client: Client): Promise<Door[]> {
  if (!client.facts.sessions) return []
  const session = await client.open()
  return [{ name: 'DELETE', also: [405], knock: (identity, headers = {}) => session.delete(headers, { identity }) }]
}

/** Ends the check where everybody is served without credentials: bad ones prove nothing there. */
export function expectGuarded(client: Client): void {
  if (client.facts.auth.open)
    notTestable(
      'anybody is served without credentials, so bad ones prove nothing: see auth/initialize-needs-credentials',
    )
}
