import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AuthDesk, AuthKind, Id, Incoming, Json, Page, Reply, Verdict } from '../core/types.js'
import type { Listener } from './listening.js'

/** How requests are answered: `mixed` streams only where a caller asked for progress or log messages. */
export type ResponseKind = 'json' | 'sse' | 'mixed'

/** Everything one running server owns; nothing in it outlives a request but the open subscriptions. */
export interface World {
  response: ResponseKind
  auth: AuthKind
  origin: string
  endpoint: string
  policy: Policy
  desk: AuthDesk
  listeners: Set<Listener>
  /** Key of the seal on requestState. */
  secret: Buffer
}

/** One HTTP exchange. */
export interface Visit {
  world: World
  req: IncomingMessage
  res: ServerResponse
  path: string
  query: URLSearchParams
  subject: string
}

/** One request being worked on. */
export interface Turn {
  visit: Visit
  id: Id
  method: string
  params: Json
  /** `_meta` of the request, an empty object when there is none. */
  meta: Json
  signal: AbortSignal
  /** Begins the event stream when the answer is one. */
  open(): void
  /** Sends a message on the stream of the answer; dropped when the answer is plain JSON. */
  say(message: Json): void
}

/** Names of the HTTP statuses that are no matter of an error code. */
export type StatusKind = 'notification' | 'response' | 'wrongMethod' | 'foreignOrigin' | 'malformed'

/** An answer to a request that is refused before its method is looked at. */
export interface Objection {
  code: number
  message: string
  data?: unknown
}

/** Every decision of the server in one place; a fault overrides one or two of them. */
export interface Policy {
  pageSize: number
  /** Path of the endpoint and its query. */
  endpoint: string
  query: string
  /** Tools a tester may call, with arguments that work. */
  safeTools: { name: string; arguments: Json }[]
  originAllowed(origin: string | undefined, visit: Visit): boolean
  /** Answers requests before anything else looks at them; undefined to go on. */
  intercept(visit: Visit): Page | undefined
  authorize(visit: Visit): Promise<Verdict>
  challenge(verdict: Verdict & { ok: false }, visit: Visit): string | undefined
  metadata(visit: Visit): Page | undefined
  status(kind: StatusKind, visit: Visit): number
  acceptedBody: string
  parseCode: number
  sort(raw: unknown): Incoming
  capabilities(world: World): Json
  /** Value of a request header, as sent. */
  header(visit: Visit, name: string): string | undefined
  /** Plain value behind a mirrored one; undefined when it is malformed. */
  decode(value: string, visit: Visit): string | undefined
  metaFault(turn: Turn): Objection | undefined
  versionFault(turn: Turn): Objection | undefined
  methodFault(turn: Turn): Objection | undefined
  nameFault(turn: Turn): Objection | undefined
  /** Looks at one annotated parameter of a call; `value` is undefined when the argument is absent. */
  paramFault(turn: Turn, name: string, type: unknown, value: unknown): Objection | undefined
  dispatch(turn: Turn): Promise<Reply>
  /** The person a call for input is bound to, as sealed in requestState. */
  unseal(turn: Turn, state: unknown): Json | undefined
  /** Last look at each message; several, none or a changed one may leave. */
  outgoing(message: Json, turn: Turn | undefined): Json[]
  /** HTTP status of an error response. */
  errorStatus(code: unknown, turn: Turn | undefined): number
  streams(turn: Turn): boolean
  mediaType(kind: 'json' | 'sse', turn: Turn | undefined): string
  sseHeaders: Record<string, string>
  /** Headers on every answer to a POST. */
  extraHeaders(visit: Visit): Record<string, string>
  encode(payload: unknown, turn: Turn | undefined): string | Buffer
  /** Hands the response over; the place for delays and extras. */
  settle(message: Json, turn: Turn, send: (message: Json) => void): Promise<void> | void
  /** Ends the stream of an answer. */
  finish(visit: Visit): void
  /** Runs when a subscription was acknowledged. */
  listening(listener: Listener): void
}
