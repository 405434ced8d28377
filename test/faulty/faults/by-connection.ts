import { randomBytes } from 'node:crypto'
import { isObject } from '../core/jsonrpc.js'
import { Session } from '../core/session.js'
import type { Exchange, Policy } from '../core/types.js'
import { type Fault, isCall, must, should } from './fault.js'

/** Faults of streams and sessions that need a closer look. */
export const connectionFaults: Fault[] = [
  must(
    'sse/answer-twice',
    'jsonrpc-response-id-echo',
    'FS LS',
    'failed calls are answered twice on their stream',
    (base) => ({
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        if (isCall(turn, 'fragile')) send(message)
      },
    }),
  ),
  should(
    'sse/updates-on-calls',
    'sse-messages-relate',
    'FS',
    'changes of a resource are told on the streams of calls',
    (base) => ({
      async dispatch(turn) {
        if (isCall(turn, 'long_haul'))
          turn.say({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri: 'ledger:///ticker' } })
        return base.dispatch(turn)
      },
    }),
  ),
  should(
    'sse/unknown-tool-silent',
    'sse-response-delivered',
    'LS',
    'for unknown tools the stream ends without a response',
    (base) => ({
      async settle(message, turn, send) {
        if (turn.method === 'tools/call' && isObject(message.error) && /no tool/.test(String(message.error.message)))
          return
        await base.settle(message, turn, send)
      },
    }),
  ),
  should(
    'sse/prompt-errors-silent',
    'sse-response-delivered',
    'FS',
    'for failing prompts the stream ends without a response',
    (base) => ({
      async settle(message, turn, send) {
        if (turn.method === 'prompts/get' && 'error' in message) return
        await base.settle(message, turn, send)
      },
    }),
  ),
  should('sse/lists-stay-open', 'sse-closes-after-response', 'FS', 'streams of lists of prompts stay open', (base) => ({
    finish(stream, ex) {
      if (!ex.methods.includes('prompts/list')) base.finish(stream, ex)
    },
  })),
  must('sse/get-ids-again', 'sse-event-id-unique', 'FS', 'every GET stream begins with the same event ids', (base) => ({
    eventId: (stream, index) => (stream.kind === 'get' ? `get.${index}` : base.eventId(stream, index)),
  })),
  must('sse/ids-within-calls', 'sse-event-id-unique', 'FS', 'all events of one call have the same id', (base) => ({
    eventId: (stream, index) => (stream.kind === 'post' && index > 0 ? `${stream.key}.x` : base.eventId(stream, index)),
  })),
  must(
    'sse/other-session-on-get',
    'sse-no-broadcast',
    'FS',
    'changes of a resource go to the streams of all sessions',
    (base) => ({
      audience: (session) => [...session.world.sessions.values()].flatMap((one) => base.audience(one)),
    }),
  ),
  must(
    'sse/lists-answered-on-get',
    'sse-get-no-response',
    'FS',
    'tools/list is answered on an open GET stream too',
    (base) => ({
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        if (turn.method === 'tools/list')
          for (const stream of turn.ex.session?.streams ?? []) if (stream.kind === 'get') stream.message(message)
      },
    }),
  ),
  should(
    'session/get-without-id',
    'session-missing-id-400',
    'FS',
    'GET without a session id opens a stream',
    (base) => ({
      intercept: base.intercept,
      status: base.status,
      headerAccepted(value, ex) {
        lendSession(ex, ex.req.method === 'GET')
        return base.headerAccepted(value, ex)
      },
    }),
  ),
  should(
    'session/notes-without-id',
    'session-missing-id-400',
    'FJ',
    'notifications without a session id are accepted',
    (base) => ({
      status: (kind, ex) =>
        kind === 'noSession' && ex.methods.length === 0 && ex.req.method === 'POST' ? 202 : base.status(kind, ex),
    }),
  ),
  should('session/ping-without-id', 'session-missing-id-400', 'FJ', 'ping is served without a session id', (base) => ({
    headerAccepted(value, ex) {
      lendSession(ex, ex.methods[0] === 'ping')
      return base.headerAccepted(value, ex)
    },
  })),
  should(
    'session/lists-without-id',
    'session-missing-id-400',
    'FS',
    'tools/list is served without a session id',
    (base) => ({
      headerAccepted(value, ex) {
        lendSession(ex, ex.methods[0] === 'tools/list')
        return base.headerAccepted(value, ex)
      },
    }),
  ),
  must(
    'session/calls-after-delete',
    'session-terminated-404',
    'FJ',
    'tools/call works on an ended session',
    gone((ex) => ex.methods.includes('tools/call')),
  ),
  must(
    'session/lists-after-delete',
    'session-terminated-404',
    'FS',
    'tools/list works on an ended session',
    gone((ex) => ex.methods.includes('tools/list')),
  ),
  must(
    'session/gone-400-on-get',
    'session-terminated-404',
    'FS',
    'GET on an ended session gets 400',
    goneStatus((ex) => ex.req.method === 'GET', 400),
  ),
  must(
    'session/gone-202-for-notes',
    'session-terminated-404',
    'FJ',
    'notifications on an ended session get 202',
    goneStatus((ex) => ex.req.method === 'POST' && ex.methods.length === 0, 202),
  ),
  must(
    'session/gone-204-on-delete',
    'session-terminated-404',
    'FJ',
    'DELETE of an ended session gets 204',
    goneStatus((ex) => ex.req.method === 'DELETE', 204),
  ),
  must(
    'session/gone-500',
    'session-terminated-404',
    'FS',
    'an ended session gets 500',
    goneStatus(() => true, 500),
  ),
  should(
    'session/id-uuid1',
    'session-id-secure',
    'FJ',
    'session ids are UUIDs of the time with a constant rest',
    () => {
      let count = 0
      return {
        sessionId: () => `${(Date.now() * 10_000 + count++).toString(16).slice(-8)}-11ef-1abc-8def-0242ac120002`,
      }
    },
  ),
  should('session/id-six-digits', 'session-id-secure', 'FS', 'session ids are six random digits', () => ({
    sessionId: () => String(100_000 + (randomBytes(4).readUInt32BE(0) % 900_000)),
  })),
  must(
    'session/id-of-user',
    'session-id-nondeterministic',
    'FJ',
    'session ids are a name and a counter in base64',
    () => {
      let count = 0
      return { sessionId: () => Buffer.from(`ledger:anyone:${++count}`).toString('base64url') }
    },
  ),
  must('session/id-control', 'session-id-visible-ascii', 'FJ', 'session ids hold a tab', () => ({
    sessionId: () => `a\t${randomBytes(16).toString('hex')}`,
  })),
]

/** Serves a request that names no session in one that is made for it. */
function lendSession(ex: Exchange, lend: boolean): void {
  if (!lend || ex.world.mode !== 'stateful' || ex.req.headers['mcp-session-id'] !== undefined) return
  const session = new Session(randomBytes(16).toString('hex'), ex.subject, '2025-11-25', ex.world)
  ex.world.sessions.set(session.id, session)
  ex.req.headers['mcp-session-id'] = session.id
}

/** Serves some requests of sessions that have ended. */
function gone(test: (ex: Exchange) => boolean) {
  return (base: Policy): Partial<Policy> => {
    const ended = new Map<string, Session>()
    return {
      endSession(session, ex) {
        ended.set(session.id, session)
        base.endSession(session, ex)
      },
      findSession(id, ex) {
        const old = ended.get(id)
        if (old === undefined || !test(ex)) return base.findSession(id, ex)
        return new Session(id, old.owner, old.revision, ex.world)
      },
    }
  }
}

function goneStatus(test: (ex: Exchange) => boolean, status: number) {
  return (base: Policy): Partial<Policy> => ({
    status: (kind, ex) => (kind === 'goneSession' && test(ex) ? status : base.status(kind, ex)),
  })
}
