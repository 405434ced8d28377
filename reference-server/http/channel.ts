import { WebStandardStreamableHTTPServerTransport as Transport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js'
import type { Response as ServerResponse } from 'express'
import type { Conversation } from '../protocol/conversation.js'
import { CODE } from '../protocol/error.js'
import { EventLog, RETRY_MS, STANDALONE_STREAM } from './event-log.js'
import { Exchange } from './exchange.js'
import { cancelledBy, isRequest } from './message.js'
import { Refusal } from './refusal.js'
import { sendResponse } from './send-response.js'

const POST_HEADERS = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }

/** How a channel is set up. */
export interface ChannelOptions {
  json: boolean
  /** Undefined for a channel that serves a single POST. */
  sessionId?: string
}

/**
 * The SDK's Streamable HTTP transport with one conversation behind it. Requests arrive checked; this adds what the
 * transport lacks: an end for cancelled requests, a guard for ids in flight, resumption of finished streams, priming
 * by the negotiated revision and of GET streams, and replacement of a stale GET stream.
 */
export class Channel {
  readonly conversation: Conversation
  /** Called when no request is in flight any more. */
  onidle: () => void = () => {}
  readonly #transport: Transport
  readonly #log = new EventLog()
  readonly #inFlight = new Map<RequestId, Exchange>()
  readonly #sessionHeader: Record<string, string>
  #filingFor: Exchange | undefined
  #posting: { revision: string; request: Request } | undefined

  constructor(conversation: Conversation, { json, sessionId }: ChannelOptions) {
    this.conversation = conversation
    this.#sessionHeader = sessionId === undefined ? {} : { 'mcp-session-id': sessionId }
    this.#transport = new Transport({
      ...(sessionId !== undefined && { sessionIdGenerator: () => sessionId }),
      enableJsonResponse: json,
      eventStore: this.#log,
      retryInterval: RETRY_MS,
    })
    this.#log.onrecord = (streamId) => {
      if (this.#filingFor) this.#filingFor.stream = streamId
    }
    const send = this.#transport.send.bind(this.#transport)
    this.#transport.send = async (message, options) => {
      const answered = 'method' in message ? undefined : message.id
      try {
        await this.#filing(this.#inFlight.get((answered ?? options?.relatedRequestId)!), () => send(message, options))
      } finally {
        if (answered !== undefined) this.#answered(answered, message)
      }
    }
  }

  /** Connects the conversation; to be called once, before anything else. */
  open(): Promise<void> {
    return this.conversation.server.connect(this.#transport)
  }

  /** Whether requests are being worked on. */
  get busy(): boolean {
    return this.#inFlight.size > 0
  }

  /** Serves the messages of one POST and answers it. */
  async post(messages: readonly JSONRPCMessage[], isBatch: boolean, res: ServerResponse): Promise<void> {
    const ids = messages.filter(isRequest).map((message) => message.id)
    const taken = ids.find((id) => this.#inFlight.has(id))
    // The SDK would hand the response of the first to the second and leave the first without one.
    if (taken !== undefined) throw new Refusal(400, CODE.invalidRequest, 'This id is in use', { id: taken })
    for (const message of messages) this.#cancelIfAsked(message)
    const exchange = new Exchange(ids)
    for (const id of ids) this.#inFlight.set(id, exchange)
    const answer = this.#transport.handleRequest(this.#postRequest(), {
      // A batch that cancels a request of its own would leave the SDK waiting for the response: it runs uncancelled.
      parsedBody: isBatch
        ? messages.filter((message) => !ids.includes(cancelledBy(message) as RequestId))
        : messages[0],
    })
    const response = await Promise.race([answer, exchange.endedEarly])
    await sendResponse(response, res, { cut: exchange.endedEarly })
  }

  /**
   * Opens the server stream, or resumes the stream of this event (sse-replay-same-stream-only). `watch` is called
   * when the server stream is open; what it returns, when that ends.
   */
  async listen(lastEventId: string | undefined, res: ServerResponse, watch: () => () => void): Promise<void> {
    const rest = lastEventId === undefined ? undefined : this.#log.after(lastEventId)
    if (rest?.finished) {
      // The SDK would keep a resumed stream open though its response was replayed (sse-closes-after-response).
      const events = rest.events.map(
        ({ id, message }) => `event: message\nid: ${id}\ndata: ${JSON.stringify(message)}\n\n`,
      )
      const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', ...this.#sessionHeader }
      return sendResponse(new Response(events.join(''), { headers }), res)
    }
    const accept = { accept: 'text/event-stream' }
    if (rest && lastEventId !== undefined) {
      const resumed = await this.#transport.handleRequest(
        this.#request('GET', { ...accept, 'last-event-id': lastEventId }),
      )
      const unwatch = rest.name === STANDALONE_STREAM ? watch() : () => {}
      return sendResponse(resumed, res).finally(unwatch)
    }
    // A client that lost its connection unnoticed would meet 409 until the old one times out.
    this.#transport.closeStandaloneSSEStream()
    const primes = this.conversation.revision >= '2025-11-25'
    const preface = primes ? `id: ${this.#log.record(STANDALONE_STREAM)}\nretry: ${RETRY_MS}\ndata: \n\n` : undefined
    const opened = await this.#transport.handleRequest(this.#request('GET', accept))
    await sendResponse(opened, res, { preface }).finally(watch())
  }

  /** Ends all streams and everything in flight. */
  async close(): Promise<void> {
    await this.#transport.close()
    const error = { code: CODE.refused, message: 'The session has ended' }
    for (const [id, exchange] of this.#inFlight)
      exchange.end(Response.json({ jsonrpc: '2.0', id, error }, { status: 404 }))
    this.#inFlight.clear()
  }

  // The SDK keeps to itself which stream serves a request. It files an event before it first waits, so that what is
  // filed during the call belongs to this exchange.
  #filing<Result>(exchange: Exchange | undefined, action: () => Result): Result {
    this.#filingFor = exchange
    try {
      return action()
    } finally {
      this.#filingFor = undefined
    }
  }

  #request(method: string, headers: Record<string, string>): Request {
    // The transport primes by this header; what counts is the revision that was negotiated.
    const version = { 'mcp-protocol-version': this.conversation.revision }
    return new Request('http://localhost/', { method, headers: { ...headers, ...version, ...this.#sessionHeader } })
  }

  // All POSTs look alike to the SDK, which gets their bodies parsed: one object will do.
  #postRequest(): Request {
    const { revision } = this.conversation
    if (this.#posting?.revision !== revision) this.#posting = { revision, request: this.#request('POST', POST_HEADERS) }
    return this.#posting.request
  }

  #cancelIfAsked(message: JSONRPCMessage): void {
    const id = cancelledBy(message)
    const exchange = id === undefined ? undefined : this.#inFlight.get(id)
    if (id === undefined || !exchange) return
    this.#inFlight.delete(id)
    this.conversation.cancel(id)
    if (exchange.cancelled(id) && exchange.stream) this.#log.finish(exchange.stream)
    if (!this.busy) this.onidle()
  }

  #answered(id: RequestId, answer: JSONRPCMessage): void {
    const exchange = this.#inFlight.get(id)
    this.#inFlight.delete(id)
    if (exchange?.answered(id, answer) && exchange.stream) this.#log.finish(exchange.stream)
    if (!this.busy) this.onidle()
  }
}
