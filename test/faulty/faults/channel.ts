import type { Policy } from '../core/types.js'
import { type Fault, must } from './fault.js'

const endpoint = 'legacy-sse-endpoint-event'
const events = 'legacy-sse-message-events'

const frame =
  (change: (fields: Parameters<Policy['frame']>[0]) => Parameters<Policy['frame']>[0] | undefined) =>
  (base: Policy): Partial<Policy> => ({
    frame(fields, stream) {
      const changed = fields.event === 'message' ? change(fields) : fields
      return changed === undefined ? '' : base.frame(changed, stream)
    },
  })

/** Faults of the HTTP+SSE transport of 2024-11-05. */
export const channelFaults: Fault[] = [
  must('channel/no-endpoint-event', endpoint, 'CH', 'no endpoint event is sent', () => ({ endpointEvent: () => [] })),
  must('channel/endpoint-as-json', endpoint, 'CH', 'the endpoint event holds JSON', (base) => ({
    endpointEvent: (session, ex) =>
      base.endpointEvent(session, ex).map((one) => ({ ...one, data: JSON.stringify({ uri: one.data }) })),
  })),
  must('channel/endpoint-empty', endpoint, 'CHK', 'the endpoint event is empty', () => ({
    endpointEvent: () => [{ event: 'endpoint', data: '' }],
  })),
  must('channel/endpoint-unnamed', endpoint, 'CH', 'the endpoint comes as an event without name', (base) => ({
    endpointEvent: (session, ex) => base.endpointEvent(session, ex).map(({ data }) => ({ data })),
  })),
  must(
    'channel/endpoint-wrong-path',
    'legacy-sse-two-endpoints',
    'CH',
    'the announced path does not exist',
    (base) => ({
      endpointEvent: (session, ex) =>
        base.endpointEvent(session, ex).map((one) => ({ ...one, data: `/internal${one.data}` })),
    }),
  ),
  must(
    'channel/endpoint-lost-host',
    'legacy-sse-two-endpoints',
    'CH',
    'the announced URI points to a host nobody reaches',
    (base) => ({
      endpointEvent: (session, ex) =>
        base
          .endpointEvent(session, ex)
          .map((one) => ({ ...one, data: `http://ledger.internal.invalid:8080${one.data}` })),
    }),
  ),
  must(
    'channel/endpoint-second',
    'legacy-sse-endpoint-first',
    'CH',
    'a log message precedes the endpoint event',
    (base) => ({
      endpointEvent(session, ex) {
        const hello = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'welcome' } }
        return [{ event: 'message', data: JSON.stringify(hello) }, ...base.endpointEvent(session, ex)]
      },
    }),
  ),
  must(
    'channel/greeting-first',
    'legacy-sse-endpoint-first',
    'CHK',
    'an open event precedes the endpoint event',
    (base) => ({
      endpointEvent: (session, ex) => [{ event: 'open', data: 'connected' }, ...base.endpointEvent(session, ex)],
    }),
  ),
  must(
    'channel/other-event-name',
    events,
    'CH',
    'messages are events named response',
    frame((fields) => ({ ...fields, event: 'response' })),
  ),
  must(
    'channel/not-json',
    events,
    'CH',
    'messages carry the JSON with a prefix',
    frame((fields) => ({ ...fields, data: `rpc ${fields.data}` })),
  ),
  must(
    'channel/quoted-json',
    events,
    'CH',
    'messages carry JSON inside a JSON string',
    frame((fields) => ({ ...fields, data: JSON.stringify(fields.data) })),
  ),
  must('channel/answer-in-post', events, 'CH', 'errors are in the answer to the POST only', (base) => {
    const errors = new WeakMap<object, string>()
    return {
      async settle(message, turn, send) {
        if (!('error' in message)) await base.settle(message, turn, send)
      },
      classify(raw, ex) {
        const item = base.classify(raw, ex)
        const known = /^(ping|initialize|tools|resources|prompts|completion|logging)/
        if (item.kind === 'request' && !known.test(item.method)) {
          const error = { code: -32601, message: 'unknown method' }
          errors.set(ex, JSON.stringify({ jsonrpc: '2.0', id: item.id, error }))
        }
        return item
      },
      acceptedBody: (ex) => errors.get(ex) ?? '',
    }
  }),
  must(
    'channel/cut-events',
    events,
    'CH',
    'long messages are cut off',
    frame((fields) => ({ ...fields, data: fields.data?.slice(0, 700) })),
  ),
  must('channel/broken-lines', events, 'CH', 'pretty-printed JSON is written without data fields', (base) => ({
    frame(fields, stream) {
      if (fields.event !== 'message') return base.frame(fields, stream)
      return `event: message\ndata: ${JSON.stringify(JSON.parse(fields.data ?? 'null'), null, 1)}\n\n`
    },
  })),
  must('channel/no-blank-line', events, 'CH', 'messages end with a single line break', (base) => ({
    frame: (fields, stream) =>
      fields.event === 'message' ? String(base.frame(fields, stream)).slice(0, -1) : base.frame(fields, stream),
  })),
  must(
    'channel/newcomer-closes-others',
    'transport-multiple-clients',
    'CH',
    'opening a channel closes the streams of the others',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        for (const other of ex.world.sessions.values()) if (other !== session) other.streams[0]?.detach()
      },
    }),
  ),
]
