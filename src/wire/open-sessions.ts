import { headerOf } from './headers.js'
import type { HttpRequest } from './http.js'
import type { Reply } from './reply.js'

/** More sessions than this are not remembered: a server that hands out a new one with every answer keeps none of them. */
const mostKnown = 2000

/** How long ending them may take, in ms, and how many are ended at a time. */
const longestMs = 4000
const atOnce = 16

/** Of a request that opened a session, the fields that one which ends it does without: those about its body and its connection. */
const ofItsOwn = /^(content-|accept|host$|connection$|transfer-encoding$|expect$|mcp-(method|name|param-))/i

/** Sessions that a server opened for us and that have not been ended. Spec: basic/transports#session-management. */
export class OpenSessions {
  private readonly known = new Map<string, HttpRequest>()

  /** Takes note of what the head of an answer says: a session begins with an initialize, and ends with a DELETE that names it. */
  note(request: HttpRequest, reply: Reply): void {
    const named = headerOf(request.headers, 'mcp-session-id')
    if (request.method === 'DELETE' && named !== undefined) {
      if (reply.ok || [404, 405, 501].includes(reply.status)) this.known.delete(keyOf(request.url, named))
      return
    }
    const id = reply.header('mcp-session-id')
    if (!id || named !== undefined || !reply.ok || !opensSession(request) || this.known.size >= mostKnown) return
    const headers = request.headers.filter(([name]) => !ofItsOwn.test(name))
    const farewell: HttpRequest = { method: 'DELETE', url: request.url, headers: [...headers, ['mcp-session-id', id]] }
    this.known.set(keyOf(request.url, id), farewell)
  }

  /** Ends what is open, but for sessions that are being ended by what is `underWay`, within four seconds. Never throws. */
  async end(send: (request: HttpRequest) => Promise<unknown>, underWay: Iterable<HttpRequest>): Promise<void> {
    const ending = new Set<string>()
    for (const { method, url, headers } of underWay)
      if (method === 'DELETE') ending.add(keyOf(url, headerOf(headers, 'mcp-session-id') ?? ''))
    const rest = [...this.known].filter(([key]) => !ending.has(key)).map(([, request]) => request)
    const late = performance.now() + longestMs
    const next = async () => {
      for (let one = rest.pop(); one && performance.now() < late; one = rest.pop())
        await send({ ...one, timeoutMs: late - performance.now() }).catch(() => undefined)
    }
    await Promise.all(Array.from({ length: atOnce }, next))
  }
}

/** True for a POST of an initialize, however it is written. */
export function opensSession({ method, body }: HttpRequest): boolean {
  if (method !== 'POST' || body === undefined) return false
  return (Array.isArray(body) ? Buffer.concat(body) : body).includes('"initialize"')
}

function keyOf(url: string, id: string): string {
  return `${url} ${id}`
}
