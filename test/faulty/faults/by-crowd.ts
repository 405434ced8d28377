import type { Json, Policy, Reply } from '../core/types.js'
import { type Fault, isCall, moment, must, nameOf } from './fault.js'

const clients = 'transport-multiple-clients'

/** Runs a tool once for all calls that are in flight together. */
function oneFlight(tool: string, remember: number) {
  return (base: Policy): Partial<Policy> => {
    let flight: Promise<Reply> | undefined
    return {
      dispatch(turn) {
        if (!isCall(turn, tool)) return base.dispatch(turn)
        flight ??= moment(remember)
          .then(() => base.dispatch({ ...turn, signal: new AbortController().signal }))
          .finally(() => {
            flight = undefined
          })
        return flight
      },
    }
  }
}

/** Faults that need two or more requests or clients at the same time. */
export const crowdFaults: Fault[] = [
  must(
    'concurrency/one-flight',
    clients,
    'FJ LS',
    'echoes in flight together get the result of the first',
    oneFlight('parrot', 20),
  ),
  must(
    'concurrency/one-flight-slow',
    clients,
    'CH FS',
    'slow calls in flight together are run once',
    oneFlight('long_haul', 0),
  ),
  must('concurrency/busy', clients, 'FJ CH', 'while a slow call runs other sessions are told to wait', (base) => {
    let owner: object | undefined
    return {
      async dispatch(turn) {
        const me = turn.ex.session
        if (owner !== undefined && owner !== me && turn.method === 'tools/call')
          return { error: { code: -32000, message: 'busy' } }
        if (!isCall(turn, 'long_haul')) return base.dispatch(turn)
        owner = me
        return base.dispatch(turn).finally(() => {
          owner = undefined
        })
      },
    }
  }),
  must(
    'concurrency/errors-swapped',
    'jsonrpc-response-id-echo',
    'FJ',
    'two errors in flight swap their ids',
    (_base) => {
      const waiting: { message: Json; send: (message: Json) => void }[] = []
      return {
        async settle(message, _turn, send) {
          if (!('error' in message)) return send(message)
          const other = waiting.pop()
          if (other !== undefined) {
            other.send({ ...other.message, id: message.id })
            return send({ ...message, id: other.message.id })
          }
          const mine = { message, send }
          waiting.push(mine)
          await moment(40)
          const at = waiting.indexOf(mine)
          if (at < 0) return
          waiting.splice(at, 1)
          send(message)
        },
      }
    },
  ),
  must('concurrency/last-name-in-errors', clients, 'LJ', 'errors name the tool that was asked for last', (base) => {
    let last = ''
    return {
      async dispatch(turn) {
        if (turn.method !== 'tools/call') return base.dispatch(turn)
        last = nameOf(turn)
        await moment(10)
        const reply = await base.dispatch(turn)
        if (!('error' in reply)) return reply
        return { error: { ...reply.error, message: `there is no tool called "${last}"` } }
      },
    }
  }),
  must('concurrency/pages-by-server', clients, 'FJ', 'the place in a list is kept for all clients together', (base) => {
    let place = 0
    return {
      async dispatch(turn) {
        if (turn.method !== 'tools/list') return base.dispatch(turn)
        place = turn.params.cursor === undefined ? 0 : place + 1
        const mine = place
        await moment(10)
        if (mine === place || turn.params.cursor === undefined) return base.dispatch(turn)
        return { error: { code: -32602, message: 'the list has moved on' } }
      },
    }
  }),
  must(
    'concurrency/token-of-newest',
    'progress-known-token',
    'FS LS',
    'calls in flight report on the newest token',
    (base) => {
      let newest: unknown
      return {
        dispatch(turn) {
          const meta = turn.params._meta as Json | undefined
          if (turn.method === 'tools/call' && meta?.progressToken !== undefined) newest = meta.progressToken
          return base.dispatch(turn)
        },
        outgoing: (message, whence) =>
          base.outgoing(
            message.method === 'notifications/progress'
              ? { ...message, params: { ...(message.params as Json), progressToken: newest } }
              : message,
            whence,
          ),
      }
    },
  ),
  must(
    'concurrency/third-in-session',
    clients,
    'FJ',
    'a third call at the same time in a session is refused',
    (base) => {
      const open = new WeakMap<object, number>()
      return {
        async dispatch(turn) {
          const owner = turn.ex.session
          if (owner === undefined || turn.method !== 'tools/call') return base.dispatch(turn)
          const now = (open.get(owner) ?? 0) + 1
          open.set(owner, now)
          await moment(15)
          const reply =
            now > 2 ? { error: { code: -32603, message: 'connection is in use' } } : await base.dispatch(turn)
          open.set(owner, (open.get(owner) ?? 1) - 1)
          return reply
        },
      }
    },
  ),
  must(
    'concurrency/initialize-in-turn',
    clients,
    'FJ',
    'of clients that arrive together only one is let in',
    (base) => {
      let busy = false
      return {
        async dispatch(turn) {
          if (turn.method !== 'initialize') return base.dispatch(turn)
          if (busy) return { error: { code: -32603, message: 'server is starting' } }
          busy = true
          await moment(20)
          busy = false
          return base.dispatch(turn)
        },
      }
    },
  ),
]
