import { randomBytes } from 'node:crypto'
import type { EventStream } from '../core/event-stream.js'
import { isObject } from '../core/jsonrpc.js'
import { Session } from '../core/session.js'
import type { Exchange, Json, Policy, Reply, Turn } from '../core/types.js'
import { type Fault, instead, moment, must, nameOf, onNotice, onResult, onTool, should } from './fault.js'

const clients = 'transport-multiple-clients'
const known = 'progress-known-token'
const isCall = (turn: Turn, tool: string): boolean => turn.method === 'tools/call' && nameOf(turn) === tool
const progress = (token: unknown, value: number, more: Json = {}): Json => ({
  jsonrpc: '2.0',
  method: 'notifications/progress',
  params: { progressToken: token, progress: value, ...more },
})
const tokenOf = (turn: Turn): unknown => (isObject(turn.params._meta) ? turn.params._meta.progressToken : undefined)

/** Exchanges the results of two requests of a method that are in flight together. */
function swap(method: string) {
  return (base: Policy): Partial<Policy> => {
    let waiting: { message: Json; send: (message: Json) => void } | undefined
    return {
      async settle(message, turn, send) {
        if (turn.method !== method || !('result' in message)) return base.settle(message, turn, send)
        if (waiting !== undefined) {
          const other = waiting
          waiting = undefined
          other.send({ ...other.message, result: message.result })
          return send({ ...message, result: other.message.result })
        }
        const mine = { message, send }
        waiting = mine
        await moment(30)
        if (waiting !== mine) return
        waiting = undefined
        send(message)
      },
    }
  }
}

const tokens = (change: (token: unknown) => unknown) => (base: Policy) =>
  onNotice(base, 'notifications/progress', (_message, params) => {
    params.progressToken = change(params.progressToken)
  })

/** Faults of streams, sessions and crowds that need a closer look. */
export const streamFaults: Fault[] = [
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
  must(
    'sse/answer-twice',
    'jsonrpc-response-id-echo',
    'FS LS',
    'failed calls are answered twice on their stream',
    (base) => ({
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        if (isCall(turn, 'fragile')) send(message)
      },
    }),
  ),
  should(
    'sse/updates-on-calls',
    'sse-messages-relate',
    'FS',
    'changes of a resource are told on the streams of calls',
    (base) => ({
      async dispatch(turn) {
        if (isCall(turn, 'long_haul'))
          turn.say({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri: 'ledger:///ticker' } })
        return base.dispatch(turn)
      },
    }),
  ),
  should(
    'sse/unknown-tool-silent',
    'sse-response-delivered',
    'LS',
    'for unknown tools the stream ends without a response',
    (base) => ({
      async settle(message, turn, send) {
        if (turn.method === 'tools/call' && isObject(message.error) && /no tool/.test(String(message.error.message)))
          return
        await base.settle(message, turn, send)
      },
    }),
  ),
  should(
    'sse/prompt-errors-silent',
    'sse-response-delivered',
    'FS',
    'for failing prompts the stream ends without a response',
    (base) => ({
      async settle(message, turn, send) {
        if (turn.method === 'prompts/get' && 'error' in message) return
        await base.settle(message, turn, send)
      },
    }),
  ),
  should('sse/lists-stay-open', 'sse-closes-after-response', 'FS', 'streams of lists of prompts stay open', (base) => ({
    finish(stream, ex) {
      if (!ex.methods.includes('prompts/list')) base.finish(stream, ex)
    },
  })),
  must('sse/get-ids-again', 'sse-event-id-unique', 'FS', 'every GET stream begins with the same event ids', (base) => ({
    eventId: (stream, index) => (stream.kind === 'get' ? `get.${index}` : base.eventId(stream, index)),
  })),
  must('sse/ids-within-calls', 'sse-event-id-unique', 'FS', 'all events of one call have the same id', (base) => ({
    eventId: (stream, index) => (stream.kind === 'post' && index > 0 ? `${stream.key}.x` : base.eventId(stream, index)),
  })),
  must(
    'sse/other-session-on-get',
    'sse-no-broadcast',
    'FS',
    'changes of a resource go to the streams of all sessions',
    (base) => ({
      audience: (session) => [...session.world.sessions.values()].flatMap((one) => base.audience(one)),
    }),
  ),
  must(
    'sse/lists-answered-on-get',
    'sse-get-no-response',
    'FS',
    'tools/list is answered on an open GET stream too',
    (base) => ({
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        if (turn.method === 'tools/list')
          for (const stream of turn.ex.session?.streams ?? []) if (stream.kind === 'get') stream.message(message)
      },
    }),
  ),
  should(
    'session/get-without-id',
    'session-missing-id-400',
    'FS',
    'GET without a session id opens a stream',
    (base) => ({
      intercept: base.intercept,
      status: base.status,
      headerAccepted(value, ex) {
        lendSession(ex, ex.req.method === 'GET')
        return base.headerAccepted(value, ex)
      },
    }),
  ),
  should(
    'session/notes-without-id',
    'session-missing-id-400',
    'FJ',
    'notifications without a session id are accepted',
    (base) => ({
      status: (kind, ex) =>
        kind === 'noSession' && ex.methods.length === 0 && ex.req.method === 'POST' ? 202 : base.status(kind, ex),
    }),
  ),
  should('session/ping-without-id', 'session-missing-id-400', 'FJ', 'ping is served without a session id', (base) => ({
    headerAccepted(value, ex) {
      lendSession(ex, ex.methods[0] === 'ping')
      return base.headerAccepted(value, ex)
    },
  })),
  should(
    'session/lists-without-id',
    'session-missing-id-400',
    'FS',
    'tools/list is served without a session id',
    (base) => ({
      headerAccepted(value, ex) {
        lendSession(ex, ex.methods[0] === 'tools/list')
        return base.headerAccepted(value, ex)
      },
    }),
  ),
  must(
    'session/calls-after-delete',
    'session-terminated-404',
    'FJ',
    'tools/call works on an ended session',
    gone((ex) => ex.methods.includes('tools/call')),
  ),
  must(
    'session/lists-after-delete',
    'session-terminated-404',
    'FS',
    'tools/list works on an ended session',
    gone((ex) => ex.methods.includes('tools/list')),
  ),
  must(
    'session/gone-400-on-get',
    'session-terminated-404',
    'FS',
    'GET on an ended session gets 400',
    goneStatus((ex) => ex.req.method === 'GET', 400),
  ),
  must(
    'session/gone-202-for-notes',
    'session-terminated-404',
    'FJ',
    'notifications on an ended session get 202',
    goneStatus((ex) => ex.req.method === 'POST' && ex.methods.length === 0, 202),
  ),
  must(
    'session/gone-204-on-delete',
    'session-terminated-404',
    'FJ',
    'DELETE of an ended session gets 204',
    goneStatus((ex) => ex.req.method === 'DELETE', 204),
  ),
  must(
    'session/gone-500',
    'session-terminated-404',
    'FS',
    'an ended session gets 500',
    goneStatus(() => true, 500),
  ),
  should(
    'session/id-uuid1',
    'session-id-secure',
    'FJ',
    'session ids are UUIDs of the time with a constant rest',
    () => {
      let count = 0
      return {
        sessionId: () => `${(Date.now() * 10_000 + count++).toString(16).slice(-8)}-11ef-1abc-8def-0242ac120002`,
      }
    },
  ),
  should('session/id-six-digits', 'session-id-secure', 'FS', 'session ids are six random digits', () => ({
    sessionId: () => String(100_000 + (randomBytes(4).readUInt32BE(0) % 900_000)),
  })),
  must(
    'session/id-of-user',
    'session-id-nondeterministic',
    'FJ',
    'session ids are a name and a counter in base64',
    () => {
      let count = 0
      return { sessionId: () => Buffer.from(`ledger:anyone:${++count}`).toString('base64url') }
    },
  ),
  must('session/id-control', 'session-id-visible-ascii', 'FJ', 'session ids hold a tab', () => ({
    sessionId: () => `a\t${randomBytes(16).toString('hex')}`,
  })),
  must(
    'concurrency/reads-swapped',
    clients,
    'LJ CH',
    'two reads in flight swap their contents',
    swap('resources/read'),
  ),
  must('concurrency/prompts-swapped', clients, 'FS', 'two prompts in flight swap their results', swap('prompts/get')),
  must(
    'concurrency/completions-swapped',
    clients,
    'FJ',
    'two completions in flight swap their results',
    swap('completion/complete'),
  ),
  must('concurrency/lists-swapped', clients, 'CH LJ', 'two lists in flight swap their results', (base) => {
    let waiting: { message: Json; method: string; send: (message: Json) => void } | undefined
    return {
      async settle(message, turn, send) {
        if (!turn.method.endsWith('/list') || !('result' in message)) return base.settle(message, turn, send)
        if (waiting !== undefined && waiting.method !== turn.method) {
          const other = waiting
          waiting = undefined
          other.send({ ...other.message, result: message.result })
          return send({ ...message, result: other.message.result })
        }
        const mine = { message, method: turn.method, send }
        waiting ??= mine
        if (waiting !== mine) return send(message)
        await moment(30)
        if (waiting !== mine) return
        waiting = undefined
        send(message)
      },
    }
  }),
  must(
    'concurrency/first-answer-closes-all',
    clients,
    'FS LS',
    'the first answer ends the streams of all calls in flight',
    (base) => {
      const open = new Set<EventStream>()
      return {
        async dispatch(turn) {
          if (turn.stream && turn.method === 'tools/call') open.add(turn.stream)
          return base.dispatch(turn)
        },
        finish(stream, ex) {
          if (open.has(stream)) {
            for (const one of open) one.end()
            open.clear()
          }
          base.finish(stream, ex)
        },
      }
    },
  ),
  must('concurrency/failure-spreads', clients, 'FJ LS', 'a failing call fails the calls beside it', (base) => {
    let poisoned = 0
    return {
      async dispatch(turn) {
        if (turn.method !== 'tools/call') return base.dispatch(turn)
        if (isCall(turn, 'fragile')) poisoned = Date.now()
        await moment(10)
        if (!isCall(turn, 'fragile') && Date.now() - poisoned < 12)
          return { error: { code: -32603, message: 'transaction aborted' } }
        return base.dispatch(turn)
      },
    }
  }),
  must('concurrency/evicts-the-oldest', clients, 'FJ', 'the fourth session ends the first', (base) => ({
    opened: base.opened,
    sessionId() {
      return base.sessionId()
    },
    async dispatch(turn) {
      const { sessions } = turn.ex.world
      if (turn.method === 'initialize' && sessions.size > 6) {
        const [oldest] = sessions.values()
        oldest?.close()
        if (oldest) sessions.delete(oldest.id)
      }
      return base.dispatch(turn)
    },
  })),
  must('concurrency/logs-to-newest-channel', clients, 'CH', 'progress and logs go to the newest channel', (base) => {
    let newest: Session | undefined
    return {
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        newest = session
      },
      outgoing(message, whence) {
        if (
          !('method' in message) ||
          !whence.turn ||
          newest === undefined ||
          newest === whence.turn.ex.session ||
          newest.closed
        )
          return base.outgoing(message, whence)
        newest.streams[0]?.message(message)
        return []
      },
    }
  }),
  must(
    'concurrency/revision-of-newest',
    'lifecycle-respect-version',
    'FJ FS',
    'all sessions speak the revision of the newest handshake',
    (base) => {
      let latest = '2025-11-25'
      return {
        async dispatch(turn) {
          if (turn.method === 'initialize') latest = turn.ex.revision
          else turn.ex.revision = latest
          return base.dispatch(turn)
        },
      }
    },
  ),
  must('concurrency/structured-shared', clients, 'LJ', 'sums in flight share one result object', (base) => {
    let shared: Json = {}
    return {
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if (!isCall(turn, 'sum_pair') || !('result' in reply) || !isObject(reply.result.structuredContent)) return reply
        shared = reply.result
        await moment(15)
        return { result: shared }
      },
    }
  }),
  must(
    'schema/link-nameless',
    'schema-content-block-types',
    'LJ',
    'a resource link has no name',
    block('resource_link', (one) => delete one.name),
  ),
  must(
    'schema/image-untyped',
    'schema-content-block-types',
    'FJ',
    'the mimeType of an image is null',
    block('image', (one) => (one.mimeType = null)),
  ),
  must(
    'schema/embedded-without-uri',
    'schema-content-block-types',
    'CH FS',
    'an embedded resource of a call has no uri',
    block('resource', (one) => delete (one.resource as Json).uri),
  ),
  must(
    'schema/block-priority',
    'schema-annotations',
    'FS LJ',
    'the priority of an image is 2',
    block('image', (one) => (one.annotations = { priority: 2 })),
  ),
  must(
    'schema/audio-data-url',
    'schema-content-base64',
    'LJ',
    'audio of a call is a data URL',
    block('audio', (one) => (one.data = `data:audio/wav;base64,${String(one.data)}`)),
  ),
  must(
    'schema/resource-twin-content',
    'schema-resources-read-result',
    'FJ CH',
    'the text of a resource is a list of lines',
    (base) =>
      onResult(base, 'resources/read', (result) => {
        for (const one of result.contents as Json[]) if ('text' in one) one.text = [one.text]
      }),
  ),
  must(
    'schema/completion-no-values',
    'schema-completion-result',
    'CH',
    'a completion without matches has no values',
    (base) =>
      onResult(base, 'completion/complete', (result) => {
        const completion = result.completion as Json
        if ((completion.values as unknown[]).length === 0) delete completion.values
      }),
  ),
  must('schema/logger-object', 'schema-log-notification', 'FS', 'the logger of a message is an object', (base) =>
    onNotice(base, 'notifications/message', (_message, params) => {
      params.logger = { name: params.logger }
    }),
  ),
  must('schema/structured-result-beside', 'schema-tool-call-result', 'LJ', '_meta of results is a list', (base) =>
    onTool(base, 'parrot', (result) => {
      result._meta = []
    }),
  ),
  must('schema/next-cursor-number', 'schema-tools-list-result', 'CH LJ', 'cursors are numbers', (base) =>
    onResult(base, 'tools/list', (result) => {
      if (result.nextCursor !== undefined) result.nextCursor = 3
    }),
  ),
  must(
    'resources/double-encoded-traversal',
    'resources-uri-validated',
    'LJ',
    'dots encoded twice lead out of the folder',
    (base) => instead(base, (turn) => climb(turn, /%252e|%252f/i)),
  ),
  must('resources/backslash-traversal', 'resources-uri-validated', 'FJ', 'backslashes lead out of the folder', (base) =>
    instead(base, (turn) => climb(turn, /\.\.(\\|%5c)/i)),
  ),
  must('tools/nul-crashes', 'tools-inputs-validated', 'LJ', 'a NUL in an argument shows a stack trace', (base) =>
    instead(base, (turn) =>
      turn.method === 'tools/call' && JSON.stringify(turn.params.arguments ?? {}).includes('\\u0000')
        ? {
            error: {
              code: -32603,
              message:
                'Error: ERR_INVALID_ARG_VALUE\n    at open (node:fs:412:9)\n    at main (/srv/app/index.js:12:3)',
            },
          }
        : undefined,
    ),
  ),
]

function climb(turn: Turn, pattern: RegExp): Reply | undefined {
  const { uri } = turn.params
  if (turn.method !== 'resources/read' || typeof uri !== 'string' || !pattern.test(uri)) return undefined
  return { result: { contents: [{ uri, mimeType: 'text/plain', text: 'root:x:0:0:root:/root:/bin/sh' }] } }
}

function block(type: string, change: (one: Json) => unknown) {
  return (base: Policy) =>
    onTool(base, 'gallery', (result) => {
      for (const one of result.content as Json[]) if (one.type === type) change(one)
    })
}

/** Serves a request that names no session in one that is made for it. */
function lendSession(ex: Exchange, lend: boolean): void {
  if (!lend || ex.world.mode !== 'stateful' || ex.req.headers['mcp-session-id'] !== undefined) return
  const session = new Session(randomBytes(16).toString('hex'), ex.subject, '2025-11-25', ex.world)
  ex.world.sessions.set(session.id, session)
  ex.req.headers['mcp-session-id'] = session.id
}

/** Serves some requests of sessions that have ended. */
function gone(test: (ex: Exchange) => boolean) {
  return (base: Policy): Partial<Policy> => {
    const ended = new Map<string, Session>()
    return {
      endSession(session, ex) {
        ended.set(session.id, session)
        base.endSession(session, ex)
      },
      findSession(id, ex) {
        const old = ended.get(id)
        if (old === undefined || !test(ex)) return base.findSession(id, ex)
        return new Session(id, old.owner, old.revision, ex.world)
      },
    }
  }
}

function goneStatus(test: (ex: Exchange) => boolean, status: number) {
  return (base: Policy): Partial<Policy> => ({
    status: (kind, ex) => (kind === 'goneSession' && test(ex) ? status : base.status(kind, ex)),
  })
}
