import { isObject } from '../../core/jsonrpc.js'
import { failure, lenient, listing, type ModernFault, must, result, sent, should } from './fault.js'

/** Faults of JSON-RPC and of the transport. */
export const wireFaults: ModernFault[] = [
  must(
    'jsonrpc/error-ids-as-text',
    'jsonrpc-response-id-echo',
    'J',
    'ids become text in errors',
    sent((message) =>
      isObject(message.error) && message.id !== undefined ? { ...message, id: String(message.id) } : message,
    ),
  ),
  must(
    'jsonrpc/text-ids-as-numbers',
    'jsonrpc-response-id-echo',
    'S',
    'ids of digits become numbers',
    sent((message) =>
      typeof message.id === 'string' && /^\d+$/.test(message.id) ? { ...message, id: Number(message.id) } : message,
    ),
  ),
  must(
    'jsonrpc/errors-unversioned',
    'jsonrpc-version-member',
    'M',
    'errors have no jsonrpc member',
    sent((message) => {
      if (message.error !== undefined) delete message.jsonrpc
      return message
    }),
  ),
  must(
    'jsonrpc/result-and-error',
    'jsonrpc-result-xor-error',
    'J',
    'errors carry an empty result too',
    sent((message) => (message.error === undefined ? message : { ...message, result: { resultType: 'complete' } })),
  ),
  must(
    'jsonrpc/code-as-text',
    'jsonrpc-error-code-integer',
    'S',
    'the code of an unknown resource is text',
    failure((error, turn) => {
      if (turn?.method === 'resources/read') error.code = String(error.code)
    }),
  ),
  must(
    'jsonrpc/no-message',
    'jsonrpc-error-code-message',
    'J',
    'errors of prompts have no message',
    failure((error, turn) => {
      if (turn?.method === 'prompts/get') delete error.message
    }),
  ),
  must('jsonrpc/parse-code', 'jsonrpc-parse-error-code', 'J', 'broken JSON is -32600', () => ({ parseCode: -32600 })),
  must(
    'jsonrpc/invalid-code',
    'jsonrpc-invalid-request-code',
    'S',
    'a request without method is -32601',
    failure((error) => {
      if (error.code === -32600) error.code = -32601
    }),
  ),
  must(
    'jsonrpc/reserved-code',
    'jsonrpc-no-undefined-reserved-code',
    'J',
    'an unknown tool is -32050',
    failure((error, turn) => {
      if (turn?.method === 'tools/call' && error.code === -32602) error.code = -32050
    }),
  ),
  must(
    'jsonrpc/defined-code-elsewhere',
    'jsonrpc-defined-code-meaning',
    'M',
    'an invalid cursor is -32021',
    failure((error, turn) => {
      if (turn?.params.cursor !== undefined && error.code === -32602) error.code = -32021
    }),
  ),
  must(
    'jsonrpc/retired-code',
    'jsonrpc-no-retired-codes',
    'J',
    'a missing completion reference is -32042',
    failure((error, turn) => {
      if (turn?.method === 'completion/complete') error.code = -32042
    }),
  ),
  should(
    'jsonrpc/custom-code-inside',
    'jsonrpc-custom-code-outside-range',
    'J',
    'an unknown prompt is -32123',
    failure((error, turn) => {
      if (turn?.method === 'prompts/get') error.code = -32123
    }),
  ),
  must(
    'jsonrpc/meta-name',
    'jsonrpc-meta-key-name',
    'S',
    'a _meta key of a tool ends in a dot',
    listing('parrot', (card) => {
      card._meta = { 'org.example.ledger/rank.': 1 }
    }),
  ),
  must(
    'jsonrpc/meta-prefix',
    'jsonrpc-meta-key-prefix',
    'J',
    'a _meta prefix in results begins with a digit',
    result('prompts/list', (one) => {
      one._meta = { ...(one._meta as object), '1st.example/rank': 1 }
    }),
  ),
  must(
    'jsonrpc/prompts-undeclared',
    'prompts-capability-declared',
    'J',
    'prompts are served and not declared',
    (base) => ({
      capabilities(world) {
        const { prompts, ...rest } = base.capabilities(world)
        return rest
      },
    }),
  ),
  must('transport/unknown-method-200', 'transport-unknown-method-404', 'J', 'an unknown method gets 200', (base) => ({
    errorStatus: (code, turn) => (code === -32601 ? 200 : base.errorStatus(code, turn)),
  })),
  must(
    'transport/unknown-method-code',
    'transport-unknown-method-404',
    'M',
    'an unknown method is 404 and -32600',
    (base) => ({
      errorStatus: (code, turn) => (code === -32600 && turn !== undefined ? 404 : base.errorStatus(code, turn)),
      dispatch: async (turn) => {
        const reply = await base.dispatch(turn)
        return 'error' in reply && reply.error.code === -32601 ? { error: { ...reply.error, code: -32600 } } : reply
      },
    }),
  ),
  should('transport/get-400', 'transport-get-405', 'J', 'GET gets 400', (base) => ({
    status: (kind, visit) => (kind === 'wrongMethod' && visit.req.method === 'GET' ? 400 : base.status(kind, visit)),
  })),
  should('transport/delete-200', 'transport-delete-405', 'S', 'DELETE gets 200', (base) => ({
    status: (kind, visit) => (kind === 'wrongMethod' && visit.req.method === 'DELETE' ? 200 : base.status(kind, visit)),
  })),
  should('transport/session-minted', 'transport-no-session-id-minted', 'J', 'discover mints a session id', (base) => ({
    extraHeaders: (visit) =>
      visit.req.headers['mcp-method'] === 'server/discover' ? { 'mcp-session-id': 'a1b2' } : base.extraHeaders(visit),
  })),
  should('transport/session-echoed', 'transport-no-session-id-minted', 'M', 'a session id is echoed', (base) => ({
    extraHeaders(visit) {
      const id = visit.req.headers['mcp-session-id']
      return typeof id === 'string' ? { 'mcp-session-id': id } : base.extraHeaders(visit)
    },
  })),
  should('transport/session-refused', 'transport-ignore-session-id', 'J', 'a session id gets 404', (base) => ({
    intercept: (visit) =>
      visit.req.headers['mcp-session-id'] === undefined
        ? base.intercept(visit)
        : { status: 404, type: 'text/plain', body: 'no such session' },
  })),
  should('transport/event-id-refused', 'transport-ignore-last-event-id', 'S', 'Last-Event-ID gets 400', (base) => ({
    intercept: (visit) =>
      visit.req.headers['last-event-id'] === undefined
        ? base.intercept(visit)
        : { status: 400, type: 'text/plain', body: 'nothing to resume' },
  })),
  must('transport/notification-200', 'transport-notification-202', 'J', 'a notification gets 200', (base) => ({
    status: (kind, visit) => (kind === 'notification' ? 200 : base.status(kind, visit)),
  })),
  must('transport/notification-body', 'transport-202-empty-body', 'S', 'the 202 has a body', () => ({
    acceptedBody: '{}',
  })),
  must('transport/errors-as-text', 'transport-request-content-type', 'J', 'errors are text/plain', (base) => ({
    mediaType: (kind, turn) =>
      kind === 'json' && turn !== undefined && base.methodFault(turn) === undefined && turn.method === 'prompts/get'
        ? 'text/plain'
        : base.mediaType(kind, turn),
  })),
  must('transport/latin1', 'transport-utf8', 'J', 'messages are in latin1', (base) => ({
    encode: (payload, turn) => Buffer.from(String(base.encode(payload, turn)), 'latin1'),
  })),
  must('transport/array-answer', 'transport-json-single-object', 'J', 'completions come in an array', (base) => ({
    encode: (payload, turn) =>
      turn?.method === 'completion/complete' ? `[${base.encode(payload, turn)}]` : base.encode(payload, turn),
  })),
  must('security/any-origin', 'security-origin-validation', 'J', 'any Origin is served', () => ({
    originAllowed: () => true,
  })),
  must(
    'security/origin-prefix',
    'security-origin-validation',
    'S',
    'an Origin that begins like ours is served',
    () => ({
      originAllowed: (origin) => origin === undefined || /^https?:\/\/(localhost|127\.0\.0\.1)/.test(origin),
    }),
  ),
  must(
    'security/origin-on-discover-only',
    'security-origin-validation',
    'M',
    'calls are served to any Origin',
    (base) => ({
      originAllowed: (origin, visit) =>
        String(visit.req.headers['mcp-method']).startsWith('tools/') || base.originAllowed(origin, visit),
    }),
  ),
  must('security/origin-400', 'security-origin-403', 'J', 'a foreign Origin gets 400', (base) => ({
    status: (kind, visit) => (kind === 'foreignOrigin' ? 400 : base.status(kind, visit)),
  })),
  should('sse/stays-open', 'sse-closes-after-response', 'S', 'a stream stays open after the answer', (base) => ({
    finish: (visit) => void setTimeout(() => base.finish(visit), 8000).unref(),
  })),
  should('sse/buffered', 'sse-x-accel-buffering', 'S', 'X-Accel-Buffering is missing', () => ({
    sseHeaders: { 'cache-control': 'no-cache' },
  })),
  must(
    'sse/notice-with-id',
    'jsonrpc-notification-no-id',
    'S',
    'progress has an id',
    sent((message) => (message.method === 'notifications/progress' ? { ...message, id: null } : message)),
  ),
  should(
    'logging/bad-level-passes',
    'logging-invalid-meta-level-32602',
    'S',
    'an unknown level is taken as debug',
    lenient('metaFault', (found) => found.message.includes('log level')),
  ),
]
