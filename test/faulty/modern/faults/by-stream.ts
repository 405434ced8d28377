import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import type { Listener } from '../listening.js'
import { KEY, LEVELS } from '../meta.js'
import { advance, tell } from '../tools.js'
import type { Policy, Turn } from '../types.js'
import { calls, type ModernFault, must, notice, sent, should } from './fault.js'

const ACK = 'notifications/subscriptions/acknowledged'
const listens = (turn: Turn | undefined): boolean => turn?.method === 'subscriptions/listen'
const wishes = ({ turn }: Listener): Json => turn.params.notifications as Json

/** Says something to a new listener a little later. */
const soon =
  (say: (listener: Listener) => void) =>
  (base: Policy): Partial<Policy> => ({
    listening(listener) {
      base.listening(listener)
      setTimeout(() => say(listener), 40).unref()
    },
  })

/** Faults of streams that show with two subscriptions, two filters or two calls, or for one kind of message. */
export const byStreamFaults: ModernFault[] = [
  must(
    'by-stream/newest-hears-alone',
    'resources-updated-on-listen',
    'J',
    'the newest subscription hears alone',
    (base) => ({
      outgoing(message, turn) {
        const update = message.method === 'notifications/resources/updated'
        if (!update || turn === undefined) return base.outgoing(message, turn)
        const all = [...turn.visit.world.listeners].filter((one) => Array.isArray(wishes(one).resourceSubscriptions))
        return all.length > 1 && all.at(-1)?.turn.id !== turn.id ? [] : base.outgoing(message, turn)
      },
    }),
  ),
  must(
    'by-stream/id-of-the-first',
    'subscriptions-id-equals-request-id',
    'S',
    'two subscriptions share an id',
    (base) => ({
      outgoing(message, turn) {
        const [first] = turn?.visit.world.listeners ?? []
        const meta = isObject(message.params) ? message.params._meta : undefined
        if (first === undefined || !listens(turn) || message.method === ACK || !isObject(meta))
          return base.outgoing(message, turn)
        const params = { ...(message.params as Json), _meta: { ...meta, [KEY.subscription]: first.turn.id } }
        return base.outgoing({ ...message, params }, turn)
      },
    }),
  ),
  must(
    'by-stream/two-filters-are-three',
    'subscriptions-only-requested-types',
    'J',
    'who asks for tools and prompts hears of resources',
    soon((listener) => {
      const { toolsListChanged, promptsListChanged, resourcesListChanged } = wishes(listener)
      if (toolsListChanged === true && promptsListChanged === true && resourcesListChanged !== true)
        listener.notify('notifications/resources/list_changed')
    }),
  ),
  must(
    'by-stream/nothing-is-all',
    'subscriptions-only-requested-types',
    'S',
    'an empty filter hears of tools',
    soon((listener) => {
      if (Object.keys(wishes(listener)).length === 0) listener.notify('notifications/tools/list_changed')
    }),
  ),
  must(
    'by-stream/false-is-true',
    'subscriptions-only-requested-types',
    'M',
    'a filter that says false hears as well',
    soon((listener) => {
      if (wishes(listener).toolsListChanged === false) listener.notify('notifications/tools/list_changed')
    }),
  ),
  must(
    'by-stream/uris-bring-lists',
    'subscriptions-only-requested-types',
    'J',
    'who asks for a resource hears of the list of resources',
    soon((listener) => {
      const { resourceSubscriptions, resourcesListChanged } = wishes(listener)
      if (Array.isArray(resourceSubscriptions) && resourcesListChanged !== true)
        listener.notify('notifications/resources/list_changed')
    }),
  ),
  must(
    'by-stream/text-ids-untagged',
    'subscriptions-id-on-notifications',
    'J',
    'notifications carry no id where that is text',
    sent((message, turn) => {
      if (listens(turn) && typeof turn?.id === 'string' && message.method !== ACK && isObject(message.params))
        delete message.params._meta
      return message
    }),
  ),
  must(
    'by-stream/ack-untagged-for-uris',
    'subscriptions-ack-has-id',
    'S',
    'the acknowledgment of resources has no id',
    notice(ACK, (params, turn) => {
      if (isObject(turn.params.notifications) && 'resourceSubscriptions' in turn.params.notifications)
        delete params._meta
    }),
  ),
  must(
    'by-stream/late-ack-for-uris',
    'subscriptions-ack-first',
    'M',
    'an update comes before the acknowledgment of resources',
    sent((message, turn) => {
      const filter = message.method === ACK ? (message.params as Json).notifications : undefined
      const uris = isObject(filter) ? filter.resourceSubscriptions : undefined
      if (!Array.isArray(uris) || uris.length === 0) return message
      const params = { uri: uris[0], _meta: { [KEY.subscription]: turn?.id } }
      return [{ jsonrpc: '2.0', method: 'notifications/resources/updated', params }, message]
    }),
  ),
  must(
    'by-stream/ack-of-lists-as-text',
    'schema-subscription-ack',
    'J',
    'what is acknowledged is a text',
    notice(ACK, (params) => {
      const filter = params.notifications as Json
      if (filter.promptsListChanged === true) filter.promptsListChanged = 'yes'
    }),
  ),
  must(
    'by-stream/ping-to-listeners',
    'mrtr-no-server-requests',
    'J',
    'listeners are pinged',
    soon(({ turn }) => turn.say({ jsonrpc: '2.0', id: 'p1', method: 'ping' })),
  ),
  must(
    'by-stream/cancelled-to-listeners',
    'cancellation-server-use-listen-only',
    'M',
    'listeners are told of calls that were cancelled',
    (base) => ({
      dispatch(turn) {
        if (calls(turn, 'long_haul'))
          turn.signal.addEventListener('abort', () => {
            for (const listener of turn.visit.world.listeners)
              listener.notify('notifications/cancelled', { requestId: turn.id })
          })
        return base.dispatch(turn)
      },
    }),
  ),
  must(
    'by-stream/progress-crossed',
    'sse-notifications-relate',
    'S',
    'progress goes to the oldest call in flight',
    (base) => {
      const open = new Set<Turn>()
      return {
        async dispatch(turn) {
          if (!calls(turn, 'long_haul')) return base.dispatch(turn)
          open.add(turn)
          const [oldest = turn] = open
          try {
            return await base.dispatch({
              ...turn,
              say: (message) => (oldest.visit.res.writableEnded ? turn : oldest).say(message),
            })
          } finally {
            open.delete(turn)
          }
        },
      }
    },
  ),
  must(
    'by-stream/answers-crossed',
    'jsonrpc-response-id-echo',
    'J',
    'answers to two calls at once swap ids',
    (base) => {
      let waiting: { turn: Turn; id: unknown } | undefined
      return {
        async settle(message, turn, send) {
          if (turn.method !== 'tools/call') return base.settle(message, turn, send)
          const mine = { turn, id: turn.id }
          const other = waiting
          waiting = mine
          await new Promise((resolve) => setTimeout(resolve, 3))
          if (waiting === mine) waiting = undefined
          await base.settle(other === undefined ? message : { ...message, id: other.id }, turn, send)
        },
      }
    },
  ),
  must('by-stream/results-crossed', 'jsonrpc-response-id-echo', 'M', 'calls at once get one result', (base) => {
    let last: { at: number; reply: Awaited<ReturnType<Policy['dispatch']>> } | undefined
    return {
      async dispatch(turn) {
        if (turn.method !== 'resources/read' && turn.method !== 'prompts/get') return base.dispatch(turn)
        const shared = last !== undefined && performance.now() - last.at < 1 ? last.reply : undefined
        const reply = shared ?? (await base.dispatch(turn))
        if (shared === undefined) last = { at: performance.now(), reply }
        return reply
      },
    }
  }),
  should('by-stream/errors-stay-open', 'sse-closes-after-response', 'S', 'streams of errors stay open', (base) => {
    const failed = new WeakSet<object>()
    return {
      outgoing(message, turn) {
        if (turn !== undefined && message.error !== undefined) failed.add(turn.visit)
        return base.outgoing(message, turn)
      },
      finish: (visit) =>
        failed.has(visit) ? void setTimeout(() => base.finish(visit), 8000).unref() : base.finish(visit),
    }
  }),
  must(
    'by-stream/logs-with-progress',
    'logging-silent-without-level',
    'S',
    'who asks for progress gets logs',
    (base) => ({
      dispatch(turn) {
        const level = turn.meta[KEY.level] ?? (turn.meta.progressToken === undefined ? undefined : 'info')
        return base.dispatch(level === undefined ? turn : { ...turn, meta: { ...turn.meta, [KEY.level]: level } })
      },
    }),
  ),
  must(
    'by-stream/one-level-below',
    'logging-meta-level-respected',
    'M',
    'messages of one level below come too',
    (base) => ({
      dispatch(turn) {
        const at = LEVELS.indexOf(String(turn.meta[KEY.level]))
        const meta = at < 1 ? turn.meta : { ...turn.meta, [KEY.level]: LEVELS[at - 1] }
        return base.dispatch({ ...turn, meta })
      },
    }),
  ),
  must('by-stream/emergency-is-off', 'logging-meta-level-respected', 'S', 'emergency is taken for debug', (base) => ({
    dispatch(turn) {
      const loud = /^(alert|emergency)$/.test(String(turn.meta[KEY.level]))
      return base.dispatch(loud ? { ...turn, meta: { ...turn.meta, [KEY.level]: 'debug' } } : turn)
    },
  })),
  must('by-stream/progress-falls', 'progress-monotonic', 'M', 'the last progress is less than the first', (base) => ({
    ...notice('notifications/progress', (params) => {
      if (params.progress === params.total) params.progress = 0.5
    })(base),
  })),
  must('by-stream/progress-of-number-tokens', 'progress-known-token', 'S', 'the token 0 is taken for none', (base) => ({
    ...notice('notifications/progress', (params) => {
      if (typeof params.progressToken === 'number') params.progressToken += 1
    })(base),
  })),
  must(
    'by-stream/after-questions',
    'progress-known-token',
    'S',
    'progress comes to calls that gave no token',
    (base) => ({
      dispatch(turn) {
        if (calls(turn, 'book_table') && turn.meta.progressToken === undefined)
          advance({ ...turn, meta: { ...turn.meta, progressToken: 1 } }, 1, 2)
        return base.dispatch(turn)
      },
    }),
  ),
  must('by-stream/log-has-id', 'jsonrpc-notification-no-id', 'S', 'log messages have an id', (base) => ({
    ...sent((message) => (message.method === 'notifications/message' ? { ...message, id: 'log-1' } : message))(base),
  })),
  must('by-stream/logs-of-others', 'sse-notifications-relate', 'S', 'a call logs on the streams of others', (base) => {
    const open = new Set<Turn>()
    return {
      async dispatch(turn) {
        if (turn.method !== 'tools/call') return base.dispatch(turn)
        open.add(turn)
        for (const other of open)
          if (other !== turn && other.meta[KEY.level] !== undefined) tell(other, 'error', { id: turn.id })
        try {
          return await base.dispatch(turn)
        } finally {
          open.delete(turn)
        }
      },
    }
  }),
  should(
    'by-stream/listen-buffered',
    'sse-x-accel-buffering',
    'J',
    'subscriptions have no X-Accel-Buffering',
    (base) => ({
      extraHeaders: (visit) =>
        visit.req.headers['mcp-method'] === 'subscriptions/listen'
          ? { ...base.extraHeaders(visit), 'x-accel-buffering': 'yes' }
          : base.extraHeaders(visit),
    }),
  ),
]
