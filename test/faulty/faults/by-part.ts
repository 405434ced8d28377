import { isObject } from '../core/jsonrpc.js'
import type { Exchange, Json } from '../core/types.js'
import { type Fault, instead, must, nameOf, type onResponse, onResult, onTool } from './fault.js'

/** Faults that show in one part of the handshake, in one answer or with one name alone. */
export const partFaults: Fault[] = [
  must('lifecycle/title-number', 'schema-initialize-result', 'FJ', 'the title of the server is a number', (base) =>
    onResult(base, 'initialize', (result) => {
      if (isObject(result.serverInfo)) result.serverInfo.title = 7
    }),
  ),
  must('lifecycle/name-null', 'schema-initialize-result', 'LS', 'the name of the server is null', (base) =>
    onResult(base, 'initialize', (result) => {
      if (isObject(result.serverInfo)) result.serverInfo.name = null
    }),
  ),
  must('lifecycle/subscribe-text', 'schema-server-capabilities', 'CH', 'resources.subscribe is the text yes', (base) =>
    onResult(base, 'initialize', (result) => {
      result.capabilities = { ...(result.capabilities as Json), resources: { subscribe: 'yes' } }
    }),
  ),
  must(
    'lifecycle/no-version-of-old',
    'lifecycle-initialize-answered',
    'LJ',
    'protocolVersion is missing in 2025-03-26',
    (base) =>
      onResult(base, 'initialize', (result) => {
        if (result.protocolVersion === '2025-03-26') delete result.protocolVersion
      }),
  ),
  must(
    'lifecycle/text-ids-unanswered',
    'lifecycle-initialize-answered',
    'FJ',
    'initialize with an id of text is refused',
    (base) =>
      instead(base, (turn) =>
        turn.method === 'initialize' && typeof turn.id === 'string'
          ? { error: { code: -32600, message: 'id must be a number' } }
          : undefined,
      ),
  ),
  must(
    'lifecycle/elicits-in-prompts',
    'lifecycle-negotiated-capabilities',
    'FS CH',
    'prompts/get asks the user although the client cannot',
    (base) => ({
      async dispatch(turn) {
        if (turn.method === 'prompts/get')
          turn.say({
            jsonrpc: '2.0',
            id: `ask-${String(turn.id)}`,
            method: 'elicitation/create',
            params: { message: 'Which?', requestedSchema: { type: 'object', properties: {} } },
          })
        return base.dispatch(turn)
      },
    }),
  ),
  must(
    'lifecycle/undeclared-resource-changes',
    'lifecycle-negotiated-capabilities',
    'FS CH',
    'resources/list_changed is sent although listChanged was not declared',
    (base) => ({
      async dispatch(turn) {
        if (turn.method === 'resources/read')
          turn.say({ jsonrpc: '2.0', method: 'notifications/resources/list_changed' })
        return base.dispatch(turn)
      },
    }),
  ),
  must(
    'transport/failed-calls-as-text',
    'transport-request-content-type',
    'LJ',
    'failed calls are labelled text/plain',
    (base) => {
      const failed = new WeakSet<Exchange>()
      return {
        outgoing(message, whence) {
          if (whence.turn && isObject(message.result) && message.result.isError === true) failed.add(whence.turn.ex)
          return base.outgoing(message, whence)
        },
        mediaType: (kind, ex) => (failed.has(ex) ? 'text/plain' : base.mediaType(kind, ex)),
      }
    },
  ),
  must(
    'transport/prompts-as-html',
    'transport-request-content-type',
    'FJ',
    'prompts/get is labelled text/html',
    (base) => ({
      mediaType: (kind, ex) => (ex.methods.includes('prompts/get') ? 'text/html' : base.mediaType(kind, ex)),
    }),
  ),
  must(
    'transport/progress-in-json',
    'transport-json-single-object',
    'FJ LJ',
    'progress and answer come in one JSON body, one a line',
    (base) => {
      const before = new WeakMap<Exchange, string>()
      return {
        async dispatch(turn) {
          const meta = turn.params._meta as Json | undefined
          if (turn.method === 'tools/call' && meta?.progressToken !== undefined)
            before.set(
              turn.ex,
              `${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: meta.progressToken, progress: 1 } })}\n`,
            )
          return base.dispatch(turn)
        },
        encode: (payload, ex) => `${before.get(ex) ?? ''}${base.encode(payload, ex)}`,
      }
    },
  ),
  must(
    'transport/roots-note-200',
    'transport-notification-202',
    'LS',
    'notifications/roots/list_changed gets 200',
    noteStatus('notifications/roots/list_changed', 200),
  ),
  must(
    'transport/progress-note-204',
    'transport-notification-202',
    'FJ',
    'notifications/progress gets 204',
    noteStatus('notifications/progress', 204),
  ),
  must('transport/initialized-body', 'transport-202-empty-body', 'FJ', 'the 202 for initialized says ok', (base) => {
    const first = new WeakSet<Exchange>()
    return {
      notified(note, ex) {
        if (note.method === 'notifications/initialized') first.add(ex)
        base.notified(note, ex)
      },
      acceptedBody: (ex) => (first.has(ex) ? '{"ok":true}' : base.acceptedBody(ex)),
    }
  }),
  must('transport/ascii-prompts', 'transport-utf8', 'LJ CH', 'letters outside ASCII vanish from prompts', (base) =>
    onResult(base, 'prompts/get', (result) => {
      for (const message of result.messages as Json[])
        if (isObject(message.content) && typeof message.content.text === 'string')
          message.content.text = message.content.text.replace(/[^\0-\x7f]/g, '?')
    }),
  ),
  must('transport/ascii-failures', 'transport-utf8', 'FJ', 'letters outside ASCII vanish from failures', (base) =>
    onTool(base, 'fragile', (result) => {
      for (const block of result.content as Json[]) block.text = Buffer.from(String(block.text)).toString('latin1')
    }),
  ),
  must(
    'tools/prototype-names',
    'tools-unknown-tool-error',
    'LJ',
    'tools named like members of objects succeed',
    (base) =>
      instead(base, (turn) =>
        turn.method === 'tools/call' && nameOf(turn) in {} ? { result: { content: [] } } : undefined,
      ),
  ),
  must('tools/empty-name', 'tools-unknown-tool-error', 'FJ', 'an empty tool name succeeds', (base) =>
    instead(base, (turn) =>
      turn.method === 'tools/call' && turn.params.name === '' ? { result: { content: [] } } : undefined,
    ),
  ),
]

function noteStatus(method: string, status: number) {
  return (base: Parameters<typeof onResponse>[0]) => {
    const odd = new WeakSet<Exchange>()
    return {
      notified(note: { method: string; params: Json }, ex: Exchange) {
        if (note.method === method) odd.add(ex)
        base.notified(note, ex)
      },
      status: (kind: Parameters<typeof base.status>[0], ex: Exchange) => (odd.has(ex) ? status : base.status(kind, ex)),
    }
  }
}
