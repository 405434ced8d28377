import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy } from '../core/types.js'
import { type Fault, instead, mend, must, onError, onItems, onNotice, onResponse, recode, should } from './fault.js'

const unknownCode = (code: number) => (base: Policy) => recode(base, -32601, code, () => true)
const trace = 'Error: boom\n    at answer (/srv/ledger/dispatch.js:42:13)\n    at process (/srv/ledger/server.js:7:1)'

function rename(key: string) {
  return (base: Policy): Partial<Policy> =>
    onItems(base, 'tools/list', 'tools', (tool) => {
      if (isObject(tool._meta)) tool._meta = { [key]: 1 }
    })
}

/** Faults of message shapes, error codes, batches and _meta keys. */
export const jsonrpcFaults: Fault[] = [
  must('jsonrpc/both-halves', 'jsonrpc-result-xor-error', 'LJ', 'errors come with result null', (base) =>
    onResponse(base, (message) => ('error' in message ? { ...message, result: null } : message)),
  ),
  must('jsonrpc/error-null', 'jsonrpc-result-xor-error', 'FS CH', 'results come with error null', (base) =>
    onResponse(base, (message) => ('result' in message ? { ...message, error: null } : message)),
  ),
  must('jsonrpc/neither-half', 'jsonrpc-result-xor-error', 'FJ', 'ping is answered without result', (base) =>
    onResponse(base, (message, turn) => (turn.method === 'ping' ? { jsonrpc: '2.0', id: message.id } : message)),
  ),
  must('jsonrpc/code-string', 'jsonrpc-error-code-integer', 'LJ', 'error codes are strings', (base) =>
    onError(base, (_message, error) => {
      error.code = String(error.code)
    }),
  ),
  must(
    'jsonrpc/code-fraction',
    'jsonrpc-error-code-integer',
    'FS',
    'the code for unknown tools is a fraction',
    (base) =>
      onError(base, (_message, error, turn) => {
        if (turn?.method === 'tools/call') error.code = -32602.5
      }),
  ),
  must('jsonrpc/no-error-message', 'jsonrpc-error-code-message', 'FJ', 'errors have no message', (base) =>
    onError(base, (_message, error) => delete error.message),
  ),
  must('jsonrpc/no-code', 'jsonrpc-error-code-message', 'LS', 'errors of prompts have no code', (base) =>
    onError(base, (_message, error, turn) => {
      if (turn?.method === 'prompts/get') delete error.code
    }),
  ),
  must(
    'jsonrpc/error-text',
    'jsonrpc-error-code-message',
    'CH',
    'the error for an unknown method is a string',
    (base) =>
      onError(base, (message, error) => {
        if (error.code === -32601) message.error = error.message
      }),
  ),
  should('jsonrpc/stack-trace', 'jsonrpc-error-message-concise', 'FS', 'error messages are stack traces', (base) =>
    onError(base, (_message, error) => {
      error.message = trace
    }),
  ),
  must('jsonrpc/no-version-on-errors', 'jsonrpc-version-member', 'LJ', 'errors lack jsonrpc', (base) =>
    onError(base, (message) => delete message.jsonrpc),
  ),
  must('jsonrpc/old-version-on-progress', 'jsonrpc-version-member', 'FS', 'progress says jsonrpc 1.0', (base) =>
    onNotice(base, 'notifications/progress', (message) => {
      message.jsonrpc = '1.0'
    }),
  ),
  must('jsonrpc/number-version', 'jsonrpc-version-member', 'CH', 'jsonrpc is the number 2 in initialize', (base) =>
    onResponse(base, (message, turn) => (turn.method === 'initialize' ? { ...message, jsonrpc: 2 } : message)),
  ),
  must('jsonrpc/no-version-on-ping', 'jsonrpc-version-member', 'FJ', 'pings of the server lack jsonrpc', (base) =>
    mend(base, (message) => (message.method === 'ping' ? { id: message.id, method: 'ping' } : message)),
  ),
  must(
    'jsonrpc/notification-answered',
    'jsonrpc-no-reply-to-notification',
    'CH',
    'unknown notifications are answered',
    (base) => ({
      notified(note, ex) {
        base.notified(note, ex)
        if (/initialized|cancelled|progress|roots/.test(note.method)) return
        const error = { code: -32601, message: 'unknown notification' }
        ex.session?.announce({ jsonrpc: '2.0', id: null, error })
      },
    }),
  ),
  must('jsonrpc/initialized-answered', 'jsonrpc-no-reply-to-notification', 'CH', 'initialized is answered', (base) => ({
    notified(note, ex) {
      base.notified(note, ex)
      if (note.method === 'notifications/initialized') ex.session?.announce({ jsonrpc: '2.0', id: 0, result: {} })
    },
  })),
  must('jsonrpc/parse-as-invalid', 'jsonrpc-parse-error-code', 'FJ', 'broken JSON gets -32600', () => ({
    parseCode: () => -32600,
  })),
  must('jsonrpc/parse-as-internal', 'jsonrpc-parse-error-code', 'LS', 'broken JSON gets -32603', () => ({
    parseCode: () => -32603,
  })),
  must('jsonrpc/parse-as-own', 'jsonrpc-parse-error-code', 'CH', 'broken JSON gets -32000', () => ({
    parseCode: () => -32000,
  })),
  must('jsonrpc/invalid-as-internal', 'jsonrpc-invalid-request-code', 'FJ', 'invalid requests get -32603', () => ({
    invalidCode: () => -32603,
  })),
  must('jsonrpc/invalid-as-parse', 'jsonrpc-invalid-request-code', 'LS', 'invalid requests get -32700', () => ({
    invalidCode: () => -32700,
  })),
  must(
    'jsonrpc/numeric-method',
    'jsonrpc-invalid-request-code',
    'LJ',
    'a numeric method is an unknown method',
    (base) => ({
      classify(raw, ex) {
        if (isObject(raw) && typeof raw.method === 'number')
          return base.classify({ ...raw, method: String(raw.method) }, ex)
        return base.classify(raw, ex)
      },
    }),
  ),
  must('jsonrpc/unknown-32600', 'jsonrpc-unknown-method-code', 'FS', 'unknown methods get -32600', unknownCode(-32600)),
  must('jsonrpc/unknown-32602', 'jsonrpc-unknown-method-code', 'LJ', 'unknown methods get -32602', unknownCode(-32602)),
  must('jsonrpc/unknown-32603', 'jsonrpc-unknown-method-code', 'CH', 'unknown methods get -32603', unknownCode(-32603)),
  must(
    'jsonrpc/unknown-succeeds',
    'jsonrpc-unknown-method-code',
    'FJ',
    'unknown methods get an empty result',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        return 'error' in reply && reply.error.code === -32601 ? { result: {} } : reply
      },
    }),
  ),
  must('jsonrpc/batch-refused', 'jsonrpc-batch-receive', 'FJ LS', 'batches are refused in 2025-03-26', () => ({
    batchAllowed: () => false,
  })),
  must(
    'jsonrpc/batch-first-only',
    'jsonrpc-batch-receive',
    'LJ',
    'only the first request of a batch is answered',
    (base) => ({
      settle: async (message, turn, send) => {
        if (turn.ex.methods.length > 1 && turn.ex.answered === true) return
        turn.ex.answered = true
        await base.settle(message, turn, send)
      },
    }),
  ),
  must(
    'jsonrpc/batch-of-notes-200',
    'jsonrpc-batch-notifications-202',
    'FJ',
    'a batch of notifications gets 200 and []',
    (base) => ({
      classify(raw, ex) {
        ex.posted = (ex.posted ?? 0) + 1
        return base.classify(raw, ex)
      },
      status: (kind, ex) => (kind === 'notification' && (ex.posted ?? 0) > 1 ? 200 : base.status(kind, ex)),
      acceptedBody: (ex) => ((ex.posted ?? 0) > 1 && ex.methods.length === 0 ? '[]' : ''),
    }),
  ),
  must(
    'jsonrpc/batch-still',
    'jsonrpc-no-batch-output',
    'FJ',
    'batches are answered with arrays in every revision',
    () => ({
      batchAllowed: () => true,
    }),
  ),
  must(
    'jsonrpc/array-events',
    'jsonrpc-no-batch-output',
    'FS',
    'responses on streams are wrapped in arrays',
    (base) => ({
      outgoing: (message, whence) => {
        const all = base.outgoing(message, whence)
        const wrap = whence.turn !== undefined && whence.turn.ex.revision >= '2025-06-18' && !('method' in message)
        return wrap ? [all as unknown as Json] : all
      },
    }),
  ),
  must(
    'jsonrpc/meta-prefix',
    'jsonrpc-meta-key-prefix',
    'FJ',
    'a _meta prefix has a label with a leading digit',
    rename('org.3example/rank'),
  ),
  must(
    'jsonrpc/meta-prefix-hyphen',
    'jsonrpc-meta-key-prefix',
    'LS',
    'a _meta label ends with a hyphen',
    rename('org.example-/rank'),
  ),
  must(
    'jsonrpc/meta-name',
    'jsonrpc-meta-key-name',
    'LJ',
    'a _meta name ends with an underscore',
    rename('org.example.ledger/rank_'),
  ),
  should(
    'jsonrpc/meta-order',
    'jsonrpc-meta-key-reverse-dns',
    'FS',
    'a _meta prefix is not in reverse order',
    rename('ledger.example.com/rank'),
  ),
  must(
    'jsonrpc/unknown-tools-method',
    'jsonrpc-unknown-method-code',
    'FS',
    'unknown methods below tools/ get -32602',
    (base) =>
      instead(base, (turn) => {
        const unknown =
          /^(tools|resources|prompts)\//.test(turn.method) && !/(list|call|read|get|subscribe)$/.test(turn.method)
        return unknown ? { error: { code: -32602, message: 'no such operation' } } : undefined
      }),
  ),
]
