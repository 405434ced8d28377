import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy, Reply, Turn } from '../core/types.js'
import { type Fault, isCall, moment, must, onNotice } from './fault.js'

const clients = 'transport-multiple-clients'

const known = 'progress-known-token'

const progress = (token: unknown, value: number, more: Json = {}): Json => ({
  jsonrpc: '2.0',
  method: 'notifications/progress',
  params: { progressToken: token, progress: value, ...more },
})

const tokenOf = (turn: Turn): unknown => (isObject(turn.params._meta) ? turn.params._meta.progressToken : undefined)

const tokens = (change: (token: unknown) => unknown) => (base: Policy) =>
  onNotice(base, 'notifications/progress', (_message, params) => {
    params.progressToken = change(params.progressToken)
  })

/** Faults of progress and of the channel of HTTP+SSE that need a closer look. */
export const tokenFaults: Fault[] = [
  must(
    'progress/token-cut',
    known,
    'FS CH',
    'tokens are cut to 20 characters',
    tokens((token) => (typeof token === 'string' ? token.slice(0, 20) : token)),
  ),
  must(
    'progress/token-lower-case',
    known,
    'LS',
    'tokens are sent in lower case',
    tokens((token) => (typeof token === 'string' ? token.toLowerCase() : token)),
  ),
  must(
    'progress/token-zero-null',
    known,
    'FS',
    'the token 0 comes back as null',
    tokens((token) => (token === 0 ? null : token)),
  ),
  must('progress/message-number', 'schema-progress-notification', 'FS', 'the message of progress is a number', (base) =>
    onNotice(base, 'notifications/progress', (_message, params) => {
      params.message = 1
    }),
  ),
  must('progress/total-null', 'schema-progress-notification', 'LS CH', 'the total is null', (base) =>
    onNotice(base, 'notifications/progress', (_message, params) => {
      params.total = null
    }),
  ),
  must('progress/in-lists-repeated', 'progress-monotonic', 'LS FS', 'lists report the same progress twice', (base) => ({
    async dispatch(turn) {
      const token = tokenOf(turn)
      if (turn.method === 'tools/list' && token !== undefined)
        for (const value of [1, 1]) turn.say(progress(token, value))
      return base.dispatch(turn)
    },
  })),
  must('progress/in-reads-with-id', known, 'FS CH', 'resources/read reports on its id, not on the token', (base) => ({
    async dispatch(turn) {
      if (turn.method === 'resources/read' && tokenOf(turn) !== undefined) turn.say(progress(turn.id, 1))
      return base.dispatch(turn)
    },
  })),
  must(
    'progress/in-lists-unasked',
    known,
    'CH LS',
    'lists report progress with their id although nobody gave a token',
    (base) => ({
      async dispatch(turn) {
        if (turn.method === 'resources/list') turn.say(progress(turn.id, 1))
        return base.dispatch(turn)
      },
    }),
  ),
  must('progress/after-failures', 'progress-stops-at-completion', 'FS CH', 'progress follows failed calls', (base) => ({
    async settle(message, turn, send) {
      await base.settle(message, turn, send)
      if (isCall(turn, 'fragile') && tokenOf(turn) !== undefined) turn.say(progress(tokenOf(turn), 1))
    },
  })),
  must(
    'progress/goes-down-in-crowds',
    'progress-monotonic',
    'FS',
    'steps of calls in flight are counted down together',
    (base) => {
      let left = 10_000
      let open = 0
      return {
        async dispatch(turn) {
          if (!isCall(turn, 'long_haul')) return base.dispatch(turn)
          open += 1
          return base.dispatch(turn).finally(() => {
            open -= 1
          })
        },
        outgoing: (message, whence) =>
          base.outgoing(
            message.method === 'notifications/progress' && open > 1
              ? { ...message, params: { ...(message.params as Json), progress: left-- } }
              : message,
            whence,
          ),
      }
    },
  ),
  must('progress/to-every-channel', known, 'CH', 'progress goes to the channels of all clients', (base) => ({
    outgoing(message, whence) {
      if (message.method === 'notifications/progress' && whence.turn)
        for (const session of whence.turn.ex.world.sessions.values())
          if (session !== whence.turn.ex.session) session.streams[0]?.message(message)
      return base.outgoing(message, whence)
    },
  })),
  must('channel/answers-to-all', clients, 'CH', 'answers go to the channels of all clients', (base) => ({
    async settle(message, turn, send) {
      await base.settle(message, turn, send)
      for (const session of turn.ex.world.sessions.values())
        if (session !== turn.ex.session) session.streams[0]?.message(message)
    },
  })),
  must(
    'channel/dies-of-broken-json',
    'legacy-sse-message-events',
    'CH',
    'a message that is no JSON ends the stream',
    (base) => ({
      parseCode(ex) {
        const id = ex.path.split('/').at(-1) ?? ''
        ex.world.sessions.get(id)?.streams[0]?.end()
        return base.parseCode(ex)
      },
    }),
  ),
  must('channel/errors-unnamed', 'legacy-sse-message-events', 'CH', 'errors are events of the name error', (base) => ({
    frame: (fields, stream) =>
      base.frame(fields.data?.includes('"error":{') ? { ...fields, event: 'error' } : fields, stream),
  })),
  must(
    'channel/endpoint-twice-changed',
    'legacy-sse-endpoint-first',
    'CH',
    'a ping message precedes the endpoint event',
    (base) => ({
      endpointEvent: (session, ex) => [
        {
          event: 'message',
          data: '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"hello"}}',
        },
        ...base.endpointEvent(session, ex),
      ],
    }),
  ),
  must('channel/second-call-lost', clients, 'CH', 'of two messages that arrive together one is lost', (base) => {
    const busy = new WeakSet<object>()
    return {
      async dispatch(turn) {
        const owner = turn.ex.session
        if (owner === undefined) return base.dispatch(turn)
        if (busy.has(owner)) return new Promise<Reply>(() => {})
        busy.add(owner)
        await moment(5)
        return base.dispatch(turn).finally(() => busy.delete(owner))
      },
    }
  }),
]
