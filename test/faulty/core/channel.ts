import { EventStream } from './event-stream.js'
import { accepts, header, readBody, sendEmpty, sendRefusal, sendText, startEvents } from './http.js'
import { errorMessage } from './jsonrpc.js'
import { Session } from './session.js'
import { enterVersion, takeNotes } from './streamable.js'
import type { Exchange } from './types.js'
import { type Request, work } from './work.js'

/** Opens the channel of HTTP+SSE: the stream and the place to post to. */
export function openChannel(ex: Exchange): void {
  const { world } = ex
  if (!accepts(ex, 'text/event-stream')) {
    sendText(ex, 406, 'an event stream is all there is')
    return
  }
  const session = new Session(world.policy.sessionId(), ex.subject, '2024-11-05', world)
  ex.session = session
  world.sessions.set(session.id, session)
  const stream = new EventStream('channel', session.revision, world.policy, session)
  startEvents(ex)
  stream.attach(ex.res)
  for (const event of world.policy.endpointEvent(session, ex)) stream.append(event)
  ex.res.on('close', () => {
    session.close()
    world.sessions.delete(session.id)
  })
  world.policy.opened(stream, session, ex)
}

/** Takes a message for a channel; answers appear on its stream. */
export async function takeMessage(ex: Exchange, id: string): Promise<void> {
  const { policy } = ex.world
  const session = ex.world.sessions.get(id)
  if (session === undefined || !policy.mayUseSession(session, ex)) return sendText(ex, 404, 'no such channel')
  const body = await readBody(ex)
  if (body === undefined) return sendText(ex, 413, 'that is too much')
  ex.session = session
  ex.revision = session.revision
  let raw: unknown
  try {
    raw = JSON.parse(body)
  } catch {
    return sendRefusal(ex, 400, policy.parseCode(ex), 'the body is not JSON')
  }
  const items = (Array.isArray(raw) ? raw : [raw]).map((one) => policy.classify(one, ex))
  const requests = items.filter((item) => item.kind === 'request')
  const [invalid] = items.filter((item) => item.kind === 'invalid')
  const begins = requests.find((request) => request.method === 'initialize')
  ex.methods = requests.map((request) => request.method)
  if (begins === undefined && header(ex, 'mcp-protocol-version') !== undefined && !enterVersion(ex, requests[0])) return
  ex.revision = session.revision
  if (Array.isArray(raw) && (!policy.batchAllowed(ex) || items.length === 0 || begins !== undefined)) {
    return sendRefusal(ex, 400, policy.invalidCode(ex), 'a batch like this is not taken')
  }
  if (invalid !== undefined) {
    return sendRefusal(ex, policy.status('malformed', ex), policy.invalidCode(ex), invalid.text, invalid.id)
  }
  takeNotes(ex, items)
  sendEmpty(ex, items[0]?.kind === 'response' ? 'clientResponse' : 'notification')
  await Promise.all(requests.map((request) => respond(ex, session, request)))
}

async function respond(ex: Exchange, session: Session, request: Request): Promise<void> {
  const [stream] = session.streams
  if (request.method === 'initialize') {
    if (session.initialized) {
      stream?.message(errorMessage({ code: -32600, message: 'this channel has been initialized' }, request.id, ex))
      return
    }
    session.revision = ex.world.policy.negotiate(request.params.protocolVersion, ex)
    session.initialized = true
    ex.revision = session.revision
  } else if (!session.initialized && request.method !== 'ping') {
    stream?.message(errorMessage({ code: -32600, message: 'initialize comes first' }, request.id, ex))
    return
  }
  await work(ex, request, stream, (message) => stream?.message(message))
}
