import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'

/** A message that wants no answer, with what HTTP said to it. */
export interface Told {
  what: string
  reply: Reply
}

/** Sends the notifications a client may send: at the start of sessions of every revision, and in the midst of one. */
export function toldNotifications(client: Client): Promise<Told[]> {
  return client.once('notifications', notify)
}

async function notify(client: Client): Promise<Told[]> {
  const sessions = await Promise.all(client.facts.revisions.map((revision) => client.open({ revision })))
  const told: Told[] = sessions.flatMap(({ initialized }) =>
    initialized ? [{ what: 'notifications/initialized', reply: initialized }] : [],
  )
  const session = await client.open({ capabilities: { roots: { listChanged: true } } })
  const canary = client.canary()
  const notices: [string, Record<string, unknown>?][] = [
    ['notifications/cancelled', { requestId: canary, reason: 'a test' }],
    ['notifications/progress', { progressToken: canary, progress: 1, _meta: { 'com.example/note': canary } }],
    ['notifications/roots/list_changed'],
    [`notifications/${canary}`, {}],
  ]
  for (const [method, params] of notices)
    told.push({ what: method.replace(canary, 'unknown'), reply: await session.notify(method, params) })
  return told
}

/** Answers requests of the server that wants something, where one comes, and posts responses to requests that were never made. */
export async function toldResponses(client: Client): Promise<Told[]> {
  return [...(await client.once('responses', respond))]
}

async function respond(client: Client): Promise<Told[]> {
  const session = await client.open({ capabilities: { roots: {}, sampling: {}, elicitation: {} } })
  if (client.facts.getStream) await session.get()
  const canary = client.canary()
  const unasked = [
    { jsonrpc: '2.0', id: canary, result: {} },
    { jsonrpc: '2.0', id: 987_654, result: { roots: [] } },
    { jsonrpc: '2.0', id: `${canary}-2`, error: { code: -32601, message: 'no such method' } },
  ]
  const told: Told[] = []
  for (const response of unasked)
    told.push({ what: 'a response nobody asked for', reply: await session.post(response) })
  if (client.facts.getStream) await client.pause(200)
  for (const { reply } of session.answered)
    told.push({ what: 'the answer to a request of the server', reply: await reply })
  return told
}
