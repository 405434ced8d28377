import { isResponse, type Message } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'

/** Asks for what followed an event: GET with Last-Event-ID, read until a response came, the stream ended, or `ms` passed. */
export async function resumeFrom(session: Session, lastEventId: string, ms = 1000): Promise<Reply> {
  const reply = await session.get({ 'last-event-id': lastEventId })
  await reply.until((one) => one.response !== undefined, ms)
  await reply.until(() => false, 60)
  reply.close()
  return reply
}

/** The responses a resumed stream replayed. */
export function replayed(reply: Reply): Message[] {
  return reply.messages.filter(isResponse)
}
