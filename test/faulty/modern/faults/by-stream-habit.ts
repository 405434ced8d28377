import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { KEY } from '../meta.js'
import type { Turn } from '../types.js'
import { both, calls, type ModernFault, must, notice, should } from './fault.js'
import { soon } from './habits.js'

/** Faults of subscriptions and streams that grow from shortcuts. */
export const streamHabitFaults: ModernFault[] = [
  must(
    'habit/second-listener-refused',
    'transport-multiple-clients',
    'J',
    'while one listens nobody else may',
    (base) => ({
      dispatch: async (turn) =>
        turn.method === 'subscriptions/listen' && turn.visit.world.listeners.size > 0
          ? { error: { code: -32603, message: 'somebody listens already' } }
          : base.dispatch(turn),
    }),
  ),
  must(
    'habit/listeners-end-together',
    'transport-multiple-clients',
    'S',
    'when one listener leaves all subscriptions end',
    (base) => ({
      listening(listener) {
        base.listening(listener)
        listener.turn.signal.addEventListener('abort', () => {
          for (const one of listener.turn.visit.world.listeners) one.turn.visit.res.destroy()
        })
      },
    }),
  ),
  must(
    'habit/slots-leak',
    'cancellation-close-is-cancel',
    'S',
    'calls whose stream was closed keep their slot, two of which there are',
    (base) => {
      let taken = 0
      return {
        async dispatch(turn) {
          if (!calls(turn, 'long_haul')) return base.dispatch(turn)
          if (taken >= 2) return { error: { code: -32603, message: 'all slots are taken' } }
          let left = false
          turn.signal.addEventListener('abort', () => {
            left = true
            taken += 1
          })
          const reply = await base.dispatch(turn)
          return left ? new Promise(() => undefined) : reply
        },
      }
    },
  ),
  must(
    'habit/later-notices-untagged',
    'subscriptions-id-on-notifications',
    'J',
    'from the fourth notice of a subscription on the id is missing',
    (base) => {
      const told = new WeakMap<Turn, number>()
      return {
        outgoing(message, turn) {
          if (turn?.method !== 'subscriptions/listen' || message.method === undefined)
            return base.outgoing(message, turn)
          const count = (told.get(turn) ?? 0) + 1
          told.set(turn, count)
          if (count < 4) return base.outgoing(message, turn)
          const { _meta: _, ...params } = message.params as Json
          return base.outgoing({ ...message, params }, turn)
        },
      }
    },
  ),
  must(
    'habit/long-ids-cut',
    'subscriptions-id-equals-request-id',
    'S',
    'ids of subscriptions are cut to 8 characters',
    notice('notifications/resources/updated', (params) => {
      const meta = params._meta as Json
      if (typeof meta[KEY.subscription] === 'string')
        meta[KEY.subscription] = String(meta[KEY.subscription]).slice(0, 8)
    }),
  ),
  must(
    'habit/undeclared-acknowledged',
    'subscriptions-ack-filter-subset',
    'J',
    'changes of prompts are acknowledged and not offered',
    both(
      (base) => ({ capabilities: (world) => ({ ...base.capabilities(world), prompts: {} }) }),
      notice('notifications/subscriptions/acknowledged', (params, turn) => {
        const wished = turn.params.notifications as Json
        if (wished.promptsListChanged === true)
          params.notifications = { ...(params.notifications as Json), promptsListChanged: true }
      }),
    ),
  ),
  must(
    'habit/ends-after-a-notice',
    'subscriptions-listen-stream',
    'M',
    'a subscription ends after its first notice',
    (base) => ({
      outgoing(message, turn) {
        const out = base.outgoing(message, turn)
        const notice =
          turn?.method === 'subscriptions/listen' &&
          typeof message.method === 'string' &&
          !message.method.includes('acknowledged')
        if (notice) setTimeout(() => turn?.visit.res.end(), 5).unref()
        return out
      },
    }),
  ),
  must(
    'habit/logs-to-listeners',
    'subscriptions-only-requested-types',
    'S',
    'listeners hear a notice of the server of its own',
    soon((listener) => listener.notify('notifications/roots/list_changed')),
  ),
  must(
    'habit/progress-of-listen',
    'subscriptions-no-progress-on-listen',
    'J',
    'a subscription with a token reports progress',
    (base) => ({
      listening(listener) {
        base.listening(listener)
        const token = listener.turn.meta.progressToken
        if (token === undefined) return
        setTimeout(() => listener.notify('notifications/progress', { progressToken: token, progress: 1 }), 30).unref()
      },
    }),
  ),
  should('habit/flood-of-logs', 'logging-rate-limited', 'S', 'a call logs three hundred messages', (base) => ({
    outgoing(message, turn) {
      const out = base.outgoing(message, turn)
      return message.method === 'notifications/message' ? Array.from({ length: 100 }, () => out).flat() : out
    },
  })),
  should('habit/flood-of-progress', 'progress-rate-limited', 'M', 'a step reports a hundred times', (base) => ({
    outgoing(message, turn) {
      const out = base.outgoing(message, turn)
      if (message.method !== 'notifications/progress') return out
      const params = message.params as Json
      return Array.from({ length: 100 }, (_, index) => ({
        ...message,
        params: { ...params, progress: Number(params.progress) - 1 + (index + 1) / 100 },
      }))
    },
  })),
  should(
    'habit/cancel-crashes',
    'cancellation-invalid-ignored',
    'J',
    'a cancellation of an unknown request ends in HTTP 500',
    (base) => {
      let cancelled = false
      return {
        sort(raw) {
          cancelled = isObject(raw) && raw.method === 'notifications/cancelled'
          return base.sort(raw)
        },
        status: (kind, visit) => (kind === 'notification' && cancelled ? 500 : base.status(kind, visit)),
      }
    },
  ),
]
