import { createHash } from 'node:crypto'
import { Session } from '../core/session.js'
import type { Json } from '../core/types.js'
import { type Fault, isCall, moment, must, should } from './fault.js'
import { clients, gone } from './of-memory.js'

/** Faults of what a server remembers of sessions and clients. */
export const keptSessionFaults: Fault[] = [
  must(
    'versioning/echo-of-the-neighbour',
    'versioning-echo-supported',
    'FJ LJ',
    'of two handshakes at once both get the version of the later',
    (base) => {
      let latest: unknown
      return {
        async dispatch(turn) {
          if (turn.method !== 'initialize') return base.dispatch(turn)
          latest = turn.params.protocolVersion
          await moment(15)
          const reply = await base.dispatch(turn)
          if ('result' in reply && typeof latest === 'string') {
            return { result: { ...reply.result, protocolVersion: base.negotiate(latest, turn.ex) } }
          }
          return reply
        },
      }
    },
  ),
  must('session/recreated', gone, 'FJ', 'an ended session is refused once and then begins again', (base) => {
    const refused = new Set<string>()
    const owners = new Map<string, string>()
    return {
      endSession(session, ex) {
        owners.set(session.id, session.owner)
        base.endSession(session, ex)
      },
      findSession(id, ex) {
        const found = base.findSession(id, ex)
        if (found !== undefined || !owners.has(id)) return found
        if (!refused.has(id)) return void refused.add(id)
        const session = new Session(id, owners.get(id) ?? 'anyone', '2025-11-25', ex.world)
        ex.world.sessions.set(id, session)
        return session
      },
    }
  }),
  must('session/resumes-after-delete', gone, 'FS', 'GET with Last-Event-ID works on an ended session', (base) => {
    const kept = new Map<string, Session>()
    return {
      endSession(session, ex) {
        kept.set(session.id, session)
        base.endSession(session, ex)
      },
      findSession: (id, ex) =>
        base.findSession(id, ex) ?? (ex.req.headers['last-event-id'] === undefined ? undefined : kept.get(id)),
    }
  }),
  must(
    'session/responses-after-delete',
    gone,
    'FS FJ',
    'responses of the client are accepted on an ended session',
    (base) => {
      const kept = new Map<string, Session>()
      return {
        endSession(session, ex) {
          kept.set(session.id, session)
          base.endSession(session, ex)
        },
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          if (item.kind === 'response') ex.posted = 1
          return item
        },
        findSession: (id, ex) => base.findSession(id, ex) ?? (ex.posted === 1 ? kept.get(id) : undefined),
      }
    },
  ),
  must(
    'session/id-of-the-client',
    'session-id-nondeterministic',
    'FJ',
    'the same client gets the same session id again',
    (base) => {
      let seed = ''
      return {
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          if (item.kind === 'request' && item.method === 'initialize') {
            seed = JSON.stringify([item.params.clientInfo, item.params.capabilities, ex.req.headers['user-agent']])
          }
          return item
        },
        sessionId: () => createHash('sha256').update(seed).digest('hex').slice(0, 32),
      }
    },
  ),
  must(
    'session/third-id-with-space',
    'session-id-visible-ascii',
    'FS',
    'every third session id has a blank where a plus was',
    (base) => {
      let count = 0
      return {
        sessionId() {
          count += 1
          const id = base.sessionId()
          return count % 3 === 0 ? `${id.slice(0, 20)} ${id.slice(21)}` : id
        },
      }
    },
  ),
  should(
    'session/delete-without-id',
    'session-missing-id-400',
    'FJ FS',
    'DELETE without a session id gets 204',
    (base) => ({
      intercept: (ex) =>
        ex.path === '/mcp' && ex.req.method === 'DELETE' && ex.req.headers['mcp-session-id'] === undefined
          ? { status: 204, type: '', body: '' }
          : base.intercept(ex),
    }),
  ),
  must(
    'concurrency/unsubscribes-all',
    clients,
    'FS FJ',
    'who unsubscribes ends the subscriptions of the others',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if (turn.method === 'resources/unsubscribe') {
          for (const session of turn.ex.world.sessions.values()) session.subscriptions.delete(String(turn.params.uri))
        }
        return reply
      },
    }),
  ),
  must(
    'concurrency/one-get-stream',
    clients,
    'FS FJ',
    'a GET stream of a session ends those of the others',
    (base) => ({
      opened(stream, session, ex) {
        if (ex.world.mode === 'stateful') {
          for (const other of ex.world.sessions.values()) {
            if (other !== session) for (const one of other.streams) if (one.kind === 'get') one.detach()
          }
        }
        base.opened(stream, session, ex)
      },
    }),
  ),
  must(
    'concurrency/handshake-drops-calls',
    clients,
    'FJ FS',
    'a handshake drops the calls of others in flight',
    (base) => ({
      async dispatch(turn) {
        if (turn.method === 'initialize') {
          for (const session of turn.ex.world.sessions.values()) {
            if (session !== turn.ex.session) for (const one of session.running.values()) one.abort('restarted')
          }
        }
        return base.dispatch(turn)
      },
    }),
  ),
  must(
    'transport/second-get-409',
    'transport-get-sse-or-405',
    'FS FJ',
    'a second GET stream of a session gets 409',
    (base) => ({
      intercept(ex) {
        const session = ex.world.sessions.get(String(ex.req.headers['mcp-session-id']))
        const busy = session?.streams.some((one) => one.kind === 'get' && one.res !== undefined)
        return ex.path === '/mcp' && ex.req.method === 'GET' && busy && ex.req.headers['last-event-id'] === undefined
          ? { status: 409, type: 'text/plain', body: 'only one stream per session' }
          : base.intercept(ex)
      },
    }),
  ),
  should(
    'lifecycle/asks-in-initialize',
    'lifecycle-no-early-server-requests',
    'FS LS',
    'roots are asked for on the stream of initialize',
    (base) => ({
      async dispatch(turn) {
        if (turn.method === 'initialize') turn.say({ jsonrpc: '2.0', id: 'roots-0', method: 'roots/list' })
        return base.dispatch(turn)
      },
    }),
  ),
  must(
    'lifecycle/asks-for-arguments',
    'lifecycle-negotiated-capabilities',
    'FS CH',
    'a call that lacks an argument asks the user for it',
    (base) => ({
      async dispatch(turn) {
        const given = (turn.params.arguments ?? {}) as Json
        if (isCall(turn, 'parrot') && !('phrase' in given)) {
          const requestedSchema = { type: 'object', properties: { phrase: { type: 'string' } } }
          turn.say({
            jsonrpc: '2.0',
            id: `ask-${Date.now()}`,
            method: 'elicitation/create',
            params: { message: 'Which phrase?', requestedSchema },
          })
        }
        return base.dispatch(turn)
      },
    }),
  ),
]
