import { randomUUID } from 'node:crypto'
import { SAFE_TOOLS } from '../content/tool-cards.js'
import { challengeFor, describeResource } from './auth.js'
import { answerSafely, REVISIONS } from './dispatch.js'
import { issuerPage } from './issuer-pages.js'
import { isObject, sortMessage } from './jsonrpc.js'
import { standingStreamOpened } from './standing.js'
import type { Facts, Policy, StatusKind } from './types.js'

const STATUS: Record<StatusKind, number> = {
  notification: 202,
  clientResponse: 202,
  malformed: 400,
  badVersion: 400,
  noSession: 400,
  goneSession: 404,
  deleted: 204,
  foreignOrigin: 403,
  wrongMethod: 405,
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/** Facts of the correct server. */
export const cleanFacts: Facts = {
  pageSize: 3,
  bind: '127.0.0.1',
  safeTools: SAFE_TOOLS,
  capabilities(revision, world) {
    const stateful = world.mode !== 'stateless'
    return {
      tools: {},
      prompts: {},
      resources: stateful ? { subscribe: true } : {},
      ...(stateful ? { logging: {} } : {}),
      ...(revision >= '2025-03-26' ? { completions: {} } : {}),
    }
  },
  serverInfo(revision) {
    return {
      name: 'ledger',
      version: '3.1.4',
      ...(revision >= '2025-06-18' ? { title: 'Ledger' } : {}),
      ...(revision >= '2025-11-25' ? { description: 'Keeps a ledger', websiteUrl: 'https://ledger.example.org/' } : {}),
    }
  },
}

/** Decisions of the correct server. */
export const cleanPolicy: Policy = {
  hostAllowed: (host) => host !== undefined && LOOPBACK.test(host),
  originAllowed: (origin) => origin === undefined || LOOPBACK.test(origin.replace(/^https?:\/\//, '')),
  isEndpoint: (path, ex) => path === ex.world.endpoint,
  intercept: () => undefined,
  authorize: (ex) => ex.world.desk.judge(credentials(ex.req.rawHeaders)),
  challenge: challengeFor,
  metadata: describeResource,
  issuerPage,
  status: (kind) => STATUS[kind],
  acceptedBody: () => '',
  mediaType: (kind) => (kind === 'json' ? 'application/json; charset=utf-8' : 'text/event-stream'),
  encode: (payload) => JSON.stringify(payload),
  wantsStream: (ex) => ex.world.response === 'sse',
  negotiate: (requested) => (REVISIONS.includes(String(requested)) ? String(requested) : String(REVISIONS[0])),
  headerAccepted: (value) => value === undefined || REVISIONS.includes(value),
  sessionId: () => randomUUID(),
  findSession: (id, ex) => ex.world.sessions.get(id),
  mayUseSession: (session, ex) => session.owner === ex.subject,
  endSession(session, ex) {
    session.close()
    ex.world.sessions.delete(session.id)
  },
  classify: sortMessage,
  batchAllowed: (ex) => ex.revision <= '2025-03-26',
  invalidCode: () => -32600,
  parseCode: () => -32700,
  dispatch: answerSafely,
  notified(note, ex) {
    const { session } = ex
    if (session === undefined) return
    if (note.method === 'notifications/initialized') session.ready = true
    if (note.method !== 'notifications/cancelled' || !isObject(note.params)) return
    const running = session.running.get(ex.world.policy.runKey(note.params.requestId, session))
    running?.abort('cancelled')
  },
  runKey: (id) => `${typeof id}:${String(id)}`,
  outgoing: (message) => [message],
  settle: async (message, _turn, send) => send(message),
  finish: (stream) => stream.end(),
  eventId: (stream, index) => `${stream.key}.${index}`,
  primes: (stream) => stream.kind !== 'channel' && stream.revision >= '2025-11-25',
  frame(fields) {
    const lines: string[] = []
    if (fields.event !== undefined) lines.push(`event: ${fields.event}`)
    if (fields.id !== undefined) lines.push(`id: ${fields.id}`)
    if (fields.retry !== undefined) lines.push(`retry: ${fields.retry}`)
    if (fields.data !== undefined) lines.push(`data: ${fields.data}`)
    return `${lines.join('\n')}\n\n`
  },
  opened: standingStreamOpened,
  endpointEvent: (session) => [{ event: 'endpoint', data: `/inbox/${session.id}` }],
  audience: (session) => session.streams.filter((stream) => stream.kind !== 'post' && stream.res).slice(-1),
  replay: (stream, after) => stream.log.slice(after + 1),
  pingId: (session) => `ledger-${session.pings}`,
  facts: cleanFacts,
}

/** The authorization header; twice the same header makes an impossible value. */
function credentials(raw: string[]): string | undefined {
  const values = raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'authorization')
  return values.length > 1 ? '' : values[0]
}
