import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JWK } from 'jose'
import type { EventStream } from './event-stream.js'
import type { Session } from './session.js'

/** How the server is reached. */
export type Mode = 'stateful' | 'stateless' | 'sse'
/** How a Streamable HTTP request is answered. */
export type ResponseKind = 'json' | 'sse'
/** What guards the server. */
export type AuthKind = 'none' | 'apikey' | 'oauth'
/** Any JSON object; messages stay loosely typed so that a fault can break them. */
export type Json = Record<string, unknown>
/** A request id. */
export type Id = string | number

/** One JSON-RPC message, sorted by what it is. */
export type Incoming =
  | { kind: 'request'; id: Id; method: string; params: Json }
  | { kind: 'notification'; method: string; params: Json }
  | { kind: 'response'; id: Id }
  | { kind: 'invalid'; id?: Id; text: string }

/** Outcome of a request before it becomes a message. */
export type Reply = { result: Json } | { error: Json }

/** Result of looking at the credentials of a request. */
export type Verdict = { ok: true; subject: string } | { ok: false; status: 400 | 401 | 403; error?: string }

/** Names of the HTTP statuses the server chooses. */
export type StatusKind =
  | 'notification'
  | 'clientResponse'
  | 'malformed'
  | 'badVersion'
  | 'noSession'
  | 'goneSession'
  | 'deleted'
  | 'foreignOrigin'
  | 'wrongMethod'

/** Fields of one server-sent event. */
export interface EventFields {
  id?: string | undefined
  event?: string | undefined
  retry?: number | undefined
  data?: string | undefined
}

/** Everything one running server owns. */
export interface World {
  mode: Mode
  response: ResponseKind
  auth: AuthKind
  origin: string
  endpoint: string
  policy: Policy
  sessions: Map<string, Session>
  desk: AuthDesk
}

/** One HTTP exchange. */
export interface Exchange {
  world: World
  req: IncomingMessage
  res: ServerResponse
  path: string
  query: URLSearchParams
  subject: string
  revision: string
  /** The client gave no way to tell its revision; content keeps to what every revision knows. */
  unversioned?: boolean
  session?: Session
  /** Set by faults that count the parts of a post. */
  posted?: number
  /** Set by faults that answer only once. */
  answered?: boolean
  /** Methods of the posted requests, in order. */
  methods: string[]
}

/** What the pages of the issuer and the challenges need to know of an exchange. */
export type Caller = Pick<Exchange, 'path' | 'req' | 'query'> & {
  world: Pick<World, 'auth' | 'origin' | 'endpoint' | 'desk'>
}

/** One request being worked on. */
export interface Turn {
  ex: Exchange
  id: Id
  method: string
  params: Json
  signal: AbortSignal
  stream?: EventStream
  /** Sends a message related to this request; dropped when the answer is plain JSON. */
  say(message: Json): void
}

/** Where an outgoing message comes from. */
export interface Whence {
  turn?: Turn
  session?: Session | undefined
  stream?: EventStream | undefined
}

/** A plain HTTP answer. */
export interface Page {
  status: number
  type: string
  body: string
  headers?: Record<string, string>
}

/** Issues and checks credentials. */
export interface AuthDesk {
  judge(authorization: string | undefined, options?: JudgeOptions): Promise<Verdict>
  tokens: Tokens | undefined
  /** The public key that the issuer shows, as a JSON Web Key. */
  publicKey?: JWK
}

/** Which of the token checks to skip. */
export interface JudgeOptions {
  skipExpiry?: boolean
  skipAudience?: boolean
  skipScope?: boolean
  skipSignature?: boolean
}

/** Tokens handed to the tester. */
export interface Tokens {
  valid: string
  second: string
  expired?: string
  wrongAudience?: string
  insufficientScope?: string
}

/** Every decision of the server in one place; a fault overrides one or two of them. */
export interface Policy {
  hostAllowed(host: string | undefined, ex: Exchange): boolean
  originAllowed(origin: string | undefined, ex: Exchange): boolean
  isEndpoint(path: string, ex: Exchange): boolean
  /** Answers paths and requests nothing else claims; undefined to go on. */
  intercept(ex: Exchange): Page | undefined
  authorize(ex: Exchange): Promise<Verdict>
  challenge(verdict: Verdict & { ok: false }, ex: Exchange): string | undefined
  metadata(ex: Exchange): Page | undefined
  issuerPage(ex: Exchange, body: string): Page | undefined
  status(kind: StatusKind, ex: Exchange): number
  acceptedBody(ex: Exchange): string
  mediaType(kind: ResponseKind, ex: Exchange): string
  encode(payload: unknown, ex: Exchange): string | Buffer
  wantsStream(ex: Exchange): boolean
  negotiate(requested: unknown, ex: Exchange): string
  headerAccepted(value: string | undefined, ex: Exchange): boolean
  sessionId(): string
  findSession(id: string, ex: Exchange): Session | undefined
  mayUseSession(session: Session, ex: Exchange): boolean
  endSession(session: Session, ex: Exchange): void
  classify(raw: unknown, ex: Exchange): Incoming
  batchAllowed(ex: Exchange): boolean
  invalidCode(ex: Exchange): number
  parseCode(ex: Exchange): number
  dispatch(turn: Turn): Promise<Reply>
  notified(note: { method: string; params: Json }, ex: Exchange): void
  /** Key under which a running request is filed for cancellation. */
  runKey(id: unknown, session: Session | undefined): string
  /** Last look at each message; several, none or a changed one may leave. */
  outgoing(message: Json, whence: Whence): Json[]
  /** Hands a response over; the place for delays, swaps and losses. */
  settle(message: Json, turn: Turn, send: (message: Json) => void): Promise<void>
  /** Ends the answer stream of a POST. */
  finish(stream: EventStream, ex: Exchange): void
  eventId(stream: EventStream, index: number): string | undefined
  primes(stream: EventStream): boolean
  frame(fields: EventFields, stream: EventStream): string | Buffer
  /** Runs when a standing stream (GET or HTTP+SSE) has opened. */
  opened(stream: EventStream, session: Session, ex: Exchange): void
  endpointEvent(session: Session, ex: Exchange): EventFields[]
  /** Streams that get a message nobody asked for; one in a correct server. */
  audience(session: Session): EventStream[]
  /** Events to replay after the given event id. */
  replay(stream: EventStream, after: number, session: Session): EventFields[]
  pingId(session: Session): unknown
  /** Changes the tunable facts of the server once at its start. */
  facts: Facts
}

/** Declarations and content a fault may alter as data. */
export interface Facts {
  pageSize: number
  bind: string
  capabilities(revision: string, world: World): Json
  serverInfo(revision: string): Json
  /** Tools a tester may call, with arguments that work. */
  safeTools: { name: string; arguments: Json }[]
  /** Path of the endpoint and its query; the usual ones when absent. */
  endpoint?: string
  query?: string
}
