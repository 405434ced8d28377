import type { NextFunction, Request, Response } from 'express'
import { mirroredParams } from '../modern/mirrored-params.js'
import { CODE } from '../protocol/error.js'
import { MODERN_TOOLS } from '../weather/tools/index.js'
import { Refusal } from './refusal.js'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
// A browser sends no header that is not named here, and no wildcard covers Authorization.
const REQUEST_HEADERS = [
  'Content-Type, Accept, Authorization, Mcp-Session-Id, MCP-Protocol-Version, Last-Event-ID, Mcp-Method, Mcp-Name',
  ...MODERN_TOOLS.flatMap(({ inputSchema }) => mirroredParams(inputSchema)).map(({ header }) => header),
].join(', ')
const RESPONSE_HEADERS = 'Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate, Retry-After'

function hostnameOf(authority: string): string | undefined {
  if (!/^([\w.-]+|\[[\da-f:]+\])(:\d+)?$/i.test(authority) || !URL.canParse(`http://${authority}`)) return undefined
  return new URL(`http://${authority}`).hostname
}

function isOwnOrigin(origin: string, publicOrigin: string): boolean {
  if (origin === publicOrigin) return true
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.origin === origin && /^https?:$/.test(url.protocol) && LOOPBACK.has(url.hostname)
}

/**
 * The first middleware: refuses foreign Host and Origin headers on every method and path (security-origin-403), puts
 * CORS headers on every answer, refusals included, and answers preflights. The SDK's own check knows exact host:port
 * pairs only and runs after the body was read.
 */
export function originGuard(publicUrl: URL, ownUrl: URL) {
  const hostnames = new Set([...LOOPBACK, publicUrl.hostname, ownUrl.hostname])
  const isOwnHost = (host: string | undefined) => hostnames.has(hostnameOf(host ?? '') ?? '')
  // Nearly all requests come with the same Host.
  let last: { host: string | undefined; own: boolean } | undefined
  return (req: Request, res: Response, next: NextFunction): void => {
    res.vary('Origin')
    res.set('Cache-Control', 'no-store')
    const { origin, host } = req.headers
    const foreign = origin !== undefined && !isOwnOrigin(origin, publicUrl.origin)
    if (origin !== undefined && !foreign) {
      res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': RESPONSE_HEADERS })
    }
    if (!last || last.host !== host) last = { host, own: isOwnHost(host) }
    if (!last.own) throw new Refusal(403, CODE.refused, 'Host not allowed')
    if (foreign) throw new Refusal(403, CODE.refused, 'Origin not allowed')
    if (req.method === 'OPTIONS' && origin !== undefined && req.headers['access-control-request-method']) {
      res.set({
        'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
        'Access-Control-Allow-Headers': REQUEST_HEADERS,
        'Access-Control-Max-Age': '600',
      })
      return void res.status(204).end()
    }
    next()
  }
}
