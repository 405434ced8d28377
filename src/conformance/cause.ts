import type { Exchange } from '../wire/exchange.js'

/**
 * The first cause a failing check shares with others, read from its last exchange: what stands before the server's own logic
 * (redirect, Host guard, crash, closed connection). Undefined when the failure is about the rule alone.
 */
export function causeOf(exchanges: readonly Exchange[]): string | undefined {
  const last = exchanges.at(-1)
  if (!last) return undefined
  if (last.error && !last.response)
    return last.error.kind === 'timeout' ? undefined : `the connection fails: ${last.error.kind}`
  const { status = 0, headers = [], body = '' } = last.response ?? {}
  const field = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1]
  if (status >= 300 && status < 400)
    return `HTTP ${status}: requests are redirected to ${field('location') ?? 'nowhere'}`
  if (status === 421) return 'HTTP 421: the Host guard refuses the name the server is called by'
  if (status === 429) return 'HTTP 429: the server limits the rate of requests'
  if (status >= 500)
    return `HTTP ${status}: ${body.replace(/\s+/g, ' ').slice(0, 120) || 'the server broke on the request'}`
  return undefined
}
