import type { EventStream } from './event-stream.js'
import { type Session, TICKER } from './session.js'

const PATIENCE = 20_000

/** Asks the client for a sign of life and gives up on the stream when none comes. */
export function pingClient(session: Session): void {
  const { policy } = session.world
  const stream = policy.audience(session)[0]
  if (stream === undefined || session.closed) return
  session.pings += 1
  const id = policy.pingId(session)
  const timer = setTimeout(() => {
    session.awaited.delete(id)
    const params = { requestId: id, reason: 'no answer in time' }
    session.announce({ jsonrpc: '2.0', method: 'notifications/cancelled', params })
    if (stream.kind !== 'channel') stream.append({ retry: 1000, data: '' })
    stream.detach()
  }, PATIENCE)
  timer.unref()
  session.awaited.set(id, timer)
  session.announce({ jsonrpc: '2.0', id, method: 'ping' })
}

/** Notes an answer of the client. */
export function clientAnswered(session: Session | undefined, id: unknown): void {
  clearTimeout(session?.awaited.get(id))
  session?.awaited.delete(id)
}

/** Starts what a standing stream carries: pings and resource updates. */
export function standingStreamOpened(stream: EventStream, session: Session): void {
  const greet = () => {
    if (session.closed || stream.res === undefined) return
    if (session.ready) pingClient(session)
    else session.later(100, greet)
  }
  session.later(200, greet)
  if (session.attended) return
  session.attended = true
  session.every(15_000, () => pingClient(session))
  session.every(400, () => {
    if (!session.subscriptions.has(TICKER)) return
    session.announce({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri: TICKER } })
  })
}
