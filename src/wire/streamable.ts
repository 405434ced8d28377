import { newestHandshake, type Revision, revisions } from '../protocol/revisions.js'
import { Answering } from './answering.js'
import { changeHeaders, type HeaderChanges, type HeaderList } from './headers.js'
import { longestMs } from './http.js'
import { isObject, notification, request } from './jsonrpc.js'
import { bodyOf, expectedResponses, hasResponses } from './payload.js'
import { identityHeaders, type Peer, send } from './peer.js'
import type { Reply } from './reply.js'
import {
  type CallOptions,
  clientInfo,
  mostReceived,
  type OpenOptions,
  type Payload,
  type Received,
  type SendOptions,
  type Session,
} from './session.js'
import { type Trace, traceOf } from './trace.js'

/** For so many ms the reply to an answer of ours is listened to. */
const afterAnswerMs = 1000

/** A session over Streamable HTTP. Spec: basic/transports#streamable-http. */
export class StreamableSession implements Session {
  readonly transport = 'streamable-http'
  readonly received: Received[] = []
  readonly strays: Received[] = []
  readonly answered: { message: unknown; reply: Promise<Reply> }[] = []
  revision: Revision
  id?: string
  opening!: Reply
  initialized?: Reply
  private ended = false
  private agreed = false
  /** How many requests may have left something behind. */
  private traces = 0
  /** True once something was refused in it or odd: it should go on all the same, which is to be seen. */
  doubtful = false
  private readonly streams = new Set<Reply>()
  private answering: Answering

  private constructor(
    private readonly peer: Peer,
    revision: Revision,
    private readonly options: OpenOptions,
  ) {
    this.revision = revision
    this.answering = new Answering(options.answer)
  }

  get postUrl(): string {
    return this.peer.url
  }

  /** True while only ordinary requests were made in it, so that somebody else may go on with it as if it were new. */
  get asNew(): boolean {
    const plain = Object.keys(this.options).length === 0
    return plain && this.agreed && !this.ended && this.traces === 0 && this.streams.size === 0
  }

  /** Performs the handshake. The session is returned even when it failed; `opening` then tells how. */
  static async open(peer: Peer, revision: Revision, options: OpenOptions = {}): Promise<StreamableSession> {
    const session = new StreamableSession(peer, revision, options)
    const params = { protocolVersion: options.offer ?? revision, capabilities: options.capabilities ?? {}, clientInfo }
    const hello = request('initialize', params, options.id)
    session.opening = await session.post(hello, options.headers)
    const agreed = session.opening.response?.result?.protocolVersion
    session.revision =
      revisions.find((known) => known === agreed) ?? (revision > newestHandshake ? newestHandshake : revision)
    const id = session.opening.header('mcp-session-id')
    if (id) session.id = id
    session.agreed = isObject(session.opening.response?.result)
    if (session.agreed && options.initialized !== false)
      session.initialized = await session.notify('notifications/initialized')
    return session
  }

  /** A second view of a session that is open: same id and revision, its own records. It ends the session only if `owned`. */
  static adopt(peer: Peer, from: Session, owned = false): StreamableSession {
    const session = new StreamableSession(peer, from.revision, {})
    session.opening = from.opening
    if (from.initialized) session.initialized = from.initialized
    if (from.id) session.id = from.id
    session.agreed = isObject(from.opening.response?.result)
    session.ended = !owned
    if (from instanceof StreamableSession) session.answering = from.answering
    return session
  }

  async post(payload: Payload, headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    const opening = !this.agreed
    const idle = this.traces === 0 && this.streams.size === 0
    this.traces++
    const reply = await this.send('POST', this.postHeaders(options, headers), options, bodyOf(payload))
    this.forget(opening ? 'none' : traceOf(payload, headers, options, reply, idle))
    if (options.live) return reply
    await this.read(reply, expectedResponses(payload), options)
    return reply
  }

  request(method: string, params?: Record<string, unknown>, options: CallOptions = {}): Promise<Reply> {
    return this.post(request(method, params, options.id), options.headers, options)
  }

  notify(method: string, params?: Record<string, unknown>, options: CallOptions = {}): Promise<Reply> {
    return this.post(notification(method, params), options.headers, options)
  }

  async get(headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    this.traces++
    const base: HeaderList = [['accept', 'text/event-stream'], ...this.sessionHeaders(options)]
    const reply = await this.send('GET', changeHeaders(base, headers), { timeoutMs: 60_000, ...options })
    this.forget(reply.status >= 400 && reply.status < 500 ? 'doubt' : 'some')
    if (!reply.isStream) await reply.until(() => false, this.peer.wire.waiting.timeoutMs)
    return reply
  }

  async delete(headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    const reply = await this.send('DELETE', changeHeaders(this.sessionHeaders(options), headers), options)
    await reply.until(() => false, options.timeoutMs ?? this.peer.wire.waiting.timeoutMs)
    // Whoever asked and however: what answers that it has ended the session may have done so.
    if (reply.ok) this.traces++
    if (reply.ok && options.identity === undefined && Object.keys(headers).length === 0) this.ended = true
    return reply
  }

  async close(): Promise<void> {
    for (const stream of this.streams) stream.close()
    if (this.id && !this.ended) await this.delete({}, { timeoutMs: 2000 }).catch(() => undefined)
    this.ended = true
  }

  /** Takes back a request that left no trace. */
  private forget(trace: Trace): void {
    this.doubtful ||= trace === 'doubt'
    if (trace !== 'some') this.traces--
  }

  private postHeaders(options: SendOptions, changes: HeaderChanges = {}): HeaderList {
    const base: HeaderList = [
      ['content-type', 'application/json'],
      ['accept', 'application/json, text/event-stream'],
      ...this.sessionHeaders(options),
    ]
    return changeHeaders(base, changes)
  }

  private sessionHeaders(options: SendOptions): HeaderList {
    const headers = identityHeaders(this.peer, options.identity ?? this.options.identity)
    if (this.id) headers.push(['mcp-session-id', this.id])
    if (this.agreed && this.revision >= '2025-06-18') headers.push(['mcp-protocol-version', this.revision])
    return headers
  }

  private async send(
    method: string,
    headers: HeaderList,
    options: SendOptions,
    body?: string | Buffer | Buffer[],
    isAnswer = false,
  ): Promise<Reply> {
    const reply = await send(this.peer, {
      method,
      url: this.peer.url,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      ...(options.notOwed ? { notOwed: true } : {}),
      ...(method === 'GET' ? { headMs: this.peer.wire.waiting.timeoutMs } : {}),
      onMessage: (message, from) => this.receive(message, from, method, isAnswer),
    })
    this.streams.add(reply)
    reply.finished.then(() => this.streams.delete(reply))
    return reply
  }

  private receive(message: unknown, reply: Reply, method: string, afterAnswer: boolean): void {
    const channel = method === 'GET' ? 'get-stream' : reply.isStream ? 'post-stream' : 'answer'
    if (this.received.length >= mostReceived) return
    this.received.push({ message, channel, reply, at: performance.now() })
    // What comes in return for an answer is heard but not answered: each answer would beget the next.
    const answer = afterAnswer ? undefined : this.answering.to(message)
    if (!answer) return
    const sent = this.answer(answer)
    // Whoever looks at the reply learns of a spent budget; nobody may look.
    sent.catch(() => {})
    this.answered.push({ message, reply: sent })
  }

  /** Sends the answer to a request of the server. Nothing is owed in return: what comes all the same is not read to its end. */
  private async answer(payload: object): Promise<Reply> {
    this.traces++
    const reply = await this.send('POST', this.postHeaders({}), {}, bodyOf(payload), true)
    await reply.until(({ messages }) => messages.length > 0, afterAnswerMs)
    reply.close()
    return reply
  }

  /** Reads until every expected response is there, resuming a stream that broke off where its events carried ids. */
  private async read(reply: Reply, responses: number, options: SendOptions): Promise<void> {
    const bound = options.timeoutMs ?? this.peer.wire.waiting.timeoutMs
    const answered = hasResponses(responses)
    // Without a bound of its own the wire ends the exchange.
    await reply.until(answered, responses === 0 ? Math.min(bound, 1000) : (options.timeoutMs ?? longestMs))
    if (answered(reply) && reply.isStream) await reply.until(() => false, options.lingerMs ?? 150)
    else if (reply.isStream && responses > 0 && options.resume !== false) await this.resume(reply, answered, bound)
    if (!reply.ended) reply.close(answered(reply) ? 'closed' : 'timeout')
  }

  private async resume(reply: Reply, answered: (reply: Reply) => boolean, bound: number): Promise<void> {
    let last = reply.lastEventId
    while (last && !answered(reply) && reply.ended !== 'timeout' && reply.resumed < 5) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(reply.retry ?? 50, 2000)))
      const next = await this.get({ 'last-event-id': last }, { timeoutMs: bound })
      reply.resumed++
      await next.until(answered, bound)
      next.close()
      if (!next.isStream) return
      for (const event of next.events) reply.events.push(event)
      for (const message of next.messages) reply.messages.push(message)
      last = next.lastEventId ?? last
    }
  }
}
