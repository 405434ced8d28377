import type { EventStream } from '../core/event-stream.js'
import { isObject } from '../core/jsonrpc.js'
import type { Session } from '../core/session.js'
import type { Json, Policy } from '../core/types.js'
import { type Fault, isCall, moment, must } from './fault.js'

const clients = 'transport-multiple-clients'

/** Exchanges the results of two requests of a method that are in flight together. */
function swap(method: string) {
  return (base: Policy): Partial<Policy> => {
    let waiting: { message: Json; send: (message: Json) => void } | undefined
    return {
      async settle(message, turn, send) {
        if (turn.method !== method || !('result' in message)) return base.settle(message, turn, send)
        if (waiting !== undefined) {
          const other = waiting
          waiting = undefined
          other.send({ ...other.message, result: message.result })
          return send({ ...message, result: other.message.result })
        }
        const mine = { message, send }
        waiting = mine
        await moment(30)
        if (waiting !== mine) return
        waiting = undefined
        send(message)
      },
    }
  }
}

/** Faults that show in requests of one kind that are in flight together. */
export const flightFaults: Fault[] = [
  must(
    'concurrency/reads-swapped',
    clients,
    'LJ CH',
    'two reads in flight swap their contents',
    swap('resources/read'),
  ),
  must('concurrency/prompts-swapped', clients, 'FS', 'two prompts in flight swap their results', swap('prompts/get')),
  must(
    'concurrency/completions-swapped',
    clients,
    'FJ',
    'two completions in flight swap their results',
    swap('completion/complete'),
  ),
  must('concurrency/lists-swapped', clients, 'CH LJ', 'two lists in flight swap their results', (base) => {
    let waiting: { message: Json; method: string; send: (message: Json) => void } | undefined
    return {
      async settle(message, turn, send) {
        if (!turn.method.endsWith('/list') || !('result' in message)) return base.settle(message, turn, send)
        if (waiting !== undefined && waiting.method !== turn.method) {
          const other = waiting
          waiting = undefined
          other.send({ ...other.message, result: message.result })
          return send({ ...message, result: other.message.result })
        }
        const mine = { message, method: turn.method, send }
        waiting ??= mine
        if (waiting !== mine) return send(message)
        await moment(30)
        if (waiting !== mine) return
        waiting = undefined
        send(message)
      },
    }
  }),
  must(
    'concurrency/first-answer-closes-all',
    clients,
    'FS LS',
    'the first answer ends the streams of all calls in flight',
    (base) => {
      const open = new Set<EventStream>()
      return {
        async dispatch(turn) {
          if (turn.stream && turn.method === 'tools/call') open.add(turn.stream)
          return base.dispatch(turn)
        },
        finish(stream, ex) {
          if (open.has(stream)) {
            for (const one of open) one.end()
            open.clear()
          }
          base.finish(stream, ex)
        },
      }
    },
  ),
  must('concurrency/failure-spreads', clients, 'FJ LS', 'a failing call fails the calls beside it', (base) => {
    let poisoned = 0
    return {
      async dispatch(turn) {
        if (turn.method !== 'tools/call') return base.dispatch(turn)
        if (isCall(turn, 'fragile')) poisoned = Date.now()
        await moment(10)
        if (!isCall(turn, 'fragile') && Date.now() - poisoned < 12)
          return { error: { code: -32603, message: 'transaction aborted' } }
        return base.dispatch(turn)
      },
    }
  }),
  must('concurrency/evicts-the-oldest', clients, 'FJ', 'the fourth session ends the first', (base) => ({
    opened: base.opened,
    sessionId() {
      return base.sessionId()
    },
    async dispatch(turn) {
      const { sessions } = turn.ex.world
      if (turn.method === 'initialize' && sessions.size > 6) {
        const [oldest] = sessions.values()
        oldest?.close()
        if (oldest) sessions.delete(oldest.id)
      }
      return base.dispatch(turn)
    },
  })),
  must('concurrency/logs-to-newest-channel', clients, 'CH', 'progress and logs go to the newest channel', (base) => {
    let newest: Session | undefined
    return {
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        newest = session
      },
      outgoing(message, whence) {
        if (
          !('method' in message) ||
          !whence.turn ||
          newest === undefined ||
          newest === whence.turn.ex.session ||
          newest.closed
        )
          return base.outgoing(message, whence)
        newest.streams[0]?.message(message)
        return []
      },
    }
  }),
  must(
    'concurrency/revision-of-newest',
    'lifecycle-respect-version',
    'FJ FS',
    'all sessions speak the revision of the newest handshake',
    (base) => {
      let latest = '2025-11-25'
      return {
        async dispatch(turn) {
          if (turn.method === 'initialize') latest = turn.ex.revision
          else turn.ex.revision = latest
          return base.dispatch(turn)
        },
      }
    },
  ),
  must('concurrency/structured-shared', clients, 'LJ', 'sums in flight share one result object', (base) => {
    let shared: Json = {}
    return {
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if (!isCall(turn, 'sum_pair') || !('result' in reply) || !isObject(reply.result.structuredContent)) return reply
        shared = reply.result
        await moment(15)
        return { result: shared }
      },
    }
  }),
]
