import { severity } from '../core/session.js'
import type { Policy } from '../core/types.js'
import type { Variant } from './variant.js'

const framed =
  (frame: (lines: string) => string) =>
  (base: Policy): Partial<Policy> => ({
    frame: (fields, stream) => frame(String(base.frame(fields, stream))),
  })

/** How event streams are written. */
export const streamVariants: Variant[] = [
  {
    name: 'comments',
    combos: ['stateful/sse/none', 'stateless/sse/none', 'sse/sse/none'],
    summary: 'comments and retry fields stand between events',
    change: (base) => ({
      frame: (fields, stream) =>
        fields.event === 'endpoint'
          ? `: welcome\n\n${base.frame(fields, stream)}`
          : `: keep-alive\n\nretry: 1500\n\n${base.frame(fields, stream)}: more\n\n`,
    }),
  },
  {
    name: 'crlf',
    combos: ['stateful/sse/none', 'sse/sse/none'],
    summary: 'lines end with CR and LF',
    change: framed((text) => text.replaceAll('\n', '\r\n')),
  },
  {
    name: 'tight',
    combos: ['stateless/sse/none', 'sse/sse/none'],
    summary: 'no blank behind the colon',
    change: framed((text) => text.replace(/^(id|event|data|retry): /gm, '$1:')),
  },
  {
    name: 'unnamed',
    combos: ['stateful/sse/none'],
    summary: 'events have no name',
    change: framed((text) => text.replace(/^event: message\n/gm, '')),
  },
  {
    name: 'data-in-lines',
    combos: ['stateful/sse/none', 'stateless/sse/none'],
    summary: 'JSON is spread over several data lines',
    change: framed((text) =>
      text.replace(/^data: (\{.*\})$/m, (_line, json: string) =>
        JSON.stringify(JSON.parse(json), null, 1)
          .split('\n')
          .map((line) => `data: ${line}`)
          .join('\n'),
      ),
    ),
  },
  {
    name: 'no-ids',
    combos: ['stateful/sse/none', 'stateless/sse/none'],
    summary: 'events have no ids and nothing is resumed',
    change: () => ({ eventId: () => undefined, primes: () => false }),
  },
  {
    name: 'primes-always',
    combos: ['stateful/sse/none'],
    summary: 'streams of every revision begin with a priming event',
    change: () => ({ primes: (stream) => stream.kind !== 'channel' }),
  },
  {
    name: 'ids-counted',
    combos: ['stateful/sse/none'],
    summary: 'event ids count up for the whole session',
    change: () => {
      const next = new WeakMap<object, number>()
      const all = {}
      return {
        eventId(stream) {
          const owner = stream.session ?? all
          const id = (next.get(owner) ?? 0) + 1
          next.set(owner, id)
          return `${stream.key}-${id}`
        },
      }
    },
  },
  {
    name: 'quiet-get',
    combos: ['stateful/sse/none', 'stateful/json/oauth'],
    summary: 'nothing ever comes on the GET stream but comments',
    change: () => ({
      opened(stream) {
        const timer = setInterval(() => stream.res?.write(': ping\n\n'), 100)
        timer.unref()
        stream.res?.on('close', () => clearInterval(timer))
      },
    }),
  },
  {
    name: 'endpoint-absolute',
    combos: ['sse/sse/none', 'sse/sse/oauth'],
    summary: 'the endpoint is an absolute URI',
    change: (base) => ({
      endpointEvent: (session, ex) =>
        base.endpointEvent(session, ex).map((event) => ({ ...event, data: `${session.world.origin}${event.data}` })),
    }),
  },
  {
    name: 'endpoint-relative',
    combos: ['sse/sse/none'],
    summary: 'the endpoint is a relative path',
    change: (base) => ({
      endpointEvent: (session, ex) =>
        base.endpointEvent(session, ex).map((event) => ({ ...event, data: String(event.data).slice(1) })),
    }),
  },
  {
    name: 'posts-get-200',
    combos: ['sse/sse/none'],
    summary: 'messages to a channel are answered with 200 and a word',
    change: (base) => ({
      status: (kind, ex) => (kind === 'notification' || kind === 'clientResponse' ? 200 : base.status(kind, ex)),
      acceptedBody: () => 'Accepted',
    }),
  },
  {
    name: 'pings-often',
    combos: ['stateful/sse/none', 'sse/sse/none'],
    summary: 'the client is pinged every second',
    change: (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        session.every(1000, () => session.announce({ jsonrpc: '2.0', id: `beat-${++session.pings}`, method: 'ping' }))
      },
    }),
  },
  {
    name: 'greets-streams',
    combos: ['stateful/sse/none', 'stateful/json/none'],
    summary: 'each GET stream begins with the same log message',
    change: (base) => ({
      opened(stream, session, ex) {
        if (stream.kind === 'get' && severity('info') >= severity(session.level))
          stream.message({
            jsonrpc: '2.0',
            method: 'notifications/message',
            params: { level: 'info', data: 'listening' },
          })
        base.opened(stream, session, ex)
      },
    }),
  },
  {
    name: 'polled',
    combos: ['stateful/sse/none'],
    summary:
      'slow calls give up their connection with a retry field, and end after the response on the one that resumes them',
    change: (base) => ({
      async dispatch(turn) {
        const { stream } = turn
        if (turn.method === 'tools/call' && stream !== undefined && stream.revision >= '2025-11-25')
          setTimeout(() => {
            stream.append({ retry: 50 })
            stream.detach()
          }, 120).unref()
        return base.dispatch(turn)
      },
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        turn.stream?.end()
      },
    }),
  },
  {
    name: 'hangs-up-when-cancelled',
    combos: ['stateful/json/none'],
    summary: 'the connection of a cancelled call is closed without an answer',
    change: (base) => ({
      async dispatch(turn) {
        if (turn.stream === undefined)
          turn.signal.addEventListener('abort', () => turn.ex.res.destroy(), { once: true })
        return base.dispatch(turn)
      },
    }),
  },
]
