import { isDeepStrictEqual } from 'node:util'
import { isObject, isResponse, type Message, parseJson, request } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { SseEvent } from '../wire/sse.js'
import { callOf } from './cancelled-call.js'
import type { NamedTool } from './given.js'

/**
 * Asks for what followed an event: GET with Last-Event-ID, read until a response came or `ms` passed, and asked again where the
 * server ends the stream before, as polling servers do. Returns the last reply.
 */
export async function resumeFrom(session: Session, lastEventId: string, ms = 1000): Promise<Reply> {
  const until = performance.now() + ms
  let from = lastEventId
  for (;;) {
    const reply = await session.get({ 'last-event-id': from })
    await reply.until((one) => one.response !== undefined, Math.max(0, until - performance.now()))
    await reply.until(() => false, 60)
    reply.close()
    const wait = Math.min(reply.retry ?? 100, 2000)
    if (reply.response || reply.ended !== 'complete' || !reply.isStream || performance.now() + wait > until)
      return reply
    from = reply.lastEventId ?? from
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

/** The responses a resumed stream replayed. */
export function replayed(reply: Reply): Message[] {
  return reply.messages.filter(isResponse)
}

/** True when one of several answers comes again to a client that resumes its stream from the first event. Some servers lose a part of them. */
export async function replays(session: Session): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const finished = await session.post(request('tools/list'))
    const first = finished.events.find((event) => event.id && event.data === '')?.id
    if (!first) return false
    if (replayed(await resumeFrom(session, first)).length > 0) return true
  }
  return false
}

/** The events of a stream that carry both an id and a message: some servers replay the empty event a stream begins with as `{}`. */
export function numbered(reply: Reply): (SseEvent & { id: string })[] {
  return reply.events.filter((event): event is SseEvent & { id: string } => {
    const message = event.id ? parseJson(event.data) : undefined
    return Array.isArray(message) || (isObject(message) && 'jsonrpc' in message)
  })
}

/** True where two events carry the same message, however it is written. */
export function sameMessage(one: string, other: string): boolean {
  return one === other || isDeepStrictEqual(parseJson(one) ?? one, parseJson(other) ?? other)
}

/** A call of a tool that asks for progress, so that several events may stand on its stream; read to its end without resuming it. */
export function callWithProgress(session: Session, tool: NamedTool): Promise<Reply> {
  return session.post(callOf({ tool }), {}, { resume: false })
}

/** True when the answer to a call comes again to a client that resumes its stream from an event before it: also without an empty event to begin with. */
export async function replaysCalls(session: Session, tool: NamedTool): Promise<boolean> {
  const reply = await callWithProgress(session, tool)
  const [first] = numbered(reply)
  if (!first || numbered(reply).length < 2) return false
  return replayed(await resumeFrom(session, first.id)).length > 0
}
