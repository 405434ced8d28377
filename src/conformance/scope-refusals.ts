import { modernCodes } from '../protocol/modern.js'
import { request } from '../wire/jsonrpc.js'
import type { Identity } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { bearing, type Door, entrance, expectGuarded, messageDoor, requestDoors, signedIn } from './doors.js'
import { describe, notTestable, Violation } from './expect.js'
import { entryOf } from './knocking.js'

/** Something that was refused for want of scope. */
export interface ScopeRefusal {
  name: string
  reply: Reply
}

/**
 * What the server refuses to the token with too little scope: at the entrance, in a live session of the good token's user, and with
 * the tools the operator named; asked once per run. Served operations need no more scope and are left out; where all are served,
 * nobody checks scopes.
 */
export async function scopeRefusals(client: Client): Promise<ScopeRefusal[]> {
  const { refused, served } = await client.once('scope refusals', attempts)
  if (refused.length > 0) return refused
  if (client.tools.length === 0)
    notTestable(
      'the insufficient-scope token is served with everything tried: name a tool that needs more scope with --tool',
    )
  throw new Violation(
    'the insufficient-scope token is served with everything, the named tools included',
    'HTTP 403 for at least one operation',
    describe(served),
  )
}

/** The doors that stay shut to the token with too little scope, in a session of the caller's; none where nobody checks scopes. */
export async function shutForScope(client: Client): Promise<Door[]> {
  const { refused } = await client.once('scope refusals', attempts)
  const { doors } = await doorsForWeak(client)
  return doors.filter((door) => refused.some(({ name }) => name === door.name))
}

async function doorsForWeak(client: Client): Promise<{ identity: Identity; doors: Door[] }> {
  expectGuarded(client)
  const identity = bearing(client, client.given.bad['insufficient-scope']!)
  const session = await signedIn(client)
  const own = await client.open({ identity })
  const inside = own.opening.response?.result === undefined ? session : own
  const tools = client.tools.map((tool) =>
    messageDoor(inside, `tools/call ${tool.name}`, () =>
      request('tools/call', { name: tool.name, arguments: tool.arguments }),
    ),
  )
  return { identity, doors: [entrance(client), ...requestDoors(client, inside), ...tools] }
}

async function attempts(client: Client): Promise<{ refused: ScopeRefusal[]; served: Reply }> {
  const { identity, doors } = await doorsForWeak(client)
  const replies = await Promise.all(doors.map(async (door) => ({ name: door.name, reply: await door.knock(identity) })))
  for (const { reply } of replies) reply.close()
  const refused = replies.filter(
    ({ reply }) => reply.status !== 429 && !reply.ok && entryOf(reply) === undefined && !isProtocolError(reply),
  )
  return { refused, served: replies.at(-1)!.reply }
}

/** A 4xx that answers the message, as some servers send with JSON-RPC errors, is no refusal of the token. */
function isProtocolError(reply: Reply): boolean {
  const code = reply.response?.error?.code
  if (reply.status === 401 || reply.status === 403 || typeof code !== 'number') return false
  return (code <= -32600 && code >= -32700) || Object.values<number>(modernCodes).includes(code)
}
