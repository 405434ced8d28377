import { metaKey } from '../protocol/modern.js'
import type { Revision } from '../protocol/revisions.js'
import { changeHeaders, type HeaderChanges, type HeaderList } from './headers.js'
import { longestMs } from './http.js'
import { type Call, isEndless, isObject, notification, request } from './jsonrpc.js'
import { mirroredHeaders, type Shown, shownIn } from './mirrored.js'
import { bodyOf, expectedResponses, hasResponses, isMessageBatch } from './payload.js'
import { identityHeaders, type Peer, send } from './peer.js'
import type { Reply } from './reply.js'
import {
  type CallOptions,
  clientInfo,
  type MetaChanges,
  mostReceived,
  type OpenOptions,
  type Payload,
  type Received,
  type SendOptions,
  type Session,
} from './session.js'
import { ToolHeaders } from './tool-headers.js'

/** What a client wants to hear of on a subscription. Spec: 2026-07-28/basic/patterns/subscriptions#notification-filter. */
export interface SubscriptionFilter {
  toolsListChanged?: boolean
  promptsListChanged?: boolean
  resourcesListChanged?: boolean
  resourceSubscriptions?: string[]
}

type Header = HeaderList[number]

/** The longest that a subscription stays open when nobody closes it, in ms. */
const listenMs = 120_000

/**
 * A client of 2026-07-28: no handshake and no session id, but `_meta` and mirrored headers on every request. Correct by default; each
 * of them can be left out, changed or doubled by the headers and `meta` of an exchange. Closing a reply that is still open cancels its
 * request. Spec: 2026-07-28/basic/transports/streamable-http, 2026-07-28/basic/index#meta.
 */
export class ModernSession implements Session {
  readonly transport = 'streamable-http'
  /** Never: there are no sessions. */
  readonly id?: string
  readonly received: Received[] = []
  readonly strays: Received[] = []
  readonly answered: { message: unknown; reply: Promise<Reply> }[] = []
  opening!: Reply
  private readonly streams = new Set<Reply>()

  private constructor(
    private readonly peer: Peer,
    readonly revision: Revision,
    private readonly options: OpenOptions,
    private readonly tools: ToolHeaders,
  ) {}

  get postUrl(): string {
    return this.peer.url
  }

  /** Asks server/discover as the first request. `of` is a session whose knowledge of the tools is shared. */
  static async open(
    peer: Peer,
    revision: Revision,
    options: OpenOptions = {},
    of?: ModernSession,
  ): Promise<ModernSession> {
    const session = new ModernSession(peer, revision, options, of?.tools ?? new ToolHeaders())
    const { id, headers = {} } = options
    session.opening = await session.post(request('server/discover', undefined, id), headers)
    return session
  }

  /** A client of its own that shares what another one learnt; nothing is sent for it. */
  static adopt(peer: Peer, from: ModernSession, options: OpenOptions = {}): ModernSession {
    const session = new ModernSession(peer, from.revision, options, from.tools)
    session.opening = from.opening
    return session
  }

  async post(payload: Payload, headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    const whole = this.complete(payload, options.meta)
    const body = bodyOf(whole)
    const shown = shownIn(body)
    if ((options.identity ?? this.options.identity ?? 'own') === 'own') await this.knowTool(shown)
    const { spelling = (name) => name } = options
    const base: HeaderList = [
      ['content-type', 'application/json'],
      ['accept', 'application/json, text/event-stream'],
      ...this.identity(options),
      ...mirroredHeaders(shown, this.version, this.tools).map(([name, value]): Header => [spelling(name), value]),
    ]
    const reply = await this.send('POST', changeHeaders(base, headers), options, body, shown.method)
    if (options.live) return reply
    const answered = hasResponses(expectedResponses(whole))
    const bound = options.timeoutMs ?? this.peer.wire.waiting.timeoutMs
    await reply.until(
      answered,
      expectedResponses(whole) === 0 ? Math.min(bound, 1000) : (options.timeoutMs ?? longestMs),
    )
    if (answered(reply) && reply.isStream) await reply.until(() => false, options.lingerMs ?? 150)
    if (!reply.ended) reply.close(answered(reply) ? 'closed' : 'timeout')
    return reply
  }

  request(method: string, params?: Record<string, unknown>, options: CallOptions = {}): Promise<Reply> {
    return this.post(request(method, params, options.id), options.headers, options)
  }

  notify(method: string, params?: Record<string, unknown>, options: CallOptions = {}): Promise<Reply> {
    return this.post(notification(method, params), options.headers, options)
  }

  /**
   * Opens a subscription. Returns once its first message or its end has come; the stream stays open until it is closed, which ends the
   * subscription. Spec: 2026-07-28/basic/patterns/subscriptions.
   */
  async listen(notifications: SubscriptionFilter, options: CallOptions = {}): Promise<Reply> {
    const call = request('subscriptions/listen', { notifications }, options.id)
    const reply = await this.post(call, options.headers, { timeoutMs: listenMs, ...options, live: true })
    await reply.until(({ messages }) => messages.length > 0, this.peer.wire.waiting.timeoutMs)
    return reply
  }

  /** The headers that mirror a request, as this client would send it; nothing is sent but, where its tool is not known, a list of tools. */
  async mirrored(method: string, params?: Record<string, unknown>): Promise<HeaderList> {
    const shown = { method, ...(params && { params }) }
    await this.knowTool(shown)
    return mirroredHeaders(shown, this.version, this.tools)
  }

  async get(headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    const base: HeaderList = [
      ['accept', 'text/event-stream'],
      ...this.identity(options),
      ['mcp-protocol-version', this.version],
    ]
    const reply = await this.send('GET', changeHeaders(base, headers), { timeoutMs: 60_000, live: true, ...options })
    if (!reply.isStream) await reply.until(() => false, this.peer.wire.waiting.timeoutMs)
    return reply
  }

  async delete(headers: HeaderChanges = {}, options: SendOptions = {}): Promise<Reply> {
    const base: HeaderList = [...this.identity(options), ['mcp-protocol-version', this.version]]
    const reply = await this.send('DELETE', changeHeaders(base, headers), options)
    await reply.until(() => false, options.timeoutMs ?? this.peer.wire.waiting.timeoutMs)
    return reply
  }

  async close(): Promise<void> {
    for (const stream of this.streams) stream.close()
  }

  private identity(options: SendOptions): HeaderList {
    return identityHeaders(this.peer, options.identity ?? this.options.identity)
  }

  /** The version this client claims to speak. */
  private get version(): string {
    return this.options.offer ?? this.revision
  }

  /** Requests with what they must say of themselves; members that their own `_meta` or `changes` name go before ours. */
  private complete(payload: Payload, changes: MetaChanges | false = {}): Payload {
    if (Array.isArray(payload) && isMessageBatch(payload)) return payload.map((one) => this.complete(one, changes))
    if (!isRequest(payload) || changes === false) return payload
    const { _meta, ...params } = isObject(payload.params) ? payload.params : { _meta: undefined }
    const meta = {
      ...requestMeta(this.version, this.options.capabilities),
      ...(isObject(_meta) ? _meta : {}),
      ...Object.fromEntries(Object.entries(changes).map(([key, value]) => [fullKey(key), value])),
    }
    return { ...payload, params: { ...params, _meta: meta } }
  }

  private async knowTool({ method, params }: Shown): Promise<void> {
    const name: unknown = params?.name
    if (method !== 'tools/call' || typeof name !== 'string') return
    await this.tools.know(name, async () => {
      // Asked by a view of its own: the answers are no messages of this session.
      const asking = ModernSession.adopt(this.peer, this, this.options)
      let cursor: unknown
      for (let page = 0; page < 50 && cursor !== null && !isEndless(cursor); page++) {
        const reply = await asking.request('tools/list', cursor === undefined ? undefined : { cursor })
        cursor = reply.response?.result?.nextCursor ?? null
      }
    })
  }

  private async send(
    method: string,
    headers: HeaderList,
    options: SendOptions,
    body?: string | Buffer | Buffer[],
    call?: string,
  ): Promise<Reply> {
    const reply = await send(this.peer, {
      method,
      url: this.peer.url,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      ...(options.notOwed ? { notOwed: true } : {}),
      ...(options.live ? { headMs: this.peer.wire.waiting.timeoutMs } : {}),
      onMessage: (message, from) => this.receive(message, from, method, call),
    })
    this.streams.add(reply)
    reply.finished.then(() => this.streams.delete(reply))
    return reply
  }

  /** Takes note of a message. Requests of the server stay without an answer: 2026-07-28 knows none, and no way to answer. */
  private receive(message: unknown, reply: Reply, method: string, call: string | undefined): void {
    const stream = method === 'GET' ? 'get-stream' : call === 'subscriptions/listen' ? 'listen-stream' : 'post-stream'
    if (this.received.length >= mostReceived) return
    this.received.push({ message, channel: reply.isStream ? stream : 'answer', reply, at: performance.now() })
    if (call === 'tools/list' && isObject(message)) this.tools.learn(message.result)
  }
}

/** What every request says of itself in `_meta`. Spec: 2026-07-28/basic/index#meta. */
export function requestMeta(version: string, capabilities: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    [metaKey.protocolVersion]: version,
    [metaKey.clientInfo]: clientInfo,
    [metaKey.clientCapabilities]: capabilities,
  }
}

/** True for what asks for an answer, well-formed or not, and has room for `_meta`. */
function isRequest(payload: Payload): payload is Call {
  if (!isObject(payload) || Buffer.isBuffer(payload)) return false
  const { id, params = {} } = payload as Record<string, unknown>
  return id !== undefined && !('result' in payload) && !('error' in payload) && isObject(params)
}

function fullKey(key: string): string {
  return Object.hasOwn(metaKey, key) ? metaKey[key as keyof typeof metaKey] : key
}
