import type { EventStream } from '../core/event-stream.js'
import type { Session } from '../core/session.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { type Fault, moment, must, nameOf, should } from './fault.js'

type Waiting = { message: Json; turn: Turn; partner?: Waiting }

const half = (message: Json): Json => ('error' in message ? { error: message.error } : { result: message.result })

/** Exchanges the results of two calls that are in flight together. */
function swap(tool: string, needed = 2) {
  return (base: Policy): Partial<Policy> => {
    const done: Waiting[] = []
    let open = 0
    const concerns = (turn: Turn): boolean => turn.method === 'tools/call' && nameOf(turn) === tool
    return {
      async dispatch(turn) {
        if (!concerns(turn)) return base.dispatch(turn)
        open += 1
        await moment()
        return base.dispatch(turn).finally(() => {
          if (turn.signal.aborted) open -= 1
        })
      },
      async settle(message, turn, send) {
        if (!concerns(turn)) return send(message)
        const mine: Waiting = { message, turn }
        const crowded = open >= needed
        done.push(mine)
        for (let patience = 0; crowded && mine.partner === undefined && patience < 60; patience += 1) {
          const other = done.find((one) => one !== mine && one.partner === undefined)
          if (other !== undefined) {
            mine.partner = other
            other.partner = mine
          } else await moment()
        }
        done.splice(done.indexOf(mine), 1)
        open -= 1
        send(mine.partner === undefined ? message : { ...message, ...half(mine.partner.message) })
      },
    }
  }
}

/** Loses the answer of a call that shares the server with many others. */
function lose(limit: number, hang: boolean) {
  return (base: Policy): Partial<Policy> => {
    let open = 0
    return {
      async settle(message, turn, send) {
        open += 1
        const crowded = open >= limit
        await moment(40)
        open -= 1
        if (!crowded) return base.settle(message, turn, send)
        if (hang) await new Promise(() => {})
      },
    }
  }
}

/** Files waiting answers by id alone, for all clients together. */
function sharedIds(base: Policy): Partial<Policy> {
  const doors = new Map<unknown, (message: Json) => void>()
  return {
    async settle(message, turn, send) {
      if (turn.method === 'initialize') return base.settle(message, turn, send)
      doors.set(message.id, send)
      await moment(30)
      doors.get(message.id)?.(message)
      if (doors.get(message.id) !== send) await new Promise(() => {})
      doors.delete(message.id)
    },
  }
}

const clients = 'transport-multiple-clients'

/** Faults that need several requests or several clients at once. */
export const concurrencyFaults: Fault[] = [
  must('concurrency/swapped', clients, 'FJ LJ', 'two echoes in flight swap their results', swap('parrot')),
  must(
    'concurrency/swapped-events',
    clients,
    'FS LS',
    'two slow calls in flight swap their results',
    swap('long_haul'),
  ),
  must('concurrency/swapped-crowd', clients, 'LJ', 'with six echoes in flight results are swapped', swap('parrot', 6)),
  must(
    'concurrency/swapped-ids',
    'jsonrpc-response-id-echo',
    'FS',
    'calls in flight get the id of the newest one',
    () => {
      const newest = new WeakMap<Session, unknown>()
      return {
        async settle(message, turn, send) {
          const { session } = turn.ex
          if (session === undefined || turn.method !== 'tools/call') return send(message)
          newest.set(session, message.id)
          await moment(30)
          send({ ...message, id: newest.get(session) })
        },
      }
    },
  ),
  must(
    'concurrency/lost-eighth',
    clients,
    'LJ FJ',
    'with eight requests in flight one is never answered',
    lose(8, true),
  ),
  should(
    'concurrency/lost-events',
    'sse-response-delivered',
    'LS FS',
    'with eight in flight a stream ends without its response',
    lose(8, false),
  ),
  must('concurrency/shared-ids', clients, 'LJ FJ', 'equal ids of different clients collide', sharedIds),
  must('concurrency/shared-ids-events', clients, 'FS', 'equal ids of different sessions collide', sharedIds),
  must('concurrency/latest-arguments', clients, 'LS', 'a call sees the arguments of the newest call', (base) => {
    let latest: Json = {}
    return {
      async dispatch(turn) {
        if (turn.method !== 'tools/call' || nameOf(turn) !== 'parrot') return base.dispatch(turn)
        latest = turn.params
        await moment(15)
        return base.dispatch({ ...turn, params: latest })
      },
    }
  }),
  must(
    'concurrency/second-client-refused',
    clients,
    'FJ',
    'a second client cannot initialize while the first is there',
    (base) => ({
      intercept(ex) {
        const taken =
          ex.world.sessions.size > 0 && ex.req.method === 'POST' && ex.req.headers['mcp-session-id'] === undefined
        const body = '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"already initialized"}}'
        return taken ? { status: 400, type: 'application/json', body } : base.intercept(ex)
      },
    }),
  ),
  must(
    'concurrency/second-channel-refused',
    clients,
    'CH',
    'a second channel is refused while one is open',
    (base) => ({
      intercept(ex) {
        const taken = ex.world.sessions.size > 0 && ex.req.method === 'GET' && ex.path === ex.world.endpoint
        return taken ? { status: 409, type: 'text/plain', body: 'busy' } : base.intercept(ex)
      },
    }),
  ),
  must('concurrency/newest-channel', clients, 'CH', 'answers go to the newest channel', (base) => {
    let newest: Session | undefined
    return {
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        newest = session
      },
      async settle(message, turn, send) {
        const stream: EventStream | undefined = newest?.closed ? undefined : newest?.streams[0]
        if (stream === undefined || newest === turn.ex.session) return send(message)
        stream.message(message)
      },
    }
  }),
  must('concurrency/shared-memos', clients, 'FJ CH', 'memos of all sessions are kept in one list', (base) => {
    const memos: string[] = []
    return {
      async dispatch(turn) {
        const { session } = turn.ex
        if (session !== undefined) Object.assign(session, { memos })
        return base.dispatch(turn)
      },
    }
  }),
  must('concurrency/delete-all', clients, 'FJ', 'deleting one session ends all of them', (base) => ({
    endSession(session, ex) {
      for (const other of ex.world.sessions.values()) other.close()
      ex.world.sessions.clear()
      base.endSession(session, ex)
    },
  })),
  must('concurrency/cancel-all', clients, 'FS', 'a cancellation hits equal ids of other sessions', (base) => ({
    notified(note, ex) {
      base.notified(note, ex)
      if (note.method !== 'notifications/cancelled') return
      const key = base.runKey(note.params.requestId, undefined)
      for (const session of ex.world.sessions.values()) session.running.get(key)?.abort('cancelled')
    },
  })),
  must(
    'concurrency/same-session',
    'session-id-nondeterministic',
    'FJ',
    'sessions opened at the same moment share an id',
    () => ({
      sessionId: () => Buffer.from(`ledger-session-${Math.floor(Date.now() / 100)}`).toString('hex'),
    }),
  ),
  must('concurrency/overload', clients, 'FS', 'more than three calls at once break the server', (base) => {
    let open = 0
    return {
      async dispatch(turn) {
        open += 1
        await moment(15)
        const reply = open > 3 ? { error: { code: -32603, message: 'database is locked' } } : undefined
        open -= 1
        return reply ?? base.dispatch(turn)
      },
    }
  }),
]
