import { REVISIONS } from '../core/dispatch.js'
import type { Json, Turn } from '../core/types.js'
import { type Fault, instead, must, nameOf, onError, onItems, onResponse, onResult, onTool, should } from './fault.js'

const header = 'versioning-header-unsupported-400'
const echo = 'jsonrpc-response-id-echo'
const given = (turn: Turn): Json => (turn.params.arguments ?? {}) as Json
const isCall = (turn: Turn, tool: string): boolean => turn.method === 'tools/call' && nameOf(turn) === tool

/** Faults that show only for some values: odd ids, methods in another case, long answers, the second page. */
export const valueFaults: Fault[] = [
  must('versioning/header-begins-right', header, 'FJ LJ', 'a version header is compared by how it begins', () => ({
    headerAccepted: (value) => value === undefined || REVISIONS.some((known) => value.startsWith(known)),
  })),
  must('versioning/header-of-the-future', header, 'FJ', 'versions of the future pass as header', (base) => ({
    headerAccepted: (value, ex) => base.headerAccepted(value, ex) || (value ?? '') > '2026',
  })),
  must('versioning/header-unspoken', header, 'FJ', 'a revision that is not spoken here passes as header', (base) => ({
    negotiate: (requested, ex) => base.negotiate(requested === '2024-11-05' ? REVISIONS[0] : requested, ex),
  })),
  must(
    'versioning/header-calls-exempt',
    header,
    'FJ LS',
    'tools/call is served whatever the version header',
    (base) => ({
      headerAccepted: (value, ex) => ex.methods[0] === 'tools/call' || base.headerAccepted(value, ex),
    }),
  ),
  must(
    'versioning/one-revision-raised',
    'versioning-echo-supported',
    'FJ LS',
    '2025-06-18 is answered with the newest',
    (base) => ({
      negotiate: (requested, ex) => base.negotiate(requested === '2025-06-18' ? '2025-11-25' : requested, ex),
    }),
  ),
  must('jsonrpc/id-32-bits', echo, 'LJ CH', 'numbers as ids are cut to 32 bits', (base) =>
    onResponse(base, (message) => (typeof message.id === 'number' ? { ...message, id: message.id | 0 } : message)),
  ),
  must('jsonrpc/id-trimmed', echo, 'FJ', 'blanks around an id are cut off', (base) =>
    onResponse(base, (message) => (typeof message.id === 'string' ? { ...message, id: message.id.trim() } : message)),
  ),
  must('jsonrpc/id-ascii', echo, 'LJ', 'letters outside ASCII vanish from ids', (base) =>
    onResponse(base, (message) =>
      typeof message.id === 'string' ? { ...message, id: message.id.replace(/[^ -~]/g, '?') } : message,
    ),
  ),
  must('jsonrpc/id-null-on-missing-resource', echo, 'FJ', 'errors of resources/read carry the id null', (base) =>
    onError(base, (message, _error, turn) => {
      if (turn?.method === 'resources/read') message.id = null
    }),
  ),
  must('jsonrpc/any-case-methods', 'jsonrpc-unknown-method-code', 'LJ CH', 'methods are found in any case', (base) => ({
    dispatch: (turn) => {
      const known = ['ping', 'tools/list', 'resources/list', 'prompts/list']
      const method = known.find((one) => one === turn.method.toLowerCase()) ?? turn.method
      return base.dispatch({ ...turn, method })
    },
  })),
  must(
    'jsonrpc/notification-names-unanswered',
    'jsonrpc-unknown-method-code',
    'FJ',
    'requests whose method begins with notifications/ are answered with success',
    (base) => instead(base, (turn) => (turn.method.startsWith('notifications/') ? { result: {} } : undefined)),
  ),
  must('jsonrpc/rpc-names', 'jsonrpc-unknown-method-code', 'LJ', 'unknown methods below tools/ get -32602', (base) =>
    onError(base, (_message, error, turn) => {
      if (error.code === -32601 && turn?.method.startsWith('tools/')) error.code = -32602
    }),
  ),
  must(
    'jsonrpc/error-beside-failure',
    'jsonrpc-result-xor-error',
    'FJ LS',
    'failed calls carry an error beside the result',
    (base) =>
      onResponse(base, (message, turn) =>
        turn.method === 'tools/call' && (message.result as Json | undefined)?.isError === true
          ? { ...message, error: { code: -32000, message: 'the tool failed' } }
          : message,
      ),
  ),
  must(
    'jsonrpc/code-text-on-arguments',
    'jsonrpc-error-code-integer',
    'LJ',
    'the code -32602 is sent as text',
    (base) =>
      onError(base, (_message, error) => {
        if (error.code === -32602) error.code = '-32602'
      }),
  ),
  must(
    'jsonrpc/no-message-on-prompts',
    'jsonrpc-error-code-message',
    'FJ',
    'errors of prompts/get have no message',
    (base) =>
      onError(base, (_message, error, turn) => {
        if (turn?.method === 'prompts/get') delete error.message
      }),
  ),
  must(
    'transport/byte-order-mark',
    'transport-json-single-object',
    'LJ',
    'JSON bodies begin with a byte order mark',
    (base) => ({
      encode: (payload, ex) => `\uFEFF${base.encode(payload, ex)}`,
    }),
  ),
  must(
    'transport/errors-as-text',
    'transport-request-content-type',
    'LJ FJ',
    'errors are labelled text/plain',
    (base) => {
      const failed = new WeakSet<object>()
      return {
        async settle(message, turn, send) {
          if ('error' in message) failed.add(turn.ex)
          await base.settle(message, turn, send)
        },
        mediaType: (kind, ex) => (failed.has(ex) ? 'text/plain' : base.mediaType(kind, ex)),
      }
    },
  ),
  must(
    'transport/no-emoji',
    'transport-utf8',
    'LS FJ',
    'characters outside the first plane become question marks',
    (base) =>
      onTool(base, 'parrot', (result) => {
        result.content = JSON.parse(JSON.stringify(result.content).replace(/[\u{10000}-\u{10ffff}]/gu, '??'))
      }),
  ),
  must('transport/cancel-body', 'transport-202-empty-body', 'FJ', 'the 202 for a cancellation says ok', (base) => {
    const cancelling = new WeakSet<object>()
    return {
      notified(note, ex) {
        if (note.method === 'notifications/cancelled') cancelling.add(ex)
        base.notified(note, ex)
      },
      acceptedBody: (ex) => (cancelling.has(ex) ? 'ok' : base.acceptedBody(ex)),
    }
  }),
  must(
    'tools/later-pages-bare',
    'tools-input-schema-valid',
    'FJ LS',
    'tools of later pages have no input schema',
    (base) =>
      onItems(base, 'tools/list', 'tools', (tool, index) => {
        if (tool.name !== 'parrot' && tool.name !== 'sum_pair' && tool.name !== 'long_haul' && index === 2)
          delete tool.inputSchema
      }),
  ),
  must('tools/null-passes', 'tools-inputs-validated', 'LJ', 'null passes for a required text', (base) =>
    instead(base, (turn) =>
      isCall(turn, 'parrot') && given(turn).phrase === null
        ? { result: { content: [{ type: 'text', text: 'null' }] } }
        : undefined,
    ),
  ),
  must('tools/fraction-passes', 'tools-inputs-validated', 'LJ', 'a fraction passes for an integer', (base) => ({
    dispatch(turn) {
      const { steps } = given(turn)
      if (!isCall(turn, 'long_haul') || typeof steps !== 'number' || Number.isInteger(steps)) return base.dispatch(turn)
      return base.dispatch({
        ...turn,
        params: { ...turn.params, arguments: { ...given(turn), steps: Math.max(1, Math.round(steps)) } },
      })
    },
  })),
  must(
    'tools/deep-arguments-crash',
    'tools-inputs-validated',
    'FJ',
    'deeply nested arguments show a stack trace',
    (base) =>
      instead(base, (turn) =>
        turn.method === 'tools/call' && JSON.stringify(turn.params.arguments ?? null).length > 3000
          ? { error: { code: -32603, message: 'RangeError: too deep\n    at walk (/srv/ledger/walk.js:12:9)' } }
          : undefined,
      ),
  ),
  must(
    'tools/name-begins-right',
    'tools-unknown-tool-error',
    'FJ LJ',
    'a tool is found by how its name begins',
    (base) => ({
      dispatch(turn) {
        const known = ['parrot', 'sum_pair', 'long_haul', 'fragile', 'gallery', 'jot']
        const name = known.find((one) => turn.method === 'tools/call' && nameOf(turn).startsWith(one))
        return base.dispatch(name === undefined ? turn : { ...turn, params: { ...turn.params, name } })
      },
    }),
  ),
  should(
    'tools/other-text',
    'tools-structured-content-text',
    'FS',
    'the text of a structured result says something else',
    (base) =>
      onTool(base, 'sum_pair', (result) => {
        result.content = [{ type: 'text', text: 'the sum is ready' }]
      }),
  ),
  must('resources/encoded-traversal', 'resources-uri-validated', 'FJ', 'encoded dots lead out of the folder', (base) =>
    instead(base, (turn) => {
      const uri = String(turn.params.uri)
      if (turn.method !== 'resources/read' || !/%2e%2e|%2f/i.test(uri)) return undefined
      return { result: { contents: [{ uri, mimeType: 'text/plain', text: 'root:x:0:0' }] } }
    }),
  ),
  must('completion/more-as-text', 'schema-completion', 'FJ LS', 'hasMore is a text', (base) =>
    onResult(base, 'completion/complete', (result) => {
      const completion = result.completion as Json
      completion.hasMore = String(completion.hasMore ?? false)
    }),
  ),
  should(
    'prompts/empty-argument',
    'prompts-missing-argument-32602',
    'FJ',
    'arguments left out altogether pass',
    (base) =>
      instead(base, (turn) =>
        turn.method === 'prompts/get' && turn.params.name === 'summarise_book' && turn.params.arguments === undefined
          ? { result: { messages: [{ role: 'user', content: { type: 'text', text: 'Summarise the book.' } }] } }
          : undefined,
      ),
  ),
]
