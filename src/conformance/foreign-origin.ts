import { isModern } from '../protocol/revisions.js'
import type { HeaderChanges } from '../wire/headers.js'
import { request } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { clientInfo, type Session } from '../wire/session.js'
import type { Client } from './client.js'
import { advise, assume, describe, expect } from './expect.js'
import { isLoopback } from './needs.js'
import { listenAgain, servedCalls } from './served-calls.js'

/** An Origin no server of this world can take for its own. */
export const foreignOrigin = 'http://evil.example'

/** One kind of request, sent with extra headers, and whether the server served it. */
export interface Approach {
  what: string
  reply: Reply
  served: boolean
}

type Send = (session: Session, headers: HeaderChanges) => Promise<Reply>

const posts: Record<string, Send> = {
  'POST of a ping': (session, headers) =>
    session.post(request(isModern(session.revision) ? 'server/discover' : 'ping'), headers),
  'POST of tools/list': (session, headers) => session.post(request('tools/list'), headers),
  'POST of initialize': (session, headers) => {
    const params = { protocolVersion: session.revision, capabilities: {}, clientInfo }
    return session.post(request('initialize', params), {
      ...headers,
      'mcp-session-id': null,
      'mcp-protocol-version': null,
    })
  },
}

/** POSTs a ping with the headers given. */
export async function approachByPing(client: Client, headers: HeaderChanges): Promise<Approach[]> {
  await control('a ping', await client.request(client.plainMethod))
  const reply = await client.post(request(client.plainMethod), headers)
  return [{ what: 'POST of a ping', reply, served: reply.status < 400 && reply.response?.result !== undefined }]
}

/** POSTs requests of several kinds and a notification from a foreign Origin; first, as a control, without it. Done once per run. */
export function approachByPost(client: Client): Promise<Approach[]> {
  return client.once('posts of a foreign origin', (one) => post(one, { origin: foreignOrigin }))
}

async function post(client: Client, headers: HeaderChanges): Promise<Approach[]> {
  const session = await client.session()
  const kinds = Object.entries(posts).filter(([what]) => {
    if (what.endsWith('tools/list')) return client.facts.capabilities.tools !== undefined
    return !what.endsWith('initialize') || (session.transport === 'streamable-http' && !client.modern)
  })
  const approaches: Approach[] = []
  for (const [what, send] of kinds) {
    await letGo(session, await control(what, await send(session, {})))
    const reply = await letGo(session, await send(session, headers))
    approaches.push({ what, reply, served: reply.status < 400 && reply.response?.result !== undefined })
  }
  for (const { method, params } of await servedCalls(
    client,
    /^(tools\/call|resources\/read|prompts\/get|completion\/complete)$/,
  )) {
    const reply = await session.request(method, params, { headers })
    approaches.push({
      what: `POST of ${method}`,
      reply,
      served: reply.status < 400 && reply.response?.result !== undefined,
    })
  }
  const heard = await listenAgain(client, { headers })
  if (heard) approaches.push({ what: 'POST of subscriptions/listen', reply: heard, served: heard.ok && heard.isStream })
  const reply = await session.notify('notifications/cancelled', { requestId: client.canary() }, { headers })
  return [...approaches, { what: 'POST of a notification', reply, served: reply.ok }]
}

/** Opens an event stream with the headers given; none where the server offers no stream. */
export async function approachByGet(client: Client, headers: HeaderChanges): Promise<Approach[]> {
  if (client.facts.transport === 'streamable-http' && !client.facts.getStream) return []
  const [plain, reply] = await Promise.all([(await client.open()).get(), client.get(headers)])
  plain.close()
  reply.close()
  assume(plain.status === 200 && plain.isStream, 'GET without these headers opens a stream', plain)
  return [{ what: 'GET', reply, served: reply.status === 200 && reply.isStream }]
}

/** Ends a session with the headers given; none where sessions cannot be ended so. */
export async function approachByDelete(client: Client, headers: HeaderChanges): Promise<Approach[]> {
  const session = await client.open()
  if (!session.id || !(await session.delete()).ok) return []
  const reply = await client.delete(headers)
  return [{ what: 'DELETE', reply, served: reply.ok }]
}

/** The rule: none of the approaches may be served on this machine; elsewhere the server may know the Origin, so it only warns. */
export function expectUnserved(client: Client, approaches: Approach[], how: string): void {
  for (const { what, reply, served } of approaches) {
    assume(reply.status !== 0 || reply.ended !== 'timeout', `${what} with ${how} is answered in time`, reply)
    const message = `${what} with ${how} must not be served`
    if (isLoopback(client.facts.url)) expect(!served, message, 'a refusal', describe(reply))
    else advise(!served, message, 'a refusal', describe(reply))
  }
}

async function control(what: string, reply: Reply): Promise<Reply> {
  assume(reply.response?.result !== undefined, `${what} without an Origin is served`, reply)
  return reply
}

async function letGo(session: Session, reply: Reply): Promise<Reply> {
  const id = reply.header('mcp-session-id')
  if (id && id !== session.id) await session.delete({ 'mcp-session-id': id })
  return reply
}
