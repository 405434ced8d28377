import { createHash } from 'node:crypto'
import { isObject } from '../core/jsonrpc.js'
import { Session } from '../core/session.js'
import type { Exchange, Json } from '../core/types.js'
import { type Fault, instead, isCall, mend, must, onResponse, onResult, onTool, should } from './fault.js'

/** Counts what happened in each session, or in the whole server where there are none. */
function tally(): (ex: Exchange) => number {
  const counts = new WeakMap<object, number>()
  return (ex) => {
    const owner = ex.session ?? ex.world
    const count = (counts.get(owner) ?? 0) + 1
    counts.set(owner, count)
    return count
  }
}

/** Faults that show only after something else has happened: at a second time, after an error, or later. */
export const momentFaults: Fault[] = [
  must(
    'lifecycle/later-clients-shown-less',
    'lifecycle-initialize-answered',
    'FJ LS',
    'from the third handshake on the version of the server is missing',
    (base) => {
      let handshakes = 0
      return onResult(base, 'initialize', (result) => {
        handshakes += 1
        if (handshakes > 2 && isObject(result.serverInfo)) delete result.serverInfo.version
      })
    },
  ),
  must(
    'versioning/header-late',
    'versioning-header-unsupported-400',
    'FJ',
    'from the third request of a session on the version header is no longer read',
    (base) => {
      const seen = new Map<string, number>()
      return {
        headerAccepted(value, ex) {
          const id = String(ex.req.headers['mcp-session-id'])
          const count = (seen.get(id) ?? 0) + 1
          seen.set(id, count)
          return count > 3 || base.headerAccepted(value, ex)
        },
      }
    },
  ),
  must(
    'jsonrpc/id-after-error',
    'jsonrpc-response-id-echo',
    'FJ',
    'after an error ids come back as strings',
    (base) => {
      const spoilt = new WeakSet<object>()
      return onResponse(base, (message, turn) => {
        const owner = turn.ex.session ?? turn.ex.world
        const changed = spoilt.has(owner) ? { ...message, id: String(message.id) } : message
        if ('error' in message) spoilt.add(owner)
        return changed
      })
    },
  ),
  must(
    'jsonrpc/every-tenth-without-version',
    'jsonrpc-version-member',
    'LJ CH',
    'every tenth response lacks the jsonrpc member',
    (base) => {
      let count = 0
      return onResponse(base, ({ jsonrpc, ...message }) => (++count % 10 === 0 ? message : { jsonrpc, ...message }))
    },
  ),
  must(
    'transport/later-notes-200',
    'transport-notification-202',
    'FJ',
    'notifications get 200 after the first',
    (base) => {
      const count = tally()
      return { status: (kind, ex) => (kind === 'notification' && count(ex) > 1 ? 200 : base.status(kind, ex)) }
    },
  ),
  must(
    'session/revived',
    'session-terminated-404',
    'FJ',
    'an ended session lives again once another one has been opened',
    (base) => {
      const graves = new Map<string, Session>()
      const back = new Set<string>()
      return {
        endSession(session, ex) {
          graves.set(session.id, new Session(session.id, session.owner, session.revision, session.world))
          base.endSession(session, ex)
        },
        sessionId() {
          for (const id of graves.keys()) back.add(id)
          return base.sessionId()
        },
        findSession: (id, ex) => base.findSession(id, ex) ?? (back.has(id) ? graves.get(id) : undefined),
      }
    },
  ),
  should('session/id-recycled', 'session-id-secure', 'FJ', 'ids of ended sessions are given out again', (base) => {
    const free: string[] = []
    return {
      sessionId: () => free.shift() ?? base.sessionId(),
      endSession(session, ex) {
        free.push(session.id)
        base.endSession(session, ex)
      },
    }
  }),
  must('session/id-of-the-clock', 'session-id-nondeterministic', 'FJ', 'session ids are hashes of the time', () => {
    let last = 0
    return {
      sessionId() {
        last = Math.max(last + 1, Date.now())
        return createHash('sha1').update(String(last)).digest('hex')
      },
    }
  }),
  must(
    'tools/structured-second-time',
    'tools-structured-content-conforms',
    'LJ FS',
    'every second structured result has a number as text',
    (base) => {
      let count = 0
      return onTool(base, 'sum_pair', (result) => {
        if (++count % 2 === 0 && isObject(result.structuredContent))
          result.structuredContent.total = String(result.structuredContent.total)
      })
    },
  ),
  must(
    'tools/list-empty-after-failure',
    'tools-list-answered-legacy',
    'FJ',
    'after a call of an unknown tool the list of tools is missing',
    (base) => {
      const failed = new WeakSet<object>()
      return {
        async dispatch(turn) {
          const owner = turn.ex.session ?? turn.ex.world
          if (turn.method === 'tools/list' && failed.has(owner)) return { result: {} }
          const reply = await base.dispatch(turn)
          if (turn.method === 'tools/call' && 'error' in reply) failed.add(owner)
          return reply
        },
      }
    },
  ),
  must(
    'progress/of-the-call-before',
    'progress-known-token',
    'FS CH',
    'the second call reports on the token of the first',
    (base) => {
      const first = new WeakMap<object, unknown>()
      return mend(base, (message, turn) => {
        const owner = turn?.ex.session
        if (message.method !== 'notifications/progress' || owner === undefined) return message
        const params = message.params as Json
        if (!first.has(owner)) first.set(owner, params.progressToken)
        return { ...message, params: { ...params, progressToken: first.get(owner) } }
      })
    },
  ),
  must(
    'progress/one-step-back',
    'progress-monotonic',
    'FS LS',
    'the last progress is less than the one before',
    (base) =>
      mend(base, (message) => {
        const params = message.params as Json | undefined
        if (message.method !== 'notifications/progress' || params?.progress !== params?.total) return message
        return { ...message, params: { ...params, progress: Number(params?.progress) - 1.5 } }
      }),
  ),
  must(
    'sse/slow-answers-on-get',
    'sse-get-no-response',
    'FS',
    'slow calls are answered on the GET stream too',
    (base) => ({
      async settle(message, turn, send) {
        const listener = turn.ex.session?.streams.find((stream) => stream.kind === 'get' && stream.res)
        if (isCall(turn, 'long_haul')) listener?.message(message)
        await base.settle(message, turn, send)
      },
    }),
  ),
  must('sse/ids-of-the-moment', 'sse-event-id-unique', 'FS', 'streams of one millisecond share their event ids', () => {
    const born = new WeakMap<object, number>()
    return {
      eventId(stream, index) {
        if (!born.has(stream)) born.set(stream, Date.now())
        return `${born.get(stream)}-${index}`
      },
    }
  }),
  should(
    'sse/primes-once',
    'sse-priming-event',
    'FS LS',
    'calls of tools are answered without a priming event',
    (base) => {
      let calling = false
      return {
        classify(raw, ex) {
          calling = isObject(raw) && raw.method === 'tools/call'
          return base.classify(raw, ex)
        },
        primes: (stream) => !calling && base.primes(stream),
      }
    },
  ),
  should(
    'sse/open-after-errors',
    'sse-closes-after-response',
    'FS LS',
    'after an error the stream stays open',
    (base) => ({
      finish(stream, ex) {
        const failed = stream.log.some(({ data }) => data?.includes('"error"'))
        if (!failed) base.finish(stream, ex)
      },
    }),
  ),
  must(
    'channel/ends-after-an-error',
    'legacy-sse-two-endpoints',
    'CH',
    'the stream ends after an error was sent on it',
    (base) => ({
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        if ('error' in message) setTimeout(() => turn.ex.session?.streams[0]?.end(), 20).unref()
      },
    }),
  ),
  must(
    'channel/few-posts',
    'legacy-sse-two-endpoints',
    'CH',
    'after eight messages the announced place is gone',
    (base) => {
      const count = tally()
      return {
        findSession: base.findSession,
        mayUseSession: (session, ex) => {
          ex.session = session
          return count(ex) <= 8 && base.mayUseSession(session, ex)
        },
      }
    },
  ),
  must(
    'cancellation/next-call-cancelled',
    'cancellation-race-graceful',
    'FS CH',
    'a cancellation that comes too late hits the next call',
    (base) => {
      const armed = new WeakSet<object>()
      return {
        notified(note, ex) {
          const { session } = ex
          const running = session?.running.has(base.runKey(note.params.requestId, session))
          if (session && note.method === 'notifications/cancelled' && !running) armed.add(session)
          base.notified(note, ex)
        },
        ...instead(base, (turn) => {
          const { session } = turn.ex
          if (turn.method !== 'tools/call' || session === undefined || !armed.delete(session)) return undefined
          return { error: { code: -32800, message: 'cancelled' } }
        }),
      }
    },
  ),
]
