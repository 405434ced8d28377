import type { RunningReference } from '../options.js'

/** A JSON-RPC message as it came over the wire, or one to send. */
export type Message = Record<string, any>

/** An HTTP reply with its body read: raw, and as the JSON-RPC messages it holds. */
export interface Reply {
  status: number
  headers: Headers
  text: string
  messages: Message[]
}

/** One event of an event stream. */
export interface StreamEvent {
  id?: string
  event?: string
  data: string
}

const JSON_POST = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

/** The events in a piece of an event stream; comments and incomplete events are left out. */
export function eventsIn(text: string): StreamEvent[] {
  const blocks = text.split('\n\n').slice(0, -1)
  return blocks.map((block) => {
    const fields = block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line) ?? [])
    return { data: '', ...Object.fromEntries(fields.map(([, name, value]) => [name, value])) }
  })
}

function messagesIn(reply: Response, text: string): Message[] {
  if (reply.headers.get('content-type')?.startsWith('text/event-stream'))
    return eventsIn(text).flatMap(({ data }) => (data ? [JSON.parse(data)] : []))
  if (!reply.headers.get('content-type')?.startsWith('application/json')) return []
  const json = JSON.parse(text)
  return Array.isArray(json) ? json : [json]
}

/** The body of a reply as JSON of unknown shape. */
export async function jsonOf(reply: Response): Promise<any> {
  return reply.json()
}

/** Sends a body, as JSON unless it is a string already, and reads the whole reply. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const reply = await fetch(url, { method: 'POST', headers: { ...JSON_POST, ...headers }, body: payload })
  const text = await reply.text()
  return { status: reply.status, headers: reply.headers, text, messages: messagesIn(reply, text) }
}

/** A JSON-RPC request. */
export function request(id: unknown, method: string, params?: unknown): Message {
  return { jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) }
}

/** A tools/call request. */
export function call(id: unknown, name: string, args: unknown, meta?: Message): Message {
  return request(id, 'tools/call', { name, arguments: args, ...(meta && { _meta: meta }) })
}

/** An initialize request for a revision. */
export function initialize(protocolVersion = '2025-11-25'): Message {
  return request('init', 'initialize', {
    protocolVersion,
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  })
}

/** Initializes and gives the headers that all later requests of this client carry. */
export async function handshake(
  server: RunningReference,
  revision = '2025-11-25',
  headers: Record<string, string> = {},
): Promise<Record<string, string>> {
  const reply = await post(server.url, initialize(revision), headers)
  const session = reply.headers.get('mcp-session-id')
  return {
    ...headers,
    ...(session && { 'mcp-session-id': session }),
    ...(revision >= '2025-06-18' && { 'mcp-protocol-version': revision }),
  }
}

/** An open event stream that can be read up to a condition. */
export interface OpenStream {
  status: number
  events: StreamEvent[]
  /** Resolves with all events so far once one of them fits. */
  until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent[]>
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  abort(): void
}

/** Opens an event stream by GET, or by POST when there is a body. */
export async function openStream(url: string, headers: Record<string, string>, body?: Message): Promise<OpenStream> {
  const controller = new AbortController()
  const method = body ? 'POST' : 'GET'
  const accept = body ? JSON_POST : { accept: 'text/event-stream' }
  const init = { method, headers: { ...accept, ...headers }, signal: controller.signal }
  const reply = await fetch(url, body ? { ...init, body: JSON.stringify(body) } : init)
  const events: StreamEvent[] = []
  let wake = () => {}
  let text = ''
  const ended = (async () => {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of reply.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true })
        events.splice(0, events.length, ...eventsIn(text))
        wake()
      }
    } catch {
      // Aborted by the test.
    }
  })()
  const until = async (fits: (event: StreamEvent) => boolean) => {
    while (!events.some(fits)) await new Promise<void>((resolve) => (wake = resolve))
    return events
  }
  return { status: reply.status, events, until, ended, abort: () => controller.abort() }
}
