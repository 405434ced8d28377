import { newestHandshake, type Revision, revisions } from '../protocol/revisions.js'
import { Answering } from './answering.js'
import { changeHeaders, type HeaderChanges, type HeaderList } from './headers.js'
import { longestMs } from './http.js'
import { isObject, isResponse, notification, parseJson, request } from './jsonrpc.js'
import { type Work, workOf } from './patience.js'
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
import { type Slot, Slots } from './slots.js'

/** The URL an `endpoint` event announces, resolved against the stream's; undefined until the event came or when it is no URL of the same origin. */
export function announcedEndpoint(stream: Reply, base: string): string | undefined {
  const event = stream.events.find((one) => one.event === 'endpoint')
  if (!event || !URL.canParse(event.data.trim(), base)) return undefined
  const url = new URL(event.data.trim(), base)
  return url.origin === new URL(base).origin ? url.href : undefined
}

/** A session over the HTTP+SSE transport: one GET stream for what the server says, POSTs for what the client says. Spec: 2024-11-05/basic/transports#http-with-sse. */
export class LegacySession implements Session {
  readonly transport = 'http+sse'
  readonly received: Received[] = []
  readonly strays: Received[] = []
  readonly answered: { message: unknown; reply: Promise<Reply> }[] = []
  revision: Revision
  opening!: Reply
  initialized?: Reply
  postUrl = ''
  /** The GET stream of this session. */
  stream!: Reply
  private readonly slots = new Slots()
  private readonly streams = new Set<Reply>()
  private readonly answering: Answering

  private constructor(
    private readonly peer: Peer,
    revision: Revision,
    private readonly options: OpenOptions,
  ) {
    this.revision = revision
    this.answering = new Answering(options.answer)
  }

  /** Connects, waits for the endpoint event and performs the handshake; without that event `opening` is the stream itself. */
  static async open(peer: Peer, revision: Revision, options: OpenOptions = {}): Promise<LegacySession> {
    const session = new LegacySession(peer, revision, options)
    session.stream = await session.get()
    await session.stream.until((reply) => reply.events.length > 0, peer.wire.waiting.timeoutMs)
    await session.stream.until((reply) => announcedEndpoint(reply, peer.url) !== undefined, 250)
    session.postUrl = announcedEndpoint(session.stream, peer.url) ?? ''
    session.opening = session.stream
    if (!session.postUrl) return session
    const params = { protocolVersion: options.offer ?? revision, capabilities: options.capabilities ?? {}, clientInfo }
    session.opening = await session.post(request('initialize', params, options.id), options.headers)
    const result = session.opening.response?.result
    session.revision =
      revisions.find((known) => known === result?.protocolVersion) ??
      (revision > newestHandshake ? newestHandshake : revision)
    if (isObject(result) && options.initialized !== false)
      session.initialized = await session.notify('notifications/initialized')
    return session
  }

  async post(payload: Payload, headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    const raw =
      typeof payload === 'string' ||
      Buffer.isBuffer(payload) ||
      (Array.isArray(payload) && payload.some((part) => Buffer.isBuffer(part)))
    const body = raw ? (payload as string | Buffer | Buffer[]) : JSON.stringify(payload)
    const base: HeaderList = [
      ['content-type', 'application/json'],
      ...identityHeaders(this.peer, options.identity ?? this.options.identity),
    ]
    const meant = raw ? parseJson(Buffer.concat([body].flat().map((piece) => Buffer.from(piece))).toString()) : payload
    const named = isObject(meant) && 'method' in meant && 'id' in meant ? meant.id : undefined
    // No answer to another kind of id can be told from other answers, or need come.
    const id = typeof named === 'string' || typeof named === 'number' ? named : undefined
    const slot = this.slots.open(id)
    const work = workOf(body)
    const reply = await send(this.peer, {
      method: 'POST',
      url: this.postUrl || this.peer.url,
      headers: changeHeaders(base, headers),
      body,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    })
    if (options.live) return reply
    await reply.until(() => false, options.timeoutMs ?? longestMs)
    if (reply.ok && id !== undefined) await this.fill(slot, reply, work, options.timeoutMs)
    else if (reply.ok && (raw || named !== undefined)) await slot.filled(500)
    this.slots.close(slot)
    if (reply.ok && id !== undefined && slot.messages.length === 0 && !options.notOwed) this.peer.wire.waiting.inVain()
    for (const message of slot.messages) reply.message(message)
    if (reply.at.response !== undefined) this.peer.wire.waiting.answered(reply.started, reply.at.response, work)
    if (slot.messages[0]) reply.matched = slot.messages[0]
    return reply
  }

  request(method: string, params?: Record<string, unknown>, options: CallOptions = {}): Promise<Reply> {
    return this.post(request(method, params, options.id), options.headers, options)
  }

  notify(method: string, params?: Record<string, unknown>, options: CallOptions = {}): Promise<Reply> {
    return this.post(notification(method, params), options.headers, options)
  }

  async get(headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    const base: HeaderList = [
      ['accept', 'text/event-stream'],
      ...identityHeaders(this.peer, options.identity ?? this.options.identity),
    ]
    const reply = await send(this.peer, {
      method: 'GET',
      url: this.peer.url,
      headers: changeHeaders(base, headers),
      timeoutMs: options.timeoutMs ?? 60_000,
      headMs: this.peer.wire.waiting.timeoutMs,
      onMessage: (message, from) => this.receive(message, from),
    })
    this.streams.add(reply)
    if (!reply.isStream) await reply.until(() => false, this.peer.wire.waiting.timeoutMs)
    return reply
  }

  async delete(): Promise<Reply> {
    this.stream.close()
    return this.stream
  }

  async close(): Promise<void> {
    for (const stream of this.streams) stream.close()
  }

  /** Waits for the answer to a posted message as long as it may be under way. */
  private async fill(slot: Slot, { started }: Reply, work: Work, timeoutMs: number | undefined): Promise<void> {
    if (timeoutMs !== undefined) return slot.filled(timeoutMs)
    for (let left = 1; left > 0 && slot.messages.length === 0; left = this.peer.wire.waiting.leftFor(started, work))
      await slot.filled(left)
  }

  private receive(message: unknown, reply: Reply): void {
    const stray = isResponse(message) && this.slots.isStray(message)
    const list = stray ? this.strays : this.received
    if (list.length < mostReceived) list.push({ message, channel: 'legacy-stream', reply, at: performance.now() })
    if (isResponse(message)) this.slots.fill(message)
    const answer = this.answering.to(message)
    if (!answer) return
    const sent = this.post(answer)
    // Whoever looks at the reply learns of a spent budget; nobody may look.
    sent.catch(() => {})
    this.answered.push({ message, reply: sent })
  }
}
