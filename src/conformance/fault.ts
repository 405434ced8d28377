import type { Message } from '../wire/jsonrpc.js'

/** A request on its way to the server under a fault. Header names are in lower case. */
export interface FaultRequest {
  method: string
  url: string
  headers: Record<string, string>
  /** The names of the headers as they were written. */
  headerNames: readonly string[]
  body: string
  /** The body as JSON, when it is one message. */
  message?: Message
}

/** A whole answer, as a fault may give or change it. `body` is absent for event streams: change those by `message` and `event`. */
export interface FaultReply {
  status: number
  headers: Record<string, string | string[]>
  body?: string
}

/** One server-sent event under a fault. */
export interface FaultEvent {
  id?: string
  event?: string
  data: string
  retry?: number
}

/** An event stream that is open through the faulty server. */
export interface FaultStream {
  request: FaultRequest
  send(event: FaultEvent): void
}

/** What a fault may know. */
export interface FaultContext {
  /** The HTTP request this belongs to (for a GET or legacy stream the request that opened it). */
  request: FaultRequest
  /** The JSON-RPC message being answered, where it is known, also over the legacy transport. */
  call?: Message
  /** Where the message goes: body of a JSON answer, stream of a POST, of a subscription (2026-07-28), of a GET. */
  channel: 'json' | 'post-stream' | 'listen-stream' | 'get-stream'
  /** Every event stream that is open now. */
  streams: readonly FaultStream[]
}

type Maybe<T> = T | undefined | void | Promise<T | undefined | void>

/**
 * How a server breaks exactly one rule: hooks of a proxy in front of a clean server. Returning undefined leaves things as they are.
 * A fault never changes what it does not name.
 */
export interface Fault {
  /** Listens on the other addresses of this machine too. */
  everywhere?: boolean
  /** Changes the request before the server sees it, or answers in its place (an object with `status`). */
  request?(request: FaultRequest): Maybe<FaultRequest | FaultReply>
  /** Changes status, headers and (of answers that are no event stream) the body. */
  reply?(reply: FaultReply, request: FaultRequest): Maybe<FaultReply>
  /** Changes each JSON-RPC message the server sends on any channel; null drops it, a list sends several in its place. */
  message?(message: Message, context: FaultContext): Maybe<unknown>
  /** Changes each server-sent event (after `message`); null drops it, a list sends several. */
  event?(event: FaultEvent, context: FaultContext): Maybe<FaultEvent | FaultEvent[] | null>
  /** Changes each `retry` field; null drops it. */
  retry?(ms: number): number | null
  /** Asked when the client hangs up before the answer is whole: `unnoticed` keeps it from the server, which goes on with its work. */
  hangup?(request: FaultRequest): 'unnoticed' | undefined
  /** Asked of each request: for so many ms the server then is gone, with every connection. */
  dies?(request: FaultRequest): number | undefined
  /** Called before an event stream ends; a promise holds it open. */
  end?(context: FaultContext): void | Promise<void>
}

/** A fault, or a maker of one where it keeps state from call to call. */
export type FaultSource = Fault | (() => Fault)

/** The request that opens: initialize, or in 2026-07-28 server/discover, which tells the same of a server. */
export const greeting = /^(initialize|server\/discover)$/

/** What `client.plainMethod` may be. */
export const plainRequest = /^(ping|server\/discover)$/

/** Changes the result of every answer to `method`. */
export function onResult(
  method: string | RegExp,
  change: (result: any, message: Message, context: FaultContext) => unknown,
): Fault {
  return {
    message(message, context) {
      if (!('result' in message) || !matches(method, context.call?.method)) return undefined
      return { ...message, result: change(message.result, message, context) }
    },
  }
}

/** Changes every JSON-RPC error answered to `method` (all methods when it is left out). */
export function onError(
  change: (error: any, message: Message, context: FaultContext) => unknown,
  method?: string | RegExp,
): Fault {
  return {
    message(message, context) {
      if (!('error' in message) || (method && !matches(method, context.call?.method))) return undefined
      return { ...message, error: change(message.error, message, context) }
    },
  }
}

/** Changes every answer to requests that `when` picks. */
export function onReply(
  when: (request: FaultRequest) => boolean,
  change: Partial<FaultReply> | ((reply: FaultReply, request: FaultRequest) => FaultReply),
): Fault {
  return {
    reply(reply, request) {
      if (!when(request)) return undefined
      return typeof change === 'function' ? change(reply, request) : { ...reply, ...change }
    },
  }
}

/** Answers the requests that `when` picks in place of the server. */
export function instead(
  when: (request: FaultRequest) => boolean,
  answer: (request: FaultRequest) => FaultReply,
): Fault {
  return { request: (request) => (when(request) ? answer(request) : undefined) }
}

/** A whole JSON answer with that status. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): FaultReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

/** True when the request is the JSON-RPC call `method`. */
export function calls(method: string | RegExp): (request: FaultRequest) => boolean {
  return (request) => matches(method, request.message?.method)
}

function matches(wanted: string | RegExp, method: unknown): boolean {
  return typeof method === 'string' && (typeof wanted === 'string' ? method === wanted : wanted.test(method))
}
