import { isNotification, isResponse, parseJson } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'

/** Copies of one message arrive within this time, in ms. */
export const atOnceMs = 15

/** What came while several streams were open. */
export interface Streams {
  /** Every event stream listened to. */
  heard: readonly Reply[]
  /** Those of them opened by GET. */
  gets: readonly Reply[]
  /** The answers to calls made one after another. */
  alone: readonly Reply[]
  /** When all GET streams were open, in ms of the process: what came before had no choice between them. */
  since: number
}

/** A message that several streams carried though it was sent once; undefined where there is none. Spec: 2025-11-25/basic/transports#multiple-connections. */
export function copiedAmong({ heard, gets, alone, since }: Streams): unknown {
  const inARow = counted(alone)
  const carriers = new Map<string, Reply[]>()
  for (const stream of heard)
    for (const text of textsOf(stream)) carriers.set(text, [...(carriers.get(text) ?? []), stream])
  for (const [text, on] of carriers) {
    const message: unknown = JSON.parse(text)
    // Calls may say the same thing each on its own stream: what counts is whether they say it on more than one call alone did.
    const own = isResponse(message) ? 1 : Math.max(1, 2 * (inARow.get(text) ?? 0))
    const apart = isNameless(message) && on.every((stream) => gets.includes(stream)) && !inPairs(text, on, since)
    if (on.length > own && !apart) return message
  }
  return undefined
}

/** True for a notification that says of no call that it is its own: two may read alike. */
function isNameless(message: unknown): boolean {
  return isNotification(message) && message.params?.progressToken === undefined
}

/** Whether all that two streams said in the same words came at the same moments. Else they told of two changes, one stream of each. */
function inPairs(text: string, streams: readonly Reply[], since: number): boolean {
  const times = streams.map((stream) => heard(stream, since).flatMap((one) => (one.text === text ? [one.at] : [])))
  const [first = [], ...others] = times
  // What each said only before there was a choice, as a greeting of the stream, is no copy.
  if (first.length === 0) return false
  return others.every(
    (other) => other.length === first.length && other.every((at, n) => Math.abs(at - first[n]!) < atOnceMs),
  )
}

function textsOf({ messages }: Reply): Set<string> {
  return new Set(messages.map((message) => JSON.stringify(message)))
}

/** The messages of a stream, each with the moment of its arrival, from one moment on. */
function heard({ events, started }: Reply, since: number): { text: string; at: number }[] {
  return events
    .map(({ data, at }) => ({ text: JSON.stringify(parseJson(data)) ?? '', at: started + at }))
    .filter(({ text, at }) => text !== '' && at >= since)
}

/** How many of the replies carried each message. */
function counted(replies: readonly Reply[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const reply of replies) for (const text of textsOf(reply)) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
