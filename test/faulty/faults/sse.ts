import type { EventStream } from '../core/event-stream.js'
import type { Session } from '../core/session.js'
import type { Exchange, Json, Policy, Turn } from '../core/types.js'
import { type Fault, must, nameOf, should } from './fault.js'

const slow = (turn: Turn | undefined): boolean => turn?.method === 'tools/call' && nameOf(turn) === 'long_haul'
const isProgress = (message: Json): boolean => message.method === 'notifications/progress'
const listeners = (session: Session): EventStream[] => session.streams.filter((one) => one.kind === 'get' && one.res)

/** Cuts the connection of slow calls shortly after their start. */
function cut(when: (stream: EventStream) => boolean, before: (stream: EventStream) => void = () => {}) {
  return (base: Policy): Partial<Policy> => ({
    async dispatch(turn) {
      const { stream } = turn
      if (stream !== undefined && slow(turn) && when(stream)) {
        setTimeout(() => {
          before(stream)
          stream.detach()
        }, 120).unref()
      }
      return base.dispatch(turn)
    },
  })
}

const linger =
  (when: (ex: Exchange) => boolean) =>
  (base: Policy): Partial<Policy> => ({
    finish(stream, ex) {
      if (!when(ex)) base.finish(stream, ex)
    },
  })

/** Hands a copy of each response to the GET stream. */
function copyToGet(move: boolean, when: (turn: Turn) => boolean = () => true) {
  return (base: Policy): Partial<Policy> => ({
    async settle(message, turn, send) {
      const [listener] = turn.ex.session && when(turn) ? listeners(turn.ex.session) : []
      listener?.message(message)
      if (listener === undefined || !move) await base.settle(message, turn, send)
    },
  })
}

/** What slow calls say goes to the stream of the newest of them, in the session or, without sessions, on the server. */
function toNewest(when: (message: Json) => boolean) {
  return (base: Policy): Partial<Policy> => {
    const newest = new Map<Session | undefined, EventStream>()
    return {
      async dispatch(turn) {
        if (slow(turn) && turn.stream) newest.set(turn.ex.session, turn.stream)
        return base.dispatch(turn)
      },
      outgoing(message, whence) {
        const other = newest.get(whence.session)
        if (!when(message) || other === undefined || other === whence.stream || other.ended) return [message]
        other.message(message)
        return []
      },
    }
  }
}

const unique = 'sse-event-id-unique'

/** Faults of event streams of Streamable HTTP. */
export const sseFaults: Fault[] = [
  should(
    'sse/unknown-silent',
    'sse-response-delivered',
    'FS',
    'for unknown methods the stream ends without response',
    (base) => ({
      async settle(message, turn, send) {
        if ((message.error as Json | undefined)?.code !== -32601) await base.settle(message, turn, send)
      },
    }),
  ),
  should(
    'sse/tool-error-silent',
    'sse-response-delivered',
    'LS',
    'for failing tools the stream ends without response',
    (base) => ({
      async settle(message, turn, send) {
        if ((message.result as Json | undefined)?.isError !== true) await base.settle(message, turn, send)
      },
    }),
  ),
  should('sse/batch-one-short', 'sse-batch-responses', 'FS LS', 'the last response of a batch is missing', (base) => ({
    async settle(message, turn, send) {
      const count = (turn.ex.posted ?? 0) + 1
      turn.ex.posted = count
      if (count === 1 || count < turn.ex.methods.length) await base.settle(message, turn, send)
    },
  })),
  should(
    'sse/stays-open',
    'sse-closes-after-response',
    'FS',
    'streams stay open after the response',
    linger(() => true),
  ),
  should(
    'sse/stays-open-on-call',
    'sse-closes-after-response',
    'LS',
    'streams of tool calls stay open',
    linger((ex) => ex.methods.includes('tools/call')),
  ),
  should(
    'sse/closes-early',
    'sse-no-close-before-response',
    'FS',
    'slow calls lose their stream before the response',
    cut((stream) => stream.revision < '2025-11-25'),
  ),
  should('sse/no-priming', 'sse-priming-event', 'FS LS', 'streams do not start with a priming event', () => ({
    primes: () => false,
  })),
  should('sse/priming-without-id', 'sse-priming-event', 'LS', 'the priming event has no id', (base) => ({
    eventId: (stream, index) => (index === 0 ? undefined : base.eventId(stream, index)),
  })),
  should('sse/priming-late', 'sse-priming-event', 'FS', 'the priming event comes after the response', (base) => ({
    primes: () => false,
    finish(stream, ex) {
      if (base.primes(stream)) stream.append({ data: '' })
      base.finish(stream, ex)
    },
  })),
  should(
    'sse/no-retry',
    'sse-retry-before-disconnect',
    'FS',
    'slow calls are disconnected without a retry field',
    cut((stream) => stream.revision >= '2025-11-25'),
  ),
  should(
    'sse/crossed-progress',
    'sse-messages-relate',
    'FS LS',
    'progress goes to the stream of the newest call',
    toNewest(isProgress),
  ),
  should(
    'sse/crossed-logs',
    'sse-messages-relate',
    'FS',
    'logs go to the stream of the newest call',
    toNewest((message) => message.method === 'notifications/message'),
  ),
  should('sse/hang-up-cancels', 'sse-disconnect-not-cancel', 'FS', 'a dropped connection cancels the call', (base) => ({
    async dispatch(turn) {
      turn.ex.res.on('close', () => {
        if (turn.stream?.ended === false)
          turn.ex.session?.running.get(base.runKey(turn.id, turn.ex.session))?.abort('cancelled')
      })
      return base.dispatch(turn)
    },
  })),
  should('sse/progress-on-get', 'sse-get-messages-unrelated', 'FS', 'progress goes to the GET stream', (base) => ({
    outgoing(message, whence) {
      const [listener] = isProgress(message) && whence.session ? listeners(whence.session) : []
      if (listener === undefined) return base.outgoing(message, whence)
      listener.message(message)
      return []
    },
  })),
  must(
    'sse/response-on-get',
    'sse-get-no-response',
    'FS FJ',
    'responses also appear on the GET stream',
    copyToGet(false),
  ),
  must(
    'sse/response-moves-to-get',
    'sse-get-no-response',
    'FS',
    'responses of slow calls go to an open GET stream',
    copyToGet(true, slow),
  ),
  must('sse/error-on-get', 'sse-get-no-response', 'FJ', 'errors also appear on the GET stream', (base) => ({
    async settle(message, turn, send) {
      if ('error' in message && turn.ex.session) listeners(turn.ex.session)[0]?.message(message)
      await base.settle(message, turn, send)
    },
  })),
  must('sse/broadcast', 'sse-no-broadcast', 'FS FJ', 'pings and updates go to every GET stream', () => ({
    audience: listeners,
  })),
  must(
    'sse/broadcast-progress',
    'sse-no-broadcast',
    'FS',
    'progress goes to the call and to the GET stream',
    (base) => ({
      outgoing(message, whence) {
        if (isProgress(message) && whence.session) listeners(whence.session)[0]?.message(message)
        return base.outgoing(message, whence)
      },
    }),
  ),
  must('sse/broadcast-logs', 'sse-no-broadcast', 'FS', 'logs go to the streams of all running calls', (base) => ({
    outgoing(message, whence) {
      if (message.method === 'notifications/message') {
        for (const other of whence.session?.streams ?? []) {
          if (other !== whence.stream && other.kind === 'post' && other.res) other.message(message)
        }
      }
      return base.outgoing(message, whence)
    },
  })),
  must('sse/ids-per-stream', unique, 'FS', 'each stream counts its event ids from zero', () => ({
    eventId: (_stream, index) => String(index),
  })),
  must('sse/ids-of-posts', unique, 'FS', 'ids of POST streams repeat', (base) => ({
    eventId: (stream, index) => (stream.kind === 'post' ? `post-${index}` : base.eventId(stream, index)),
  })),
  must('sse/ids-by-revision', unique, 'LS', 'priming events share one id', (base) => ({
    eventId: (stream, index) => (index === 0 ? 'start' : base.eventId(stream, index)),
  })),
  must('sse/ids-by-second', unique, 'FS', 'event ids are the time in seconds', () => ({
    eventId: () => String(Math.floor(Date.now() / 1000)),
  })),
  should(
    'sse/resume-confused',
    'sse-event-id-encodes-stream',
    'FS',
    'resumption takes up the newest stream instead',
    (base) => ({
      replay(stream, after, session) {
        const newest = session.streams.filter((one) => one.kind === 'post').at(-1)
        return newest === undefined || newest === stream ? base.replay(stream, after, session) : []
      },
    }),
  ),
  must(
    'sse/replays-all',
    'sse-replay-same-stream-only',
    'FS',
    'resumption replays the events of all later streams',
    (base) => ({
      replay(stream, after, session) {
        const others = session.streams.filter((one) => one !== stream).flatMap((one) => one.log)
        return [...base.replay(stream, after, session), ...others.filter((event) => event.data !== '')]
      },
    }),
  ),
  must(
    'sse/replays-newest',
    'sse-replay-same-stream-only',
    'FS',
    'resumption also replays the last response of the session',
    (base) => ({
      replay(stream, after, session) {
        const other = session.streams.filter((one) => one !== stream && one.kind === 'post').at(-1)
        return [...base.replay(stream, after, session), ...(other?.log.slice(-1) ?? [])]
      },
    }),
  ),
]
