import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { both, calls, instead, type ModernFault, must, ofTool, result, seenAs, sent, should } from './fault.js'
import { reads, recoded, text } from './of-declaration.js'

/** Faults of what features answer. */
export const answerFaults: ModernFault[] = [
  must(
    'declares/bad-arguments-as-error',
    'tools-input-validation-is-error',
    'J',
    'bad arguments are a protocol error',
    sent((message, turn) => {
      const one = message.result
      if (turn?.method !== 'tools/call' || !isObject(one) || one.isError !== true || calls(turn, 'fragile'))
        return message
      return { jsonrpc: '2.0', id: message.id, error: { code: -32602, message: 'these arguments do not fit' } }
    }),
  ),
  must(
    'declares/terminal-codes',
    'tools-outputs-sanitized',
    'J',
    'control characters come back as they were sent',
    instead((turn) => {
      const given = turn.params.arguments as Json | undefined
      if (!calls(turn, 'parrot') || typeof given?.phrase !== 'string') return undefined
      return { result: { resultType: 'complete', content: [text(given.phrase)], isError: false } }
    }),
  ),
  must(
    'declares/relative-uri',
    'resources-uri-validated',
    'J',
    'a relative path is read',
    seenAs(({ method, params }) => {
      const uri = String(params.uri)
      return method === 'resources/read' && !uri.includes(':')
        ? { params: { ...params, uri: 'ledger:///books/alpha.txt' } }
        : {}
    }),
  ),
  must(
    'declares/traversal',
    'resources-path-traversal-blocked',
    'S',
    'dots in a URI lead out of the tree',
    instead((turn) => {
      const uri = String(turn.params.uri)
      if (turn.method !== 'resources/read' || !/\.\.(\/|%2f)/i.test(uri)) return undefined
      return {
        result: {
          resultType: 'complete',
          contents: [{ uri, mimeType: 'text/plain', text: 'root:x:0:0:root:/root:/bin/sh' }],
          ttlMs: 0,
          cacheScope: 'private',
        },
      }
    }),
  ),
  must(
    'declares/blob-hex',
    'resources-binary-encoded',
    'J',
    'blobs are in hex with colons',
    reads((part) => {
      if (typeof part.blob === 'string')
        part.blob = Buffer.from(part.blob, 'base64')
          .toString('hex')
          .replace(/..(?=.)/g, '$&:')
    }),
  ),
  should(
    'declares/long-uri-code',
    'resources-internal-error-code',
    'J',
    'an over-long URI fails inside with code -1',
    instead((turn) =>
      turn.method === 'resources/read' && String(turn.params.uri).length > 2000
        ? { error: { code: -1, message: 'ENAMETOOLONG' } }
        : undefined,
    ),
  ),
  should(
    'declares/prompt-numbers',
    'prompts-arguments-validated',
    'J',
    'arguments of prompts may be of any type',
    seenAs(({ method, params }) =>
      method === 'prompts/get' && isObject(params.arguments)
        ? {
            params: {
              ...params,
              arguments: Object.fromEntries(Object.entries(params.arguments).map(([k, v]) => [k, String(v)])),
            },
          }
        : {},
    ),
  ),
  must(
    'declares/prompt-audio-url',
    'prompts-audio-base64',
    'J',
    'audio of a prompt is a URL',
    result('prompts/get', ({ messages }) => {
      for (const { content } of messages as { content: Json }[])
        if (content.type === 'audio') content.data = 'https://ledger.example.org/chirp.wav'
    }),
  ),
  must(
    'declares/prompt-resource-bare',
    'prompts-embedded-resource-fields',
    'S',
    'a resource in a prompt has no text',
    result('prompts/get', ({ messages }) => {
      for (const { content } of messages as { content: Json }[])
        if (isObject(content.resource)) delete content.resource.text
    }),
  ),
  must(
    'declares/prompt-template',
    'prompts-injection-safe',
    'J',
    'template expressions in arguments are evaluated',
    result('prompts/get', ({ messages }) => {
      for (const { content } of messages as { content: Json }[]) {
        if (typeof content.text === 'string')
          content.text = content.text.replace(/\{\{\s*(\d+)\s*\*\s*(\d+)\s*\}\}/g, (_all, a, b) =>
            String(Number(a) * Number(b)),
          )
      }
    }),
  ),
  should(
    'declares/completion-unknown-prompt',
    'completion-unknown-prompt-32602',
    'J',
    'completions of unknown prompts are empty',
    instead((turn) => {
      const ref = turn.params.ref as Json | undefined
      if (turn.method !== 'completion/complete' || ref?.type !== 'ref/prompt' || ref.name === 'letter') return undefined
      return { result: { resultType: 'complete', completion: { values: [], total: 0, hasMore: false } } }
    }),
  ),
  should(
    'declares/completion-missing-code',
    'completion-missing-argument-32602',
    'M',
    'a completion without argument is -32603',
    recoded(-32602, -32603, ({ method, params }) => method === 'completion/complete' && !isObject(params.argument)),
  ),
  must(
    'declares/completion-any-value',
    'completion-inputs-validated',
    'S',
    'values of any type are completed',
    seenAs(({ method, params }) =>
      method === 'completion/complete' && isObject(params.argument) && typeof params.argument.value !== 'string'
        ? { params: { ...params, argument: { ...params.argument, value: String(params.argument.value ?? '') } } }
        : {},
    ),
  ),
  must(
    'declares/is-error-null',
    'schema-tool-call-result',
    'M',
    'isError is null',
    ofTool('parrot', (one) => {
      one.isError = null
    }),
  ),
  must(
    'declares/total-text',
    'schema-completion-result',
    'J',
    'the total of a completion is a text',
    result('completion/complete', ({ completion }) => {
      if (isObject(completion)) completion.total = String(completion.total)
    }),
  ),
  must(
    'declares/link-uri-missing',
    'schema-content-block-types',
    'J',
    'a resource link has an href instead of a uri',
    ofTool('gallery', ({ content }) => {
      for (const block of content as Json[]) {
        if (block.type !== 'resource_link') continue
        block.href = block.uri
        delete block.uri
      }
    }),
  ),
  must(
    'declares/capital-type',
    'jsonrpc-result-type-known',
    'J',
    'completions have the resultType Complete',
    result('completion/complete', (one) => {
      one.resultType = 'Complete'
    }),
  ),
  must(
    'declares/discover-typeless',
    'jsonrpc-result-type-present',
    'S',
    'server/discover has no resultType',
    result('server/discover', (one) => {
      delete one.resultType
    }),
  ),
  should(
    'declares/info-without-version',
    'jsonrpc-server-info-meta',
    'J',
    'prompts name the server without its version',
    result('prompts/get', (one) => {
      one._meta = { 'io.modelcontextprotocol/serverInfo': { name: 'ledger' } }
    }),
  ),
  should(
    'declares/meta-order',
    'jsonrpc-meta-key-reverse-dns',
    'J',
    'a _meta prefix of results is a host name',
    result('tools/list', (one) => {
      one._meta = { ...(one._meta as Json), 'ledger.example.com/rank': 1 }
    }),
  ),
  must(
    'declares/trace-short',
    'jsonrpc-meta-trace-format',
    'J',
    'results carry a traceparent of 8 digits',
    result(undefined, (one) => {
      one._meta = { ...(one._meta as Json), traceparent: '00-4bf92f35-00f067aa-01' }
    }),
  ),
  must(
    'declares/trace-returned',
    'jsonrpc-meta-trace-format',
    'M',
    'a traceparent is given back in capitals',
    result(undefined, (one, { meta }) => {
      if (typeof meta.traceparent === 'string')
        one._meta = { ...(one._meta as Json), traceparent: meta.traceparent.toUpperCase() }
    }),
  ),
  must(
    'declares/task-unasked',
    'versioning-extension-fallback',
    'J',
    'long calls become tasks for clients that know none',
    both(
      (base) => ({
        capabilities: (world) => ({ ...base.capabilities(world), extensions: { 'io.modelcontextprotocol/tasks': {} } }),
      }),
      instead((turn) =>
        calls(turn, 'long_haul')
          ? {
              result: {
                resultType: 'task',
                task: {
                  taskId: 'task-81',
                  status: 'working',
                  createdAt: '2026-08-01T08:00:00Z',
                  lastUpdatedAt: '2026-08-01T08:00:00Z',
                  ttl: 60_000,
                },
              },
            }
          : undefined,
      ),
    ),
  ),
  must(
    'declares/ttl-null',
    'caching-hints-present',
    'J',
    'the ttl of what does not change is null',
    result('resources/read', (one) => {
      if (Number(one.ttlMs) > 0) one.ttlMs = null
    }),
  ),
  must(
    'declares/scope-capital',
    'caching-scope-enum',
    'S',
    'the scope of reads is Public',
    result('resources/read', (one) => {
      one.cacheScope = String(one.cacheScope).replace(/^./, (letter) => letter.toUpperCase())
    }),
  ),
]
