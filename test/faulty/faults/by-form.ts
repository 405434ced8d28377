import type { Json, Policy, Reply, Turn } from '../core/types.js'
import { type Fault, instead, must, onNotice, onResult, onTool } from './fault.js'

/** Faults in the form of single members, and in what arguments may hold. */
export const formFaults: Fault[] = [
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
