import http from 'node:http'
import https from 'node:https'
import { rootCertificates } from 'node:tls'
import { wireError } from '../wire/failure.js'
import { type HeaderList, mediaType } from '../wire/headers.js'
import { isObject, isResponse, type Message, parseAnyDepth } from '../wire/jsonrpc.js'
import { type SseEvent, sseParser } from '../wire/sse.js'

/** An event stream to open, on a socket of its own: by GET, or with a body by POST as a subscription. */
export interface StreamRequest {
  url: URL
  headers: HeaderList
  body?: object
  /** The longest wait for the head of the answer, in ms. */
  timeoutMs: number
  ca?: string
}

/** What becomes of a stream: it is held or refused, and a held one may end. Nothing is told after it was closed from our side. */
export interface StreamHandlers {
  held(): void
  /** `none` says that the server offers no such streams at all: there is no use in asking again. */
  refused(message: string, status?: number, none?: boolean): void
  event(): void
  ended(): void
}

/**
 * Opens an event stream and returns how to close it. One by GET is held from the head of its answer on, a subscription from its first
 * notification on, which acknowledges it and is no event yet. Spec: basic/transports#listening-for-messages-from-the-server,
 * 2026-07-28/basic/patterns/subscriptions.
 */
export function openStream({ url, headers, body, timeoutMs, ca }: StreamRequest, on: StreamHandlers): () => void {
  const secure = url.protocol === 'https:'
  const fields: HeaderList = body
    ? [['Content-Type', 'application/json'], ['Accept', 'application/json, text/event-stream'], ...headers]
    : [['Accept', 'text/event-stream'], ...headers]
  const request = (secure ? https : http).request(url, {
    agent: false,
    method: body ? 'POST' : 'GET',
    headers: fieldsOf(fields),
    ...(secure && ca !== undefined ? { ca: [...rootCertificates, ca] } : {}),
  })
  let state: 'asked' | 'held' | 'over' = 'asked'
  const over = () => {
    state = 'over'
    clearTimeout(timer)
    request.destroy()
  }
  const fail = (message: string, status?: number, none?: boolean) => {
    if (state === 'over') return
    const held = state === 'held'
    over()
    if (held) on.ended()
    else on.refused(message, status, none)
  }
  const hold = () => {
    clearTimeout(timer)
    state = 'held'
    on.held()
  }
  const told = (data: string, status: number) => {
    if (state === 'over') return
    if (!body) return on.event()
    const message = parseAnyDepth(data)
    if (isResponse(message)) return fail(refusalIn(message), status, isUnknownMethod(data))
    if (!isObject(message)) return
    if (state === 'asked') hold()
    if (message.method !== acknowledgement) on.event()
  }
  const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs)
  request.on('error', (error) => fail(wireError(error).message))
  request.on('response', (response) => {
    const status = response.statusCode ?? 0
    const type = mediaType(response.headers['content-type'])
    if (status === 405 && !body) return fail('no GET stream is offered', status, true)
    if (status !== 200 || (body && type === 'application/json'))
      return excerpt(response, (text) => fail(text, status, body !== undefined && isUnknownMethod(text)))
    if (type !== 'text/event-stream') return fail(`answered with '${type}', not with an event stream`, status)
    if (!body) hold()
    const decoder = new TextDecoder()
    const event = ({ data }: SseEvent) => told(data, status)
    const feed = sseParser({ event, retry() {}, comment() {} }, () => performance.now())
    response.on('data', (chunk: Buffer) => state !== 'over' && feed(decoder.decode(chunk, { stream: true })))
    response.on('error', () => fail('broken'))
    response.on('close', () => fail('ended', status))
  })
  request.end(body && JSON.stringify(body))
  return over
}

const acknowledgement = 'notifications/subscriptions/acknowledged'

/** Why a subscription that was answered is none. */
function refusalIn({ error }: Message): string {
  if (!isObject(error)) return 'answered before it was acknowledged'
  return `error ${error.code}: ${error.message}`.replace(/\s+/g, ' ').slice(0, 200)
}

/** True for an answer that knows no such method. */
function isUnknownMethod(text: string): boolean {
  return /"code"\s*:\s*-32601\b/.test(text)
}

/** The beginning of a body in one line, once it has ended or enough has come. The wait for it is bounded by the stream's own. */
function excerpt(response: http.IncomingMessage, then: (text: string) => void): void {
  let text = ''
  const done = () => then(text.replace(/\s+/g, ' ').slice(0, 200) || 'no body')
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    text += chunk
    if (text.length > 400) done()
  })
  response.on('end', done)
}

/** Header fields as Node takes them; a name that stands more than once has a list. */
function fieldsOf(fields: (readonly [string, string])[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {}
  for (const [name, value] of fields) grouped[name] = [...(grouped[name] ?? []), value]
  return grouped
}
