import { setTimeout as pause } from 'node:timers/promises'
import type { EventStream } from '../core/event-stream.js'
import type { Session } from '../core/session.js'
import type { Json, Policy } from '../core/types.js'
import { type Fault, instead, isCall, must, onResult, should } from './fault.js'
import { clients } from './of-memory.js'

/** Faults of what a server remembers of requests and settings. */
export const keptRequestFaults: Fault[] = [
  must(
    'ping/waits-for-calls',
    'ping-answered',
    'FS FJ',
    'a ping waits until the calls of its session are done',
    (base) => {
      const busy = new WeakMap<Session, Promise<unknown>>()
      return {
        async dispatch(turn) {
          const { session } = turn.ex
          if (session === undefined) return base.dispatch(turn)
          if (turn.method === 'ping') await busy.get(session)?.catch(() => undefined)
          const work = base.dispatch(turn)
          if (isCall(turn, 'long_haul'))
            busy.set(
              session,
              work.then(() => pause(1500, undefined, { ref: false })).catch(() => undefined),
            )
          return work
        },
      }
    },
  ),
  must('logging/level-once', 'logging-level-respected', 'FS', 'a level holds for one call', (base) => ({
    async dispatch(turn) {
      const reply = await base.dispatch(turn)
      if (turn.method === 'tools/call' && turn.ex.session !== undefined) turn.ex.session.level = 'debug'
      return reply
    },
  })),
  must(
    'logging/level-set-once',
    'logging-set-level-works',
    'FJ CH',
    'the level of a session can be set once',
    (base) => {
      const set = new WeakSet<Session>()
      return instead(base, (turn) => {
        const { session } = turn.ex
        if (turn.method !== 'logging/setLevel' || session === undefined) return undefined
        if (set.has(session)) return { error: { code: -32603, message: 'the level has been set' } }
        set.add(session)
        return undefined
      })
    },
  ),
  must(
    'resources/one-subscription',
    'resources-subscribe-works',
    'FS FJ',
    'a second subscription of a session is refused',
    (base) => {
      const had = new WeakSet<Session>()
      return instead(base, (turn) => {
        const { session } = turn.ex
        if (turn.method !== 'resources/subscribe' || session === undefined) return undefined
        if (had.has(session)) return { error: { code: -32603, message: 'there is a subscription already' } }
        had.add(session)
        return undefined
      })
    },
  ),
  should(
    'resources/updates-of-all',
    'resources-updated-only-subscribed',
    'FJ FS',
    'who subscribes to one resource hears of another as well',
    (base) => ({
      outgoing(message, whence) {
        const out = base.outgoing(message, whence)
        if (message.method !== 'notifications/resources/updated') return out
        return [...out, { ...message, params: { uri: 'ledger:///books/alpha.txt' } }]
      },
    }),
  ),
  should(
    'tools/list-grows',
    'tools-list-changed-notified',
    'FS FJ',
    'a memo adds a tool and nobody is told although that was declared',
    (base) => {
      const grown = new WeakSet<Session>()
      const declared: Partial<Policy> = {
        facts: {
          ...base.facts,
          capabilities: (revision, world) => ({
            ...base.facts.capabilities(revision, world),
            tools: { listChanged: true },
          }),
        },
      }
      const listed = onResult(base, 'tools/list', (result, turn) => {
        if (result.nextCursor === undefined && turn.ex.session !== undefined && grown.has(turn.ex.session)) {
          ;(result.tools as Json[]).push({ name: 'memo_count', inputSchema: { type: 'object' } })
        }
      })
      return {
        ...declared,
        ...listed,
        async dispatch(turn) {
          if (isCall(turn, 'jot') && turn.ex.session !== undefined) grown.add(turn.ex.session)
          return base.dispatch(turn)
        },
      }
    },
  ),
  must(
    'cancellation/twice-crashes',
    'cancellation-race-graceful',
    'FS FJ',
    'a second cancellation of a call ends the session',
    (base) => {
      const seen = new WeakMap<Session, Set<unknown>>()
      return {
        notified(note, ex) {
          base.notified(note, ex)
          if (note.method !== 'notifications/cancelled' || ex.session === undefined) return
          const before = seen.get(ex.session) ?? new Set()
          if (before.has(note.params.requestId)) ex.world.policy.endSession(ex.session, ex)
          seen.set(ex.session, before.add(note.params.requestId))
        },
      }
    },
  ),
  should(
    'cancellation/of-another-type',
    'cancellation-invalid-ignored',
    'FS CH',
    'a cancellation of "7" cancels the call 7',
    () => ({
      runKey: (id) => String(id),
    }),
  ),
  must(
    'jsonrpc/pings-count-anew',
    'jsonrpc-server-request-id-unique',
    'FS FJ',
    'each GET stream numbers its pings from one',
    (base) => {
      const counts = new WeakMap<EventStream, number>()
      return {
        pingId(session) {
          const stream = session.world.policy.audience(session)[0]
          if (stream === undefined) return base.pingId(session)
          counts.set(stream, (counts.get(stream) ?? 0) + 1)
          return counts.get(stream)
        },
      }
    },
  ),
  must('progress/two-phases', 'progress-monotonic', 'FS LS', 'progress begins again in the second half', (base) => ({
    outgoing: (message, whence) =>
      base.outgoing(message, whence).map((one) => {
        const params = one.params as Json | undefined
        if (one.method !== 'notifications/progress' || params === undefined) return one
        const half = Math.ceil(Number(params.total) / 2)
        const progress = Number(params.progress) > half ? Number(params.progress) - half : params.progress
        return { ...one, params: { ...params, progress } }
      }),
  })),
  must('progress/token-escaped', 'progress-known-token', 'FS CH', 'tokens are escaped as in URLs', (base) => ({
    outgoing: (message, whence) =>
      base.outgoing(message, whence).map((one) => {
        const params = one.params as Json | undefined
        if (one.method !== 'notifications/progress' || typeof params?.progressToken !== 'string') return one
        return { ...one, params: { ...params, progressToken: encodeURIComponent(params.progressToken) } }
      }),
  })),
  must(
    'progress/on-the-next-call',
    'progress-stops-at-completion',
    'FS',
    'the last progress of a call comes on the stream of the next one',
    (base) => {
      const left = new WeakMap<Session, Json>()
      return {
        async dispatch(turn) {
          const { session } = turn.ex
          const late = session === undefined ? undefined : left.get(session)
          if (session !== undefined && late !== undefined && turn.method === 'tools/call') {
            left.delete(session)
            turn.stream?.message(late)
          }
          return base.dispatch(turn)
        },
        outgoing(message, whence) {
          const params = message.params as Json | undefined
          const { session } = whence
          const last = message.method === 'notifications/progress' && params?.progress === params?.total
          if (!last || session === undefined || whence.turn === undefined || !isCall(whence.turn, 'long_haul'))
            return base.outgoing(message, whence)
          left.set(session, message)
          return []
        },
      }
    },
  ),
  must(
    'jsonrpc/note-answered-on-get',
    'jsonrpc-no-reply-to-notification',
    'FS FJ',
    'unknown notifications are answered on the GET stream',
    (base) => ({
      notified(note, ex) {
        base.notified(note, ex)
        if (note.method.startsWith('notifications/')) return
        ex.session?.announce({ jsonrpc: '2.0', id: null, error: { code: -32601, message: 'Method not found' } })
      },
    }),
  ),
  must('channel/first-inbox-for-all', clients, 'CH', 'every channel is told the place of the first one', () => {
    let known: string | undefined
    return {
      endpointEvent(session, ex) {
        if (known === undefined || !ex.world.sessions.has(known)) known = session.id
        return [{ event: 'endpoint', data: `/inbox/${known}` }]
      },
    }
  }),
  must(
    'channel/notices-named',
    'legacy-sse-message-events',
    'CH',
    'notifications are events named notification',
    (base) => ({
      frame: (fields, stream) =>
        base.frame(
          fields.event === 'message' && !/"id":/.test(fields.data ?? '')
            ? { ...fields, event: 'notification' }
            : fields,
          stream,
        ),
    }),
  ),
  must(
    'channel/text-ids-lost',
    'legacy-sse-message-events',
    'CH',
    'tools/list with an id of text is answered in the POST',
    (base) => ({
      outgoing(message, whence) {
        const { turn } = whence
        if (turn?.method === 'tools/list' && typeof turn.id === 'string' && 'result' in message) return []
        return base.outgoing(message, whence)
      },
    }),
  ),
]
