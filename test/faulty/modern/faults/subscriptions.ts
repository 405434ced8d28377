import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { KEY } from '../meta.js'
import { ALPHA, TICKER } from '../resources.js'
import { instead, type ModernFault, must, notice, result, sent, should } from './fault.js'

const ACK = 'notifications/subscriptions/acknowledged'
const listens = (turn: { method: string } | undefined): boolean => turn?.method === 'subscriptions/listen'

/** Faults of subscriptions. */
export const subscriptionFaults: ModernFault[] = [
  must(
    'subscriptions/unknown',
    'subscriptions-listen-supported',
    'J',
    'subscriptions/listen is unknown',
    instead((turn) => (listens(turn) ? { error: { code: -32601, message: 'Method not found' } } : undefined)),
  ),
  must(
    'subscriptions/answered-as-json',
    'subscriptions-listen-stream',
    'J',
    'a subscription is one JSON answer',
    (base) => ({
      streams: (turn) => !listens(turn) && base.streams(turn),
      dispatch: async (turn) =>
        listens(turn)
          ? { result: { resultType: 'complete', _meta: { [KEY.subscription]: turn.id } } }
          : base.dispatch(turn),
    }),
  ),
  must(
    'subscriptions/closes-at-once',
    'subscriptions-listen-stream',
    'S',
    'the stream ends after the acknowledgment',
    () => ({ listening: (listener) => void setImmediate(() => listener.end()) }),
  ),
  must(
    'subscriptions/early-notice',
    'subscriptions-ack-first',
    'S',
    'a change is told before the acknowledgment',
    sent((message, turn) => {
      const filter = (message.params as Json | undefined)?.notifications
      if (message.method !== ACK || !isObject(filter) || filter.toolsListChanged !== true) return message
      const params = { _meta: { [KEY.subscription]: turn?.id } }
      return [{ jsonrpc: '2.0', method: 'notifications/tools/list_changed', params }, message]
    }),
  ),
  must(
    'subscriptions/no-ack',
    'subscriptions-ack-first',
    'M',
    'nothing is acknowledged',
    sent((message) => (message.method === ACK ? [] : message)),
  ),
  must(
    'subscriptions/ack-untagged',
    'subscriptions-ack-has-id',
    'J',
    'the acknowledgment has no id',
    notice(ACK, (params) => {
      delete params._meta
    }),
  ),
  must(
    'subscriptions/ack-claims-all',
    'subscriptions-ack-filter-subset',
    'S',
    'the acknowledgment names types nobody asked for',
    notice(ACK, (params) => {
      Object.assign(params.notifications as Json, { promptsListChanged: true, resourcesListChanged: true })
    }),
  ),
  must(
    'subscriptions/ack-empty',
    'schema-subscription-ack',
    'M',
    'the acknowledgment has no filter',
    notice(ACK, (params) => {
      delete params.notifications
    }),
  ),
  must(
    'subscriptions/unasked-types',
    'subscriptions-only-requested-types',
    'J',
    'changes of prompts go to everybody',
    (base) => ({
      listening(listener) {
        base.listening(listener)
        setTimeout(() => listener.notify('notifications/prompts/list_changed'), 40).unref()
      },
    }),
  ),
  must(
    'subscriptions/updates-untagged',
    'subscriptions-id-on-notifications',
    'M',
    'updates of resources carry no id',
    notice('notifications/resources/updated', (params) => {
      delete params._meta
    }),
  ),
  must(
    'subscriptions/lists-untagged',
    'subscriptions-id-on-notifications',
    'J',
    'changes of tools carry no id',
    notice('notifications/tools/list_changed', (params) => {
      delete params._meta
    }),
  ),
  must(
    'subscriptions/id-as-text',
    'subscriptions-id-equals-request-id',
    'S',
    'numbers become text in the id of a subscription',
    sent((message, turn) => {
      const meta = isObject(message.params) ? message.params._meta : undefined
      if (isObject(meta) && listens(turn)) meta[KEY.subscription] = String(turn?.id)
      return message
    }),
  ),
  must(
    'subscriptions/updates-of-others',
    'subscriptions-updated-uri-scope',
    'J',
    'an update of another resource is sent too',
    (base) => ({
      listening(listener) {
        base.listening(listener)
        const uris = listener.filter.resourceSubscriptions
        if (!Array.isArray(uris) || uris.length === 0) return
        const uri = uris.includes(ALPHA) ? 'ledger:///accounts/acc-099' : ALPHA
        setTimeout(() => listener.notify('notifications/resources/updated', { uri }), 60).unref()
      },
    }),
  ),
  must(
    'subscriptions/never-updated',
    'resources-updated-on-listen',
    'S',
    'updates are promised and never sent',
    (base) => ({
      ...sent((message) => (message.method === 'notifications/resources/updated' ? [] : message))(base),
    }),
  ),
  must(
    'subscriptions/progress-on-listen',
    'subscriptions-no-progress-on-listen',
    'M',
    'progress is sent to listeners too',
    (base) => ({
      outgoing(message, turn) {
        if (message.method === 'notifications/progress' && turn !== undefined && !listens(turn))
          for (const listener of turn.visit.world.listeners)
            listener.notify('notifications/progress', message.params as Json)
        return base.outgoing(message, turn)
      },
    }),
  ),
  must('logging/on-listen', 'logging-own-stream-only', 'S', 'log messages go to listeners', (base) => ({
    outgoing(message, turn) {
      if (message.method !== 'notifications/message' || turn === undefined || listens(turn))
        return base.outgoing(message, turn)
      for (const listener of turn.visit.world.listeners)
        listener.notify('notifications/message', message.params as Json)
      return base.outgoing(message, turn)
    },
  })),
  must(
    'subscriptions/update-without-uri',
    'schema-resource-updated-notification',
    'J',
    'an update does not say of what',
    notice('notifications/resources/updated', (params) => {
      delete params.uri
    }),
  ),
  should(
    'subscriptions/breaks-off',
    'subscriptions-graceful-result',
    'S',
    'the server drops a stream without a result',
    (base) => ({
      listening(listener) {
        base.listening(listener)
        setTimeout(() => listener.turn.visit.res.end(), 400).unref()
      },
    }),
  ),
  must(
    'subscriptions/result-untagged',
    'subscriptions-result-has-id',
    'M',
    'the server ends a stream with a result that has no id',
    (base) => ({
      ...result('subscriptions/listen', (one) => {
        delete one._meta
      })(base),
      listening(listener) {
        base.listening(listener)
        setTimeout(() => listener.end(), 400).unref()
      },
    }),
  ),
  must(
    'subscriptions/unknown-uri-honoured',
    'subscriptions-ack-filter-subset',
    'J',
    'a resource the server lacks is acknowledged with another URI',
    notice(ACK, (params) => {
      const filter = params.notifications as Json
      if (Array.isArray(filter.resourceSubscriptions)) filter.resourceSubscriptions = [TICKER, 'ledger:///all']
    }),
  ),
]
