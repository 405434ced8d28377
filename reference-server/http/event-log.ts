import type { EventStore } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'

/** The name under which the SDK files the stream that a plain GET opens. */
export const STANDALONE_STREAM = '_GET_stream'

/** How long a client waits before it reconnects, in milliseconds; sent as the `retry` field. */
export const RETRY_MS = 500

const MOST_EVENTS_PER_STREAM = 256
const MOST_FINISHED_STREAMS = 32

interface LoggedEvent {
  id: string
  message: JSONRPCMessage | undefined
}

interface LoggedStream {
  events: LoggedEvent[]
  finished: boolean
}

/**
 * What was sent on the streams of one session, for resumption. An event id is the stream's name and a number that is
 * unique in the session (sse-event-id-unique, sse-event-id-encodes-stream).
 */
export class EventLog implements EventStore {
  /** Called with the name of the stream that each event is filed under. */
  onrecord: (streamId: string) => void = () => {}
  readonly #streams = new Map<string, LoggedStream>()
  #last = 0

  /** Files an event and gives its id; an event without members is the one that primes the client. */
  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    return this.record(streamId, message)
  }

  /** {@link storeEvent} without the promise that the SDK's interface asks for. */
  record(streamId: string, message?: JSONRPCMessage): string {
    const id = `${streamId}.${++this.#last}`
    const stream = this.#streams.get(streamId) ?? { events: [], finished: false }
    this.#streams.set(streamId, stream)
    const priming = message === undefined || Object.keys(message).length === 0
    stream.events.push({ id, message: priming ? undefined : message })
    if (stream.events.length > MOST_EVENTS_PER_STREAM) stream.events.shift()
    this.onrecord(streamId)
    return id
  }

  /** Marks a stream as complete, and forgets the oldest complete ones. */
  finish(streamId: string): void {
    const stream = this.#streams.get(streamId)
    if (stream) stream.finished = true
    const finished = [...this.#streams].filter(([, stream]) => stream.finished)
    for (const [name] of finished.slice(0, -MOST_FINISHED_STREAMS)) this.#streams.delete(name)
  }

  /** What followed an event on its own stream, and whether anything can still follow; undefined for an unknown id. */
  after(
    eventId: string,
  ): { name: string; events: { id: string; message: JSONRPCMessage }[]; finished: boolean } | undefined {
    const name = eventId.slice(0, eventId.lastIndexOf('.'))
    const stream = this.#streams.get(name)
    const index = stream?.events.findIndex((event) => event.id === eventId) ?? -1
    if (!stream || index < 0) return undefined
    const events = stream.events.slice(index + 1).flatMap(({ id, message }) => (message ? [{ id, message }] : []))
    return { name, events, finished: stream.finished }
  }

  /** Replays for the SDK; never anything of another stream (sse-replay-same-stream-only). */
  async replayEventsAfter(
    eventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const rest = this.after(eventId)
    if (!rest) throw new Error('Unknown event id')
    for (const { id, message } of rest.events) await send(id, message)
    return rest.name
  }
}
