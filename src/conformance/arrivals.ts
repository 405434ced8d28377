import { isResponse, type Message, parseJson } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'

/** Waits until something holds of what a session has received over its channels, or `ms` have passed; says whether it holds. */
export async function arrived(session: Session, held: (responses: Message[]) => boolean, ms: number): Promise<boolean> {
  const until = performance.now() + ms
  while (!held(responsesOf(session)) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 10))
  return held(responsesOf(session))
}

/** Every response a session has received so far, over all its channels. */
export function responsesOf(session: Session): Message[] {
  return session.received.map(({ message }) => message).filter(isResponse)
}

/** The first JSON array among what replies carried: a body, or the data of an event. */
export function firstArray(replies: Iterable<Reply>): string | undefined {
  const texts = [...new Set(replies)].flatMap((reply) =>
    reply.isStream ? reply.events.map((event) => event.data) : [reply.text],
  )
  return texts.find((text) => Array.isArray(parseJson(text)))
}
