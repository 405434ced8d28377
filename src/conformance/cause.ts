import { type Remedy, recognise, remedyOf } from '../protocol/fingerprints/index.js'
import type { Exchange } from '../wire/exchange.js'
import type { Obstacle } from '../wire/facts.js'

/** The first cause of a failure, and where it is a known one whose it is and how to mend it. */
export interface Cause {
  cause: string
  remedy?: Remedy
}

/**
 * The first cause a failing check shares with others, read from its last exchange: what stands before the server's own logic
 * (redirect, Host guard, crash, closed connection), or a known fingerprint. Where the handshake itself met a known obstacle, whatever is
 * refused afterwards is laid to it. Undefined when the failure is about the rule alone.
 */
export function causeOf(exchanges: readonly Exchange[], obstacle?: Obstacle): Cause | undefined {
  const last = exchanges.at(-1)
  if (!last) return undefined
  if (obstacle?.remedy && (last.response?.status ?? 0) >= 300)
    return { cause: obstacle.remedy.cause, remedy: obstacle.remedy }
  if (last.error && !last.response)
    return last.error.kind === 'timeout' ? undefined : { cause: `the connection fails: ${last.error.kind}` }
  const { request, response: { status, headers, body } = { status: 0, headers: [], body: '' } } = last
  if (status < 300) return undefined
  const { method, url } = request
  const sentBody = request.body === undefined ? {} : { sentBody: request.body }
  const print = recognise({ method, url, sent: request.headers, ...sentBody, status, headers, body })
  if (print) return { cause: print.cause, remedy: remedyOf(print) }
  if (status < 400) return { cause: `HTTP ${status}: requests are redirected to nowhere` }
  if (status === 429) return { cause: 'HTTP 429: the server limits the rate of requests' }
  if (status < 500) return undefined
  return { cause: `HTTP ${status}: ${body.replace(/\s+/g, ' ').slice(0, 120) || 'the server broke on the request'}` }
}
