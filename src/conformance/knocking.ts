import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { type Also, type Door, entrance, expectGuarded, mainDoors, type Visitor, visitors } from './doors.js'
import { assume, describe, expectRefused, expectStatus, Violation } from './expect.js'

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
