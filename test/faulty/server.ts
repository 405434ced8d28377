import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDesk } from './core/auth.js'
import { openChannel, takeMessage } from './core/channel.js'
import { readBody, sendPage, sendText } from './core/http.js'
import { cleanPolicy } from './core/policy.js'
import { knownMethods, serveStreamable } from './core/streamable.js'
import type { AuthKind, Exchange, Json, Mode, Policy, ResponseKind, Tokens, World } from './core/types.js'
import { findFault } from './faults.js'
import { findVariant } from './variants.js'

/** What to start. */
export interface FaultyOptions {
  mode: Mode
  response: ResponseKind
  auth: AuthKind
  /** Id of a fault; none for the clean server. */
  fault?: string
  /** Name of another way to build the clean server. */
  variant?: string
  port?: number
}

/** A server that runs. */
export interface FaultyServer {
  url: string
  tokens?: Tokens
  safeTools: { name: string; arguments: Json }[]
  close(): Promise<void>
}

function bodyless(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'DELETE' || method === 'OPTIONS'
}

async function offerPages(ex: Exchange): Promise<boolean> {
  const { policy } = ex.world
  const early = policy.intercept(ex) ?? policy.metadata(ex)
  const body = ex.path === '/register' || ex.path === '/token' ? ((await readBody(ex)) ?? '') : ''
  const found = early ?? policy.issuerPage(ex, body)
  if (found !== undefined) sendPage(ex, found)
  return found !== undefined
}

async function admit(ex: Exchange): Promise<boolean> {
  const { policy } = ex.world
  const verdict = await policy.authorize(ex)
  if (verdict.ok) {
    ex.subject = verdict.subject
    return true
  }
  const challenge = policy.challenge(verdict, ex)
  const reason = verdict.error ?? 'credentials are needed'
  if (!bodyless(ex.req.method)) await readBody(ex)
  sendText(ex, verdict.status, reason, challenge === undefined ? {} : { 'www-authenticate': challenge })
  return false
}

async function serve(ex: Exchange): Promise<void> {
  const { world, req } = ex
  const { policy } = world
  if (!policy.hostAllowed(req.headers.host, ex)) return sendText(ex, 403, 'this host is not served')
  if (!policy.originAllowed(req.headers.origin, ex)) {
    return sendText(ex, policy.status('foreignOrigin', ex), 'this origin is not welcome')
  }
  if (await offerPages(ex)) return
  const inbox = world.mode === 'sse' ? /^\/inbox\/([^/]+)$/.exec(ex.path)?.[1] : undefined
  if (inbox === undefined && !policy.isEndpoint(ex.path, ex)) return sendText(ex, 404, 'nothing here')
  const methods = world.mode !== 'sse' ? knownMethods(ex) : inbox === undefined ? ['GET'] : ['POST']
  if (!methods.includes(req.method ?? '')) {
    return sendText(ex, policy.status('wrongMethod', ex), 'method not allowed', { allow: methods.join(', ') })
  }
  if (!(await admit(ex))) return
  if (inbox !== undefined) return takeMessage(ex, decodeURIComponent(inbox))
  return world.mode === 'sse' ? openChannel(ex) : serveStreamable(ex)
}

function exchange(world: World, req: IncomingMessage, res: ServerResponse): Exchange {
  const [path = '/', query] = (req.url ?? '/').split('?', 2)
  const common = { subject: 'anyone', revision: '2025-03-26', methods: [] }
  return { world, req, res, path, query: new URLSearchParams(query), ...common }
}

/** Starts the server, clean or with one fault. */
export async function startFaulty(options: FaultyOptions): Promise<FaultyServer> {
  const { mode, response, auth } = options
  const change = options.fault === undefined ? undefined : findFault(options.fault).change
  const policy: Policy = { ...cleanPolicy, facts: { ...cleanPolicy.facts } }
  if (options.variant !== undefined) Object.assign(policy, findVariant(options.variant).change({ ...policy }))
  if (change !== undefined) Object.assign(policy, change({ ...policy }))
  const endpoint = policy.facts.endpoint ?? (mode === 'sse' ? '/sse' : '/mcp')
  let world: World | undefined
  const server = createServer((req, res) => {
    if (world === undefined) return void res.destroy()
    const ex = exchange(world, req, res)
    serve(ex).catch(() => {
      if (!res.headersSent) sendText(ex, 500, 'oops')
      else res.end()
    })
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, policy.facts.bind, resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const desk = await openDesk(auth, origin, `${origin}${endpoint}`)
  world = { mode, response, auth, origin, endpoint, policy, desk, sessions: new Map() }
  const { sessions } = world
  return {
    url: `${origin}${endpoint}${policy.facts.query ?? ''}`,
    ...(desk.tokens === undefined ? {} : { tokens: desk.tokens }),
    safeTools: policy.facts.safeTools,
    async close() {
      for (const session of sessions.values()) session.close()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}
