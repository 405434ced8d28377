import { EventStream } from './event-stream.js'
import { accepts, header, readBody, sendEmpty, sendRefusal, sendText, startEvents } from './http.js'
import { errorMessage, isObject } from './jsonrpc.js'
import { Session } from './session.js'
import { clientAnswered } from './standing.js'
import type { Exchange, Incoming, Json } from './types.js'
import { type Request, work } from './work.js'

/** Finds the session the headers name; false after having refused. */
export function enterSession(ex: Exchange, request?: Request): boolean {
  const { policy, mode } = ex.world
  if (mode !== 'stateful') return true
  const id = header(ex, 'mcp-session-id')
  if (id === undefined) {
    sendRefusal(ex, policy.status('noSession', ex), -32600, 'the Mcp-Session-Id header is missing', request?.id)
    return false
  }
  const session = policy.findSession(id, ex)
  if (session === undefined || !policy.mayUseSession(session, ex)) {
    sendRefusal(ex, policy.status('goneSession', ex), -32001, 'there is no such session', request?.id)
    return false
  }
  ex.session = session
  ex.revision = session.revision
  return true
}

/** Checks the version header; false after having refused. */
export function enterVersion(ex: Exchange, request?: Request): boolean {
  const { policy } = ex.world
  const value = header(ex, 'mcp-protocol-version')
  if (!policy.headerAccepted(value, ex)) {
    const status = policy.status('badVersion', ex)
    sendRefusal(ex, status, -32600, 'MCP-Protocol-Version names no version spoken here', request?.id)
    return false
  }
  ex.revision = value ?? '2025-03-26'
  ex.unversioned = value === undefined && ex.world.mode === 'stateless'
  return true
}

function openSession(ex: Exchange, request: Request): void {
  const { world } = ex
  const { protocolVersion, capabilities, clientInfo } = request.params
  ex.revision = world.policy.negotiate(protocolVersion, ex)
  if (world.mode !== 'stateful') return
  if (typeof protocolVersion !== 'string' || !isObject(capabilities) || !isObject(clientInfo)) return
  const session = new Session(world.policy.sessionId(), ex.subject, ex.revision, world)
  world.sessions.set(session.id, session)
  ex.session = session
  ex.res.setHeader('mcp-session-id', session.id)
}

async function answerWithJson(ex: Exchange, requests: Request[], problems: Json[], batch: boolean): Promise<void> {
  const { policy } = ex.world
  const answers = [...problems]
  await Promise.all(requests.map((request) => work(ex, request, undefined, (message) => answers.push(message))))
  if (answers.length === 0) {
    startEvents(ex)
    const stream = new EventStream('post', ex.revision, policy, ex.session)
    stream.attach(ex.res)
    stream.prime()
    stream.end()
    return
  }
  ex.res.writeHead(200, { 'content-type': policy.mediaType('json', ex) })
  ex.res.end(policy.encode(batch ? answers : answers[0], ex))
}

async function answerWithEvents(ex: Exchange, requests: Request[], problems: Json[]): Promise<void> {
  const stream = new EventStream('post', ex.revision, ex.world.policy, ex.session)
  startEvents(ex)
  stream.attach(ex.res)
  stream.prime()
  for (const problem of problems) stream.message(problem)
  await Promise.all(requests.map((request) => work(ex, request, stream, (message) => stream.message(message))))
  ex.world.policy.finish(stream, ex)
}

/** Deals with the parts of a post that want no answer. */
export function takeNotes(ex: Exchange, items: Incoming[]): void {
  for (const item of items) {
    if (item.kind === 'notification') ex.world.policy.notified(item, ex)
    if (item.kind === 'response') clientAnswered(ex.session, item.id)
  }
}

function initializing(items: Incoming[]): boolean {
  return items.some((item) => item.kind === 'request' && item.method === 'initialize')
}

async function post(ex: Exchange): Promise<void> {
  const { policy } = ex.world
  const type = header(ex, 'content-type')?.toLowerCase()
  if (type !== undefined && !type.startsWith('application/json')) return sendText(ex, 415, 'only JSON is read here')
  if (!accepts(ex, 'application/json', 'text/event-stream'))
    return sendText(ex, 406, 'JSON or an event stream is all there is')
  const body = await readBody(ex)
  if (body === undefined) return sendText(ex, 413, 'that is too much')
  let raw: unknown
  try {
    raw = JSON.parse(body)
  } catch {
    const known = ex.world.mode === 'stateful' ? ex.world.sessions.get(header(ex, 'mcp-session-id') ?? '') : undefined
    ex.revision = known?.revision ?? header(ex, 'mcp-protocol-version') ?? '2025-11-25'
    return sendRefusal(ex, 400, policy.parseCode(ex), 'the body is not JSON')
  }
  const batch = Array.isArray(raw)
  const items = (Array.isArray(raw) ? raw : [raw]).map((one) => policy.classify(one, ex))
  const requests = items.filter((item) => item.kind === 'request')
  ex.methods = requests.map((request) => request.method)
  const first = batch ? undefined : requests[0]
  if (!batch && initializing(items)) return begin(ex, requests)
  if (!enterVersion(ex, first) || !enterSession(ex, first)) return
  if (batch && (!policy.batchAllowed(ex) || items.length === 0 || initializing(items))) {
    return sendRefusal(ex, 400, policy.invalidCode(ex), 'a batch like this is not taken')
  }
  const invalid = items.filter((item) => item.kind === 'invalid')
  if (!batch && invalid[0] !== undefined) {
    return sendRefusal(ex, policy.status('malformed', ex), policy.invalidCode(ex), invalid[0].text, invalid[0].id)
  }
  takeNotes(ex, items)
  const problems = invalid.map((item) => errorMessage({ code: -32600, message: item.text }, item.id, ex))
  if (requests.length + problems.length === 0) {
    return sendEmpty(ex, items[0]?.kind === 'response' ? 'clientResponse' : 'notification')
  }
  if (policy.wantsStream(ex)) return answerWithEvents(ex, requests, problems)
  return answerWithJson(ex, requests, problems, batch)
}

async function begin(ex: Exchange, requests: Request[]): Promise<void> {
  const [first] = requests
  if (first === undefined) return
  if (ex.world.mode === 'stateful' && header(ex, 'mcp-session-id') !== undefined) {
    if (!enterSession(ex, first)) return
    return sendRefusal(ex, 400, -32600, 'this session has been initialized', first.id)
  }
  openSession(ex, first)
  if (ex.world.policy.wantsStream(ex)) return answerWithEvents(ex, requests, [])
  return answerWithJson(ex, requests, [], false)
}

function listen(ex: Exchange): void {
  const { policy } = ex.world
  if (!accepts(ex, 'text/event-stream')) {
    sendText(ex, 406, 'an event stream is all there is')
    return
  }
  if (!enterVersion(ex) || !enterSession(ex) || ex.session === undefined) return
  const { session } = ex
  const last = header(ex, 'last-event-id')
  const stream = session.streams.find((one) => one.log.some((event) => event.id !== undefined && event.id === last))
  startEvents(ex)
  if (stream !== undefined) {
    const after = stream.log.findIndex((event) => event.id === last)
    stream.attach(ex.res)
    stream.again(policy.replay(stream, after, session))
    if (stream.ended) stream.detach()
    return
  }
  const fresh = new EventStream('get', ex.revision, policy, session)
  fresh.attach(ex.res)
  fresh.prime()
  policy.opened(fresh, session, ex)
}

/** Serves the one endpoint of Streamable HTTP. */
export async function serveStreamable(ex: Exchange): Promise<void> {
  const { policy } = ex.world
  if (ex.req.method === 'POST') return post(ex)
  if (ex.req.method === 'GET') return listen(ex)
  if (!enterVersion(ex) || !enterSession(ex) || ex.session === undefined) return
  policy.endSession(ex.session, ex)
  ex.res.writeHead(policy.status('deleted', ex)).end()
}

/** Methods the endpoint knows in the given mode. */
export function knownMethods(ex: Exchange): string[] {
  return ex.world.mode === 'stateful' ? ['POST', 'GET', 'DELETE'] : ['POST']
}
