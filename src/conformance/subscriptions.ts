import { metaKey } from '../protocol/modern.js'
import { type Id, isNotification, isObject, isResponse, type Message, nextId } from '../wire/jsonrpc.js'
import type { ModernSession, SubscriptionFilter } from '../wire/modern.js'
import type { Reply } from '../wire/reply.js'
import { throttled } from './crash.js'
import { assume } from './expect.js'
import { calls, type Fault, instead } from './fault.js'

/** One subscription of 2026-07-28: the id of its request, what it asked for, and its stream. */
export interface Subscription {
  id: Id
  filter: SubscriptionFilter
  reply: Reply
}

const acknowledgment = 'notifications/subscriptions/acknowledged'

/** The kinds of notification a filter can ask for, with the member that asks and, of the lists, the list that changed. */
export const changeKinds = [
  { method: 'notifications/tools/list_changed', member: 'toolsListChanged', list: 'tools' },
  { method: 'notifications/prompts/list_changed', member: 'promptsListChanged', list: 'prompts' },
  { method: 'notifications/resources/list_changed', member: 'resourcesListChanged', list: 'resources' },
  { method: 'notifications/resources/updated', member: 'resourceSubscriptions', list: undefined },
] as const

/** Opens a subscription and returns once it has been acknowledged or refused. */
export async function subscribe(
  session: ModernSession,
  filter: SubscriptionFilter,
  id: Id = nextId(),
): Promise<Subscription> {
  // Whoever gives a token might be told of progress, which a subscription has none of.
  return { id, filter, reply: await session.listen(filter, { id, meta: { progressToken: `listen-${id}` } }) }
}

/** The acknowledgment of a subscription, wherever on its stream it stands. */
export function acknowledgmentOf({ reply }: Subscription): Message | undefined {
  return reply.messages.find((one): one is Message => isNotification(one) && one.method === acknowledgment)
}

/** Every acknowledgment that came. */
export function acknowledgmentsOf(subscriptions: readonly Subscription[]): Message[] {
  return subscriptions.map(acknowledgmentOf).filter((one): one is Message => one !== undefined)
}

/** The filter that was acknowledged; empty when it is missing or no object. */
export function acknowledgedFilter(subscription: Subscription): Record<string, any> {
  const filter: unknown = acknowledgmentOf(subscription)?.params?.notifications
  return isObject(filter) ? filter : {}
}

/** True where a filter asks for something: no `false` and no empty list. */
export function asksFor(filter: Record<string, any>, member: string): boolean {
  return Array.isArray(filter[member]) ? filter[member].length > 0 : filter[member] === true
}

/** Every notification on a subscription's stream beside the acknowledgment. */
export function deliveredOn({ reply }: Subscription): Message[] {
  return reply.messages.filter((one): one is Message => isNotification(one) && one.method !== acknowledgment)
}

/** The result with which the server ended a subscription, if it did. */
export function closingResult({ reply }: Subscription): Record<string, any> | undefined {
  const response = reply.messages.find((one): one is Message => isResponse(one) && isObject(one.result))
  return response?.result
}

/** The subscription id a message carries in its `_meta`; `where` is its params or result. */
export function subscriptionIdIn(where: any): unknown {
  return where?._meta?.[metaKey.subscriptionId]
}

/** Those that got a stream; the control of every check that looks at one. */
export function opened(subscriptions: readonly Subscription[]): Subscription[] {
  const served = subscriptions.filter(({ reply }) => reply.ok && reply.isStream && !throttled(reply))
  assume(served.length > 0, 'subscriptions/listen is answered with an event stream', subscriptions[0]?.reply)
  return served
}

/** A fault: every notification on a subscription becomes what `change` makes of it; null drops it, a list sends several. */
export function onSubscription(change: (message: Message, request: Message) => unknown): Fault {
  return {
    message(message, { channel, request }) {
      if (channel !== 'listen-stream' || !isNotification(message)) return undefined
      return change(message, request.message ?? {})
    },
  }
}

/** A fault: whenever a tool has answered, each open subscription also gets the message that `made` makes for it. */
export function alsoOnSubscriptions(made: (listen: Message, call: Message) => Message | undefined): Fault {
  return {
    message(message, { call, streams }) {
      if (call?.method !== 'tools/call' || !isResponse(message)) return undefined
      for (const stream of streams) {
        const listen = stream.request.message
        const extra = listen?.method === 'subscriptions/listen' ? made(listen, call) : undefined
        if (extra) stream.send({ data: JSON.stringify(extra) })
      }
      return undefined
    },
  }
}

/** A notification as a subscription carries it, for faults. */
export function tagged(listen: Message, method: string, params: Record<string, unknown> = {}): Message {
  return { jsonrpc: '2.0', method, params: { ...params, _meta: { [metaKey.subscriptionId]: listen.id } } }
}

/** A fault: each subscription is acknowledged as it was asked for, and ended at once. */
export function endsSubscriptions(): Fault {
  return instead(calls('subscriptions/listen'), ({ message = {} }) => {
    const { notifications } = message.params ?? {}
    const first = tagged(message, acknowledgment, { notifications })
    return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: `data: ${JSON.stringify(first)}\n\n` }
  })
}

/** A fault: of all subscriptions only those whose id is a text hear of `method`. */
export function forgetsSubscribers(method: string): Fault {
  return onSubscription((message, { id }) => (message.method === method && typeof id === 'number' ? null : undefined))
}
