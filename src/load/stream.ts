import http from 'node:http'
import https from 'node:https'
import { rootCertificates } from 'node:tls'
import { wireError } from '../wire/failure.js'
import { type HeaderList, mediaType } from '../wire/headers.js'
import { sseParser } from '../wire/sse.js'

/** A GET event stream to open, on a socket of its own. */
export interface StreamRequest {
  url: URL
  headers: HeaderList
  /** The longest wait for the head of the answer, in ms. */
  timeoutMs: number
  ca?: string
}

/** What becomes of a stream: it is held or refused, and a held one may end. Nothing is told after it was closed from our side. */
export interface StreamHandlers {
  held(): void
  refused(message: string, status?: number): void
  event(): void
  ended(): void
}

/** Opens an event stream and returns how to close it. Spec: basic/transports#listening-for-messages-from-the-server. */
export function openStream({ url, headers, timeoutMs, ca }: StreamRequest, on: StreamHandlers): () => void {
  const secure = url.protocol === 'https:'
  const fields = [['Accept', 'text/event-stream'] as const, ...headers]
  const request = (secure ? https : http).request(url, {
    agent: false,
    headers: fieldsOf(fields),
    ...(secure && ca !== undefined ? { ca: [...rootCertificates, ca] } : {}),
  })
  let state: 'asked' | 'held' | 'over' = 'asked'
  const over = () => {
    state = 'over'
    clearTimeout(timer)
    request.destroy()
  }
  const fail = (message: string, status?: number) => {
    if (state === 'over') return
    const held = state === 'held'
    over()
    if (held) on.ended()
    else on.refused(message, status)
  }
  const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs)
  request.on('error', (error) => fail(wireError(error).message))
  request.on('response', (response) => {
    const status = response.statusCode ?? 0
    const type = mediaType(response.headers['content-type'])
    if (status === 405) return fail('no GET stream is offered', status)
    if (status !== 200) return excerpt(response, (text) => fail(text, status))
    if (type !== 'text/event-stream') return fail(`answered with '${type}', not with an event stream`, status)
    clearTimeout(timer)
    state = 'held'
    on.held()
    const decoder = new TextDecoder()
    const feed = sseParser({ event: () => on.event(), retry() {}, comment() {} }, () => performance.now())
    response.on('data', (chunk: Buffer) => state === 'held' && feed(decoder.decode(chunk, { stream: true })))
    response.on('error', () => fail('broken'))
    response.on('close', () => fail('ended'))
  })
  request.end()
  return over
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
