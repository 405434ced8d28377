import { isObject } from '../../core/jsonrpc.js'
import type { Policy } from '../types.js'
import { failure, type ModernFault, must, should } from './fault.js'

/** Faults of messages and HTTP that grow from shortcuts. */
export const wireHabitFaults: ModernFault[] = [
  must('habit/ids-collide', 'transport-multiple-clients', 'J', 'equal ids of two clients get one answer', (base) => {
    const open = new Map<unknown, Promise<unknown>>()
    return {
      async dispatch(turn) {
        const key = `${turn.method}:${typeof turn.id}:${turn.id}`
        const running = open.get(key)
        if (running !== undefined && turn.method === 'tools/call') return running as ReturnType<Policy['dispatch']>
        const work = base.dispatch(turn).then(async (reply) => {
          await new Promise((resolve) => setTimeout(resolve, 12))
          return reply
        })
        open.set(key, work)
        return work.finally(() => open.delete(key))
      },
    }
  }),
  must(
    'habit/notes-answered',
    'jsonrpc-no-reply-to-notification',
    'J',
    'a notification is answered with a result',
    () => ({
      acceptedBody: '{"jsonrpc":"2.0","id":null,"result":{}}',
    }),
  ),
  must('habit/batches-answered', 'jsonrpc-no-batch-output', 'J', 'a batch is answered with an array', (base) => {
    let batch = false
    return {
      sort(raw) {
        batch = Array.isArray(raw)
        return base.sort(Array.isArray(raw) ? raw[0] : raw)
      },
      encode: (payload, turn) => base.encode(batch ? [payload] : payload, turn),
    }
  }),
  must(
    'habit/notes-by-name',
    'transport-unknown-method-404',
    'M',
    'requests whose method begins with notifications/ get 202',
    (base) => ({
      sort(raw) {
        const found = base.sort(raw)
        return found.kind === 'request' && found.method.startsWith('notifications/')
          ? { kind: 'notification', method: found.method, params: found.params }
          : found
      },
    }),
  ),
  must(
    'habit/unknown-after-slash',
    'transport-unknown-method-404',
    'J',
    'unknown methods without a slash are -32600',
    failure((error, turn) => {
      if (turn !== undefined && error.code === -32601 && !turn.method.includes('/')) error.code = -32600
    }),
  ),
  must('habit/note-204', 'transport-notification-202', 'M', 'notifications get 204', (base) => ({
    status: (kind, visit) => (kind === 'notification' ? 204 : base.status(kind, visit)),
  })),
  must('habit/no-emoji', 'transport-utf8', 'J', 'characters outside the first plane become question marks', (base) => ({
    encode: (payload, turn) => String(base.encode(payload, turn)).replace(/[\u{10000}-\u{10ffff}]/gu, '??'),
  })),
  must(
    'habit/event-lines',
    'transport-request-content-type',
    'M',
    'subscriptions are labelled application/x-ndjson',
    (base) => ({
      mediaType: (kind, turn) =>
        kind === 'sse' && turn?.method === 'subscriptions/listen' ? 'application/x-ndjson' : base.mediaType(kind, turn),
    }),
  ),
  must(
    'habit/json-with-tail',
    'transport-json-single-object',
    'J',
    'answers to text ids are followed by a second object',
    (base) => ({
      encode: (payload, turn) =>
        typeof turn?.id === 'string' ? `${base.encode(payload, turn)}\n{"done":true}` : base.encode(payload, turn),
    }),
  ),
  should(
    'habit/legacy-code',
    'jsonrpc-avoid-legacy-code-range',
    'J',
    'an unknown tool is -32001',
    failure((error, turn) => {
      if (turn?.method === 'tools/call' && error.code === -32602 && /no tool/.test(String(error.message)))
        error.code = -32001
    }),
  ),
  should(
    'habit/message-of-lines',
    'jsonrpc-error-message-concise',
    'S',
    'the message for a missing resource is a stack trace',
    failure((error, turn) => {
      if (turn?.method === 'resources/read')
        error.message = `Error: no resource\n    at readResource (/srv/ledger/resources.js:41:11)\n    at dispatch (/srv/ledger/server.js:88:20)`
    }),
  ),
  must(
    'habit/missing-resource-mismatch',
    'jsonrpc-defined-code-meaning',
    'S',
    'a missing resource is -32020',
    failure((error, turn) => {
      if (turn?.method === 'resources/read' && isObject(error.data)) error.code = -32020
    }),
  ),
  should(
    'habit/cursor-crashes',
    'pagination-invalid-cursor-graceful',
    'J',
    'a cursor that is not base64 ends in HTTP 500',
    (base) => ({
      ...failure((error, turn) => {
        if (turn?.params.cursor !== undefined && error.code === -32602)
          Object.assign(error, { code: -32603, message: 'Cannot read properties of undefined' })
      })(base),
      errorStatus: (code, turn) =>
        turn?.params.cursor !== undefined && code === -32602 ? 500 : base.errorStatus(code, turn),
    }),
  ),
]
