import { isObject } from '../core/jsonrpc.js'
import type { Exchange, Turn } from '../core/types.js'
import { type Fault, instead, mend, must, onError, onItems, onResponse, onTool, should } from './fault.js'

const echo = 'jsonrpc-response-id-echo'
const unknownCode = 'jsonrpc-unknown-method-code'
const unsupported = 'versioning-header-unsupported-400'

const idOf = (method: string, change: (id: unknown) => unknown) => (base: Parameters<typeof onResponse>[0]) =>
  onResponse(base, (message, turn) => (turn.method === method ? { ...message, id: change(message.id) } : message))

/** Lets requests of some methods pass whatever version the header names. */
const exempt =
  (...methods: string[]) =>
  (base: Parameters<typeof onResponse>[0]) => {
    const odd = new WeakSet<Exchange>()
    return {
      headerAccepted(value: string | undefined, ex: Exchange) {
        if (ex.methods.length > 0 && ex.methods.every((method) => methods.includes(method))) odd.add(ex)
        return odd.has(ex) || base.headerAccepted(value, ex)
      },
    }
  }

const unknown = (turn: Turn, start: string): boolean => turn.method.startsWith(start)

/** Faults that show with one method, one kind of parameter or one form of id alone. */
export const methodFaults: Fault[] = [
  must(
    'jsonrpc/id-text-on-completions',
    echo,
    'LJ CH',
    'completions carry the id as text',
    idOf('completion/complete', String),
  ),
  must(
    'jsonrpc/id-null-on-levels',
    echo,
    'FJ',
    'logging/setLevel is answered with id null',
    idOf('logging/setLevel', () => null),
  ),
  must(
    'jsonrpc/id-text-on-subscriptions',
    echo,
    'FS CH',
    'subscriptions are answered with the id as text',
    idOf('resources/subscribe', String),
  ),
  must(
    'jsonrpc/id-text-on-templates',
    echo,
    'LS',
    'templates are listed with the id as text',
    idOf('resources/templates/list', String),
  ),
  must(
    'jsonrpc/id-number-on-prompts',
    echo,
    'CH LJ',
    'prompts/get turns ids of text into 0',
    idOf('prompts/get', (id) => (typeof id === 'string' ? 0 : id)),
  ),
  must('jsonrpc/id-null-on-bad-arguments', echo, 'CH FJ', 'refused arguments lose the id', (base) =>
    onError(base, (message, error, turn) => {
      if (turn?.method === 'tools/call' && error.code === -32602) message.id = null
    }),
  ),
  must('jsonrpc/id-without-quotes', echo, 'LJ', 'quotes vanish from ids', (base) =>
    onResponse(base, (message) => ({
      ...message,
      id: typeof message.id === 'string' ? message.id.replaceAll('"', '') : message.id,
    })),
  ),
  must('jsonrpc/id-cut-at-64', echo, 'FJ', 'ids are cut to 64 characters', (base) =>
    onResponse(base, (message) => ({
      ...message,
      id: typeof message.id === 'string' ? message.id.slice(0, 64) : message.id,
    })),
  ),
  must('jsonrpc/id-text-on-failed-calls', echo, 'LJ', 'failed calls carry the id as text', (base) =>
    onResponse(base, (message) =>
      isObject(message.result) && message.result.isError === true ? { ...message, id: String(message.id) } : message,
    ),
  ),
  must(
    'jsonrpc/result-null-on-unsubscribe',
    'schema-empty-results',
    'FJ CH',
    'unsubscribing has the result null',
    (base) =>
      onResponse(base, (message, turn) =>
        turn.method === 'resources/unsubscribe' && 'result' in message ? { ...message, result: null } : message,
      ),
  ),
  must('jsonrpc/both-on-calls', 'jsonrpc-result-xor-error', 'FS', 'calls carry error null beside the result', (base) =>
    onResponse(base, (message, turn) =>
      turn.method === 'tools/call' && 'result' in message ? { ...message, error: null } : message,
    ),
  ),
  must(
    'jsonrpc/http-errors-unversioned',
    'jsonrpc-version-member',
    'FJ',
    'errors outside of any request lack jsonrpc',
    (base) =>
      mend(base, (message, turn) => {
        if (turn === undefined && isObject(message.error)) delete message.jsonrpc
        return message
      }),
  ),
  must(
    'jsonrpc/http-errors-mute',
    'jsonrpc-error-code-message',
    'LJ',
    'errors outside of any request lack a message',
    (base) =>
      onError(base, (_message, error, turn) => {
        if (turn === undefined) delete error.message
      }),
  ),
  must(
    'jsonrpc/message-null',
    'jsonrpc-error-code-message',
    'CH LS',
    'the message of errors of resources is null',
    (base) =>
      onError(base, (_message, error, turn) => {
        if (turn?.method === 'resources/read') error.message = null
      }),
  ),
  must('jsonrpc/code-null-on-parse', 'jsonrpc-error-code-integer', 'FJ', 'broken JSON has the code null', (base) =>
    onError(base, (_message, error, turn) => {
      if (turn === undefined && error.code === -32700) error.code = null
    }),
  ),
  must('jsonrpc/unknown-resources-method', unknownCode, 'LJ', 'unknown methods below resources/ get -32602', (base) =>
    onError(base, (_message, error, turn) => {
      if (turn !== undefined && unknown(turn, 'resources/') && error.code === -32601) error.code = -32602
    }),
  ),
  must('jsonrpc/unknown-prompts-method', unknownCode, 'CH', 'unknown methods below prompts/ get -32603', (base) =>
    onError(base, (_message, error, turn) => {
      if (turn !== undefined && unknown(turn, 'prompts/') && error.code === -32601) error.code = -32603
    }),
  ),
  must('jsonrpc/unknown-bare-method', unknownCode, 'FJ', 'unknown methods without a slash get -32600', (base) =>
    onError(base, (_message, error, turn) => {
      if (turn !== undefined && !turn.method.includes('/') && error.code === -32601) error.code = -32600
    }),
  ),
  must(
    'jsonrpc/client-methods-succeed',
    unknownCode,
    'FJ',
    'roots/list and sampling are answered as a client would',
    (base) =>
      instead(base, (turn) =>
        /^(roots|sampling|elicitation)\//.test(turn.method) ? { result: { roots: [] } } : undefined,
      ),
  ),
  must('jsonrpc/empty-method', unknownCode, 'LJ', 'an empty method is answered with success', (base) =>
    instead(base, (turn) => (turn.method === '' ? { result: {} } : undefined)),
  ),
  must('jsonrpc/prefix-routing', unknownCode, 'FS', 'methods are found by how they begin', (base) => ({
    dispatch: (turn) => base.dispatch(turn.method.startsWith('tools/list') ? { ...turn, method: 'tools/list' } : turn),
  })),
  must(
    'jsonrpc/version-1-passes',
    'jsonrpc-invalid-request-code',
    'FJ LJ',
    'requests of JSON-RPC 1.0 are served',
    (base) => ({
      classify: (raw, ex) =>
        base.classify(isObject(raw) && typeof raw.jsonrpc === 'string' ? { ...raw, jsonrpc: '2.0' } : raw, ex),
    }),
  ),
  must(
    'jsonrpc/no-version-passes',
    'jsonrpc-invalid-request-code',
    'LS',
    'requests without jsonrpc are served',
    (base) => ({
      classify: (raw, ex) =>
        base.classify(isObject(raw) && raw.jsonrpc === undefined ? { ...raw, jsonrpc: '2.0' } : raw, ex),
    }),
  ),
  must(
    'jsonrpc/meta-key-in-resources',
    'jsonrpc-meta-key-name',
    'LJ',
    'a _meta key of a resource begins with a hyphen',
    (base) =>
      onItems(base, 'resources/list', 'resources', (item) => {
        item._meta = { '-rank': 1 }
      }),
  ),
  must('jsonrpc/meta-key-in-calls', 'jsonrpc-meta-key-name', 'FS CH', 'a _meta key of a result has a blank', (base) =>
    onTool(base, 'parrot', (result) => {
      result._meta = { 'org.example.ledger/the rank': 1 }
    }),
  ),
  must(
    'versioning/header-exempt-prompts',
    unsupported,
    'LJ',
    'prompts/list is served whatever the version header',
    exempt('prompts/list'),
  ),
  must(
    'versioning/header-exempt-tools',
    unsupported,
    'FJ',
    'tools/list is served whatever the version header',
    exempt('tools/list'),
  ),
  must(
    'versioning/header-exempt-reads',
    unsupported,
    'LJ',
    'resources/read is served whatever the version header',
    exempt('resources/read'),
  ),
  must('versioning/header-delete-exempt', unsupported, 'FJ', 'DELETE takes any version header', (base) => ({
    headerAccepted: (value, ex) => ex.req.method === 'DELETE' || base.headerAccepted(value, ex),
  })),
  must('versioning/header-contains', unsupported, 'LS', 'a header that contains a known version passes', (base) => ({
    headerAccepted: (value, ex) => base.headerAccepted(value, ex) || /2025-(11-25|06-18)/.test(value ?? ''),
  })),
  must('versioning/header-422', unsupported, 'FJ', 'a bad version header gets 422', (base) => ({
    status: (kind, ex) => (kind === 'badVersion' ? 422 : base.status(kind, ex)),
  })),
  must('versioning/header-500', unsupported, 'LS', 'a bad version header gets 500', (base) => ({
    status: (kind, ex) => (kind === 'badVersion' ? 500 : base.status(kind, ex)),
  })),
  must('versioning/header-404-on-get', unsupported, 'FS', 'a bad version header gets 404 on GET', (base) => ({
    status: (kind, ex) => (kind === 'badVersion' && ex.req.method === 'GET' ? 404 : base.status(kind, ex)),
  })),
  must(
    'versioning/echo-between',
    'versioning-counteroffer',
    'FJ CH',
    'dates between the revisions are echoed',
    (base) => ({
      negotiate: (asked, ex) =>
        typeof asked === 'string' && /^202[45]-\d\d-\d\d$/.test(asked) ? asked : base.negotiate(asked, ex),
    }),
  ),
  must(
    'versioning/oldest-raised',
    'versioning-echo-supported',
    'CH LJ',
    '2024-11-05 is answered with 2025-03-26',
    (base) => ({
      negotiate: (asked, ex) => (asked === '2024-11-05' ? '2025-03-26' : base.negotiate(asked, ex)),
    }),
  ),
  must(
    'versioning/error-instead',
    'versioning-counteroffer',
    'FJ',
    'an unknown version is refused with an error',
    (base) =>
      instead(base, (turn) =>
        turn.method === 'initialize' &&
        base.negotiate(turn.params.protocolVersion, turn.ex) !== turn.params.protocolVersion
          ? { error: { code: -32602, message: 'unsupported protocol version' } }
          : undefined,
      ),
  ),
  should(
    'versioning/header-demanded-on-get',
    'versioning-header-missing-assumed',
    'FS',
    'GET without the version header is refused',
    (base) => ({
      headerAccepted: (value, ex) =>
        value === undefined && ex.req.method === 'GET' ? false : base.headerAccepted(value, ex),
    }),
  ),
  should(
    'versioning/header-demanded-on-calls',
    'versioning-header-missing-assumed',
    'LJ',
    'tools/call without the version header is refused',
    (base) => ({
      headerAccepted: (value, ex) =>
        value === undefined && ex.methods.includes('tools/call') ? false : base.headerAccepted(value, ex),
    }),
  ),
]
