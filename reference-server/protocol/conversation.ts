import { setImmediate } from 'node:timers/promises'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  type InitializeResult,
  type JSONRPCRequest,
  type LoggingLevel,
  LoggingLevelSchema,
  type RequestId,
  type Result,
} from '@modelcontextprotocol/sdk/types.js'
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv'
import { type ToolContext, WeatherFailure } from '../weather/tool.js'
import { CODE, ProtocolError } from './error.js'
import { capabilitiesOf, introduce, SERVER_INFO } from './introduction.js'
import { COMPLETION_METHODS, CONVERSATION_METHODS, METHODS, SESSION_METHODS } from './methods.js'
import { LATEST_REVISION, negotiate, type Revision } from './revisions.js'
import type { Subscriber, SubscriptionBoard } from './subscriptions.js'

const LEVELS = LoggingLevelSchema.options

// The SDK makes one for each Server, which costs more than everything else in opening a session.
const jsonSchemaValidator = new AjvJsonSchemaValidator()

/**
 * One client's conversation with the server: an SDK `Server` and what it remembers of that client. The SDK frames,
 * times and cancels; the methods are ours, since the SDK answers unfit params with -32603 and the raw schema report,
 * and agrees to revisions we do not speak.
 */
export class Conversation implements Subscriber {
  readonly server: Server
  readonly subscriptions = new Set<string>()
  logLevel: LoggingLevel = 'info'
  revision: Revision
  initialized = false
  readonly #remembers: boolean
  readonly #board: SubscriptionBoard
  readonly #running = new Map<RequestId, AbortController>()

  /** `remembers`: whether this conversation outlives one request. `revision`: what is spoken until initialize. */
  constructor(board: SubscriptionBoard, remembers: boolean, revision: Revision) {
    this.#board = board
    this.#remembers = remembers
    this.revision = revision
    const capabilities = capabilitiesOf(LATEST_REVISION, remembers)
    this.server = new Server(SERVER_INFO, { capabilities, jsonSchemaValidator })
    for (const method of ['initialize', 'ping', 'logging/setLevel']) this.server.removeRequestHandler(method)
    this.server.fallbackRequestHandler = (request, extra) => this.#answer(request, extra.signal)
    this.server.onclose = () => board.leave(this)
    if (remembers) board.join(this)
  }

  /** Negotiates; -32600 if that has been done before. */
  initialize(requested: string): InitializeResult {
    if (this.initialized) throw new ProtocolError(CODE.invalidRequest, 'This session is initialized already')
    this.initialized = true
    this.revision = negotiate(requested)
    return introduce(this.revision, this.#remembers)
  }

  /** Stops a running request, which then stays without a response (cancellation-no-response-after). */
  cancel(id: RequestId): void {
    this.#running.get(id)?.abort()
  }

  isSubscribed(uri: string): boolean {
    return this.subscriptions.has(uri)
  }

  resourceUpdated(uri: string): void {
    this.server.notification({ method: 'notifications/resources/updated', params: { uri } }).catch(() => {})
  }

  #handlerOf(method: string) {
    const handler = CONVERSATION_METHODS.get(method) ?? METHODS.get(method)
    if (handler) return handler
    if (this.#remembers && SESSION_METHODS.has(method)) return SESSION_METHODS.get(method)
    return this.revision >= '2025-03-26' ? COMPLETION_METHODS.get(method) : undefined
  }

  async #answer(request: JSONRPCRequest, sdkSignal: AbortSignal): Promise<Result> {
    const handler = this.#handlerOf(request.method)
    if (!handler) throw new ProtocolError(CODE.methodNotFound, 'Method not found')
    if (this.#remembers && !this.initialized && request.method !== 'initialize' && request.method !== 'ping')
      throw new ProtocolError(CODE.invalidRequest, 'Initialize first')
    const own = new AbortController()
    const follow = () => own.abort(sdkSignal.reason)
    sdkSignal.addEventListener('abort', follow)
    this.#running.set(request.id, own)
    try {
      return await handler(request.params, this, this.#contextOf(request, own.signal))
    } catch (error) {
      throw error instanceof ProtocolError ? error : new ProtocolError(CODE.internal, 'Internal error')
    } finally {
      this.#running.delete(request.id)
      sdkSignal.removeEventListener('abort', follow)
      // The SDK overlooks cancellations of the ids 0 and '': a promise that never settles keeps it from responding.
      if (own.signal.aborted) {
        await setImmediate()
        if (!sdkSignal.aborted) await new Promise<never>(() => {})
      }
    }
  }

  #contextOf(request: JSONRPCRequest, signal: AbortSignal): ToolContext {
    const progressToken = request.params?._meta?.progressToken
    const related = { relatedRequestId: request.id }
    const knowsMessage = this.revision >= '2025-06-18'
    return {
      signal,
      progress: async (progress, total, message) => {
        if (progressToken === undefined || signal.aborted) return
        const params = { progressToken, progress, total, ...(knowsMessage && { message }) }
        await this.server.notification({ method: 'notifications/progress', params }, related).catch(() => {})
      },
      log: async (level, data) => {
        if (!this.#remembers || signal.aborted || LEVELS.indexOf(level) < LEVELS.indexOf(this.logLevel)) return
        const params = { level, logger: 'weather', data }
        await this.server.notification({ method: 'notifications/message', params }, related).catch(() => {})
      },
      touch: (uri) => this.#board.touch(uri),
      listsChanged: () => {},
      ask: async () => {
        throw new WeatherFailure('This client cannot be asked')
      },
    }
  }
}
