import { isObject } from '../core/jsonrpc.js'
import type { Id, Json } from '../core/types.js'
import { objection } from './dispatch.js'
import type { Turn, Visit } from './types.js'

/** Sends a plain page of text. */
export function sendText(visit: Visit, status: number, text: string, headers: Record<string, string> = {}): void {
  visit.res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
  visit.res.end(text)
}

function sendJson(visit: Visit, status: number, message: Json, turn?: Turn): void {
  const { policy } = visit.world
  visit.res.writeHead(status, { 'content-type': policy.mediaType('json', turn), ...policy.extraHeaders(visit) })
  visit.res.end(policy.encode(message, turn))
}

/** Sends a JSON-RPC error outside of any request. */
function refuse(visit: Visit, code: number, message: string, id?: Id): void {
  const { policy } = visit.world
  const error = { jsonrpc: '2.0', ...(id === undefined ? {} : { id }), error: { code, message } }
  sendJson(visit, policy.status('malformed', visit), policy.outgoing(error, undefined)[0] ?? error)
}

/** The way a request gets its answer: one JSON object, or a stream that begins when something is said. */
function respond(visit: Visit, request: { id: Id; method: string; params: Json }) {
  const { policy } = visit.world
  const stop = new AbortController()
  visit.res.on('close', () => stop.abort())
  const frame = (message: Json): void => {
    for (const one of policy.outgoing(message, turn)) {
      if (stop.signal.aborted) return
      const data = policy.encode(one, turn)
      visit.res.write(Buffer.concat([Buffer.from('event: message\ndata: '), Buffer.from(data), Buffer.from('\n\n')]))
    }
  }
  const turn: Turn = {
    visit,
    ...request,
    meta: isObject(request.params._meta) ? request.params._meta : {},
    signal: stop.signal,
    open() {
      if (visit.res.headersSent || !policy.streams(turn) || stop.signal.aborted) return
      const type = policy.mediaType('sse', turn)
      visit.res.writeHead(200, { 'content-type': type, ...policy.sseHeaders, ...policy.extraHeaders(visit) })
      visit.res.flushHeaders()
    },
    say(message) {
      turn.open()
      if (visit.res.headersSent && !visit.res.writableEnded) frame(message)
    },
  }
  const send = (message: Json): void => {
    if (stop.signal.aborted) return
    const error = isObject(message.error) ? message.error : undefined
    const status = error === undefined ? 200 : policy.errorStatus(error.code, turn)
    if (status === 200) turn.open()
    if (!visit.res.headersSent) return sendJson(visit, status, policy.outgoing(message, turn)[0] ?? message, turn)
    frame(message)
    policy.finish(visit)
  }
  return { turn, send }
}

/** Answers the body of a POST. */
export async function answer(visit: Visit, body: string): Promise<void> {
  const { policy } = visit.world
  let raw: unknown
  try {
    raw = JSON.parse(body)
  } catch {
    return refuse(visit, policy.parseCode, 'this is not JSON')
  }
  const incoming = policy.sort(raw)
  if (incoming.kind === 'invalid') return refuse(visit, -32600, incoming.text, incoming.id)
  if (incoming.kind === 'response') {
    return void visit.res.writeHead(policy.status('response', visit)).end()
  }
  if (incoming.kind === 'notification') {
    const type = policy.acceptedBody === '' ? {} : { 'content-type': 'application/json' }
    return void visit.res.writeHead(policy.status('notification', visit), type).end(policy.acceptedBody)
  }
  const { turn, send } = respond(visit, incoming)
  const refused = objection(turn)
  const reply = refused === undefined ? await policy.dispatch(turn) : { error: { ...refused } }
  await policy.settle({ jsonrpc: '2.0', id: turn.id, ...reply }, turn, send)
}
