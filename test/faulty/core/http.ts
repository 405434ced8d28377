import { errorMessage } from './jsonrpc.js'
import type { Exchange, Id, Page, StatusKind } from './types.js'

const LARGEST_BODY = 4 * 1024 * 1024

/** Sends a finished page. */
export function sendPage(ex: Exchange, page: Page): void {
  ex.res.writeHead(page.status, { ...(page.type === '' ? {} : { 'content-type': page.type }), ...page.headers })
  ex.res.end(page.body)
}

/** Sends a status with a line of text. */
export function sendText(ex: Exchange, status: number, text: string, headers: Record<string, string> = {}): void {
  sendPage(ex, { status, type: 'text/plain; charset=utf-8', body: text, headers })
}

/** Sends a status that has no body at all. */
export function sendEmpty(ex: Exchange, kind: StatusKind): void {
  const body = ex.world.policy.acceptedBody(ex)
  ex.res.writeHead(ex.world.policy.status(kind, ex), body === '' ? {} : { 'content-type': 'application/json' })
  ex.res.end(body)
}

/** Sends a refusal as JSON-RPC error; requests get their id back. */
export function sendRefusal(ex: Exchange, status: number, code: number, text: string, id?: Id): void {
  const { policy } = ex.world
  const message = errorMessage({ code, message: text }, id, ex)
  ex.res.writeHead(status, { 'content-type': policy.mediaType('json', ex) })
  ex.res.end(policy.encode(policy.outgoing(message, {})[0], ex))
}

/** Writes the head of an event stream. */
export function startEvents(ex: Exchange): void {
  const type = ex.world.policy.mediaType('sse', ex)
  ex.res.writeHead(200, {
    ...(type === '' ? {} : { 'content-type': type }),
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  ex.res.flushHeaders()
}

/** Reads the body; undefined when it is too large. */
export async function readBody(ex: Exchange): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of ex.req) {
    size += (chunk as Buffer).length
    if (size <= LARGEST_BODY) chunks.push(chunk as Buffer)
  }
  return size > LARGEST_BODY ? undefined : Buffer.concat(chunks).toString('utf8')
}

/** Value of a header that can occur once. */
export function header(ex: Exchange, name: string): string | undefined {
  const value = ex.req.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** True when the client takes one of the media types. */
export function accepts(ex: Exchange, ...types: string[]): boolean {
  const accept = header(ex, 'accept')?.toLowerCase()
  return accept === undefined || ['*/*', ...types].some((type) => accept.includes(type))
}
