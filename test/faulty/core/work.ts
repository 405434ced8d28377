import type { EventStream } from './event-stream.js'
import type { Exchange, Incoming, Json, Turn } from './types.js'

/** A request taken out of a POST. */
export type Request = Extract<Incoming, { kind: 'request' }>

/** Works on one request and hands its response to `send`; a cancelled one sends nothing. */
export async function work(
  ex: Exchange,
  request: Request,
  stream: EventStream | undefined,
  send: (message: Json) => void,
): Promise<void> {
  const { policy } = ex.world
  const controller = new AbortController()
  const key = policy.runKey(request.id, ex.session)
  const running = request.method === 'initialize' ? undefined : ex.session?.running
  running?.set(key, controller)
  const where = { session: ex.session, stream }
  const turn: Turn = {
    ex,
    id: request.id,
    method: request.method,
    params: request.params,
    signal: controller.signal,
    ...(stream === undefined ? {} : { stream }),
    say(message) {
      for (const out of policy.outgoing(message, { turn, ...where })) stream?.message(out)
    },
  }
  let reply: Json | undefined
  try {
    reply = await policy.dispatch(turn)
  } catch (failure) {
    if (!controller.signal.aborted) throw failure
  } finally {
    if (running?.get(key) === controller) running.delete(key)
  }
  if (reply === undefined || controller.signal.aborted) return
  await policy.settle({ jsonrpc: '2.0', id: request.id, ...reply }, turn, (message) => {
    for (const out of policy.outgoing(message, { turn, ...where })) send(out)
  })
}
