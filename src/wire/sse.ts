import { createParser } from 'eventsource-parser'

/** One server-sent event as received, with the time in ms since the request was sent. */
export interface SseEvent {
  /** The `id` field of this very event; an empty string when the field was empty. */
  id?: string
  event?: string
  data: string
  at: number
}

/** What a stream carried beside its events. */
export interface SseSink {
  event(event: SseEvent): void
  retry(ms: number): void
  comment(text: string): void
}

/** A parser of the WHATWG event stream format fed with decoded text; an unfinished last event is dropped, as the format demands. */
export function sseParser(sink: SseSink, now: () => number): (text: string) => void {
  const parser = createParser({
    onEvent: (event) =>
      sink.event({
        ...(event.id === undefined ? {} : { id: event.id }),
        ...(event.event === undefined ? {} : { event: event.event }),
        data: event.data,
        at: now(),
      }),
    onRetry: (ms) => sink.retry(ms),
    onComment: (text) => sink.comment(text),
  })
  const endings = lineEndings()
  return (text) => parser.feed(endings(text))
}

/** Turns CR and CRLF into LF. A CR at the end of a chunk ends its line at once: the parser would hold it back until more comes. */
function lineEndings(): (text: string) => string {
  let afterCr = false
  return (text) => {
    if (text === '') return text
    const rest = afterCr && text.startsWith('\n') ? text.slice(1) : text
    afterCr = text.endsWith('\r')
    return rest.replace(/\r\n?/g, '\n')
  }
}

/** Writes one event in the event stream format. */
export function formatSse(event: { id?: string; event?: string; data: string; retry?: number }): string {
  const lines = event.data.split('\n').map((line) => `data: ${line}`)
  if (event.id !== undefined) lines.unshift(`id: ${event.id}`)
  if (event.event !== undefined) lines.unshift(`event: ${event.event}`)
  if (event.retry !== undefined) lines.unshift(`retry: ${event.retry}`)
  return `${lines.join('\n')}\n\n`
}
