import type { Json } from '../core/types.js'
import { type Fault, isCall, must, nameOf, onError, onItems, onResponse, onResult, onTool, should } from './fault.js'

/** Faults of the way answers become JSON. */
export const encoderFaults: Fault[] = [
  must('resources/blob-url-alphabet', 'resources-binary-encoded', 'FJ LS', 'blobs use the alphabet for URLs', (base) =>
    onResult(base, 'resources/read', (result) => {
      for (const one of result.contents as Json[]) {
        if (typeof one.blob === 'string') {
          const bytes = Buffer.concat([Buffer.from(one.blob, 'base64'), Buffer.from([0xfb, 0xef, 0xff, 0xfe])])
          one.blob = bytes.toString('base64url')
        }
      }
    }),
  ),
  must(
    'tools/schema-type-in-list',
    'tools-input-schema-root-object',
    'LS FJ',
    'the type of an inputSchema is a list',
    (base) =>
      onItems(base, 'tools/list', 'tools', (tool, index) => {
        if (index === 1) tool.inputSchema = { ...(tool.inputSchema as Json), type: ['object', 'null'] }
      }),
  ),
  must(
    'tools/schema-flag-text',
    'tools-schema-valid-for-dialect',
    'FJ LJ',
    'additionalProperties is the text false',
    (base) =>
      onItems(base, 'tools/list', 'tools', (tool) => {
        if (tool.name === 'jot') tool.inputSchema = { ...(tool.inputSchema as Json), additionalProperties: 'false' }
      }),
  ),
  must(
    'tools/output-schema-any-of',
    'tools-output-schema-root-object',
    'FS LJ',
    'an outputSchema is an anyOf',
    (base) =>
      onItems(base, 'tools/list', 'tools', (tool) => {
        if (tool.outputSchema !== undefined) tool.outputSchema = { anyOf: [tool.outputSchema] }
      }),
  ),
  must(
    'tools/structured-in-one-revision',
    'tools-structured-content-conforms',
    'FJ LS',
    'in 2025-06-18 the total is a text',
    (base) =>
      onTool(base, 'sum_pair', (result, turn) => {
        const given = result.structuredContent as Json | undefined
        if (given !== undefined && turn.ex.revision === '2025-06-18') given.total = String(given.total)
      }),
  ),
  must(
    'jsonrpc/templates-with-error',
    'jsonrpc-result-xor-error',
    'LS FJ',
    'templates come with an empty error',
    (base) =>
      onResponse(base, (message, turn) =>
        turn.method === 'resources/templates/list' ? { ...message, error: {} } : message,
      ),
  ),
  must(
    'jsonrpc/session-errors-coded-in-text',
    'jsonrpc-error-code-integer',
    'FJ',
    'the code for a lost session is a text',
    (base) =>
      onError(base, (_message, error) => {
        if (error.code === -32001) error.code = 'SESSION_NOT_FOUND'
      }),
  ),
  must(
    'jsonrpc/session-errors-mute',
    'jsonrpc-error-code-message',
    'FS',
    'the error for a lost session has no message',
    (base) =>
      onError(base, (_message, error) => {
        if (error.code === -32001) delete error.message
      }),
  ),
  must(
    'jsonrpc/updates-unversioned',
    'jsonrpc-version-member',
    'FS CH',
    'updates of resources lack jsonrpc',
    (base) => ({
      outgoing: (message, whence) =>
        base.outgoing(message, whence).map((one) => {
          if (one.method !== 'notifications/resources/updated') return one
          const { jsonrpc: _, ...rest } = one
          return rest
        }),
    }),
  ),
  must(
    'jsonrpc/meta-two-slashes',
    'jsonrpc-meta-key-prefix',
    'FJ LS',
    'a _meta key of a prompt has an empty label',
    (base) =>
      onResult(base, 'prompts/get', (result) => {
        result._meta = { 'org..ledger/served-by': 'one' }
      }),
  ),
  should(
    'jsonrpc/meta-order-on-tools',
    'jsonrpc-meta-key-reverse-dns',
    'LJ FS',
    'a _meta prefix of tools is a host name',
    (base) =>
      onItems(base, 'tools/list', 'tools', (tool) => {
        tool._meta = { 'ledger.example.com/rank': 1 }
      }),
  ),
  should(
    'jsonrpc/issues-as-message',
    'jsonrpc-error-message-concise',
    'FJ LS',
    'the message is a list of issues in lines',
    (base) =>
      onError(base, (_message, error, turn) => {
        if (turn?.method !== 'prompts/get' || error.code !== -32602) return
        const issues = [
          { code: 'invalid_type', expected: 'string', received: 'undefined', path: ['book'], message: 'Required' },
        ]
        error.message = `MCP error -32602: Invalid arguments for prompt: ${JSON.stringify(issues, null, 2)}`
      }),
  ),
  must('jsonrpc/failures-in-arrays', 'jsonrpc-no-batch-output', 'FJ LJ', 'errors are arrays of one', (base) => ({
    encode: (payload, ex) =>
      base.encode(
        !Array.isArray(payload) && 'error' in (payload as Json) && ex.revision >= '2025-06-18' ? [payload] : payload,
        ex,
      ),
  })),
  should(
    'tools/pages-overlap',
    'tools-name-unique',
    'FJ LS',
    'each page of tools begins with the last one of the page before',
    (base) => {
      let last: Json | undefined
      return onResult(base, 'tools/list', (result, turn) => {
        const tools = result.tools as Json[]
        if (turn.params.cursor !== undefined && last !== undefined) tools.unshift(last)
        last = structuredClone(tools.at(-1))
      })
    },
  ),
  must(
    'tools/failure-of-number-names',
    'tools-malformed-call-error',
    'LJ FS',
    'a call whose name is a number is a failed call',
    (base) =>
      onResponse(base, (message, turn) => {
        if (turn.method !== 'tools/call' || typeof turn.params.name !== 'number') return message
        const content = [{ type: 'text', text: `Unknown tool: ${nameOf(turn)}` }]
        return { jsonrpc: '2.0', id: message.id, result: { content, isError: true } }
      }),
  ),
  must(
    'transport/ping-json-text',
    'transport-request-content-type',
    'FJ LJ',
    'pings are answered with text/json',
    (base) => ({
      mediaType: (kind, ex) => (kind === 'json' && ex.methods[0] === 'ping' ? 'text/json' : base.mediaType(kind, ex)),
    }),
  ),
  must('completion/one-too-many', 'completion-max-100', 'LJ FS', 'completions have up to 101 values', (base) =>
    onResult(base, 'completion/complete', (result) => {
      const completion = result.completion as { values: string[] }
      if (completion.values.length === 100) completion.values.push('acc-101')
    }),
  ),
  must(
    'tools/failed-calls-bare',
    'schema-tool-call-result',
    'LS FJ',
    'failed calls have an error text and no content',
    (base) =>
      onResponse(base, (message, turn) =>
        isCall(turn, 'fragile') && 'result' in message
          ? { ...message, result: { isError: true, error: 'it broke' } }
          : message,
      ),
  ),
]
