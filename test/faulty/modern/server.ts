import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDesk } from '../core/auth.js'
import { issuerPage } from '../core/issuer-pages.js'
import type { AuthKind, Page } from '../core/types.js'
import type { FaultyServer } from '../server.js'
import { answer, sendText } from './answer.js'
import { findModernFault } from './faults.js'
import { cleanPolicy } from './policy.js'
import type { Policy, ResponseKind, Visit, World } from './types.js'
import { modernVariants } from './variants.js'

/** What to start. */
export interface ModernOptions {
  response: ResponseKind
  auth: AuthKind
  /** Id of a fault; none for the clean server. */
  fault?: string
  /** Name of another way to build the clean server. */
  variant?: string
}

const LARGEST_BODY = 4 * 1024 * 1024
const HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    size += (chunk as Buffer).length
    if (size <= LARGEST_BODY) chunks.push(chunk as Buffer)
  }
  return size > LARGEST_BODY ? '' : Buffer.concat(chunks).toString('utf8')
}

function show({ res }: Visit, page: Page): void {
  res.writeHead(page.status, { 'content-type': page.type, ...page.headers })
  res.end(page.body)
}

async function serve(visit: Visit): Promise<void> {
  const { world, req, path } = visit
  const { policy } = world
  const { origin, host } = req.headers
  if (!HOST.test(host ?? '')) return sendText(visit, 403, 'this host is not served')
  if (!policy.originAllowed(origin, visit)) return sendText(visit, policy.status('foreignOrigin', visit), 'go away')
  const early = policy.intercept(visit) ?? policy.metadata(visit)
  if (early !== undefined) return show(visit, early)
  if (path !== world.endpoint) {
    const page = issuerPage(visit, req.method === 'POST' ? await bodyOf(req) : '')
    return page === undefined ? sendText(visit, 404, 'nothing here') : show(visit, page)
  }
  if (req.method !== 'POST') return sendText(visit, policy.status('wrongMethod', visit), 'POST only', { allow: 'POST' })
  const verdict = await policy.authorize(visit)
  const body = await bodyOf(req)
  if (verdict.ok) {
    visit.subject = verdict.subject
    return answer(visit, body)
  }
  const challenge = policy.challenge(verdict, visit)
  sendText(visit, verdict.status, verdict.error ?? 'credentials are needed', {
    ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
  })
}

function visitOf(world: World, req: IncomingMessage, res: ServerResponse): Visit {
  const [path = '/', query] = (req.url ?? '/').split('?', 2)
  return { world, req, res, path, query: new URLSearchParams(query), subject: 'anyone' }
}

/** Starts a server of 2026-07-28, clean or with one fault. */
export async function startModern({ response, auth, fault, variant }: ModernOptions): Promise<FaultyServer> {
  const policy: Policy = { ...cleanPolicy }
  const other = modernVariants.find(({ name }) => name === variant)
  if (other !== undefined) Object.assign(policy, other.change({ ...policy }))
  if (fault !== undefined) Object.assign(policy, findModernFault(fault).change({ ...policy }))
  let world: World | undefined
  const server = createServer((req, res) => {
    if (world === undefined) return void res.destroy()
    const visit = visitOf(world, req, res)
    serve(visit).catch(() => {
      if (!res.headersSent) sendText(visit, 500, 'oops')
      else res.end()
    })
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const url = `${origin}${policy.endpoint}`
  const desk = await openDesk(auth, origin, url)
  const secret = randomBytes(32)
  world = { response, auth, origin, endpoint: policy.endpoint, policy, desk, listeners: new Set(), secret }
  const { listeners } = world
  return {
    url: `${url}${policy.query}`,
    ...(desk.tokens === undefined ? {} : { tokens: desk.tokens }),
    safeTools: policy.safeTools,
    async close() {
      for (const listener of listeners) listener.end()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}
