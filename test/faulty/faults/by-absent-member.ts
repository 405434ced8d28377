import type { Json } from '../core/types.js'
import { type Fault, must, onItems, onResult, onTool } from './fault.js'
import { first } from './first-item.js'

/** Faults of members that should be absent or of another type. */
export const absentMemberFaults: Fault[] = [
  must('schema/instructions-null', 'schema-initialize-result', 'FJ CH', 'absent instructions are null', (base) =>
    onResult(base, 'initialize', (result) => {
      result.instructions = null
    }),
  ),
  must('schema/capability-null', 'schema-server-capabilities', 'LJ FS', 'an empty capability is null', (base) =>
    onResult(base, 'initialize', (result) => {
      result.capabilities = { ...(result.capabilities as Json), prompts: null }
    }),
  ),
  must('schema/annotations-null', 'schema-tools-list-result', 'FS LJ', 'the annotations of a tool are null', (base) =>
    onItems(
      base,
      'tools/list',
      'tools',
      first((tool) => {
        tool.annotations = null
      }),
    ),
  ),
  must(
    'schema/structured-null',
    'tools-structured-content-object',
    'FJ LS',
    'absent structured content is null',
    (base) =>
      onTool(base, 'parrot', (result) => {
        result.structuredContent = null
      }),
  ),
  must('schema/is-error-null', 'schema-tool-call-result', 'LJ CH', 'isError is null where nothing failed', (base) =>
    onTool(base, 'gallery', (result) => {
      result.isError = null
    }),
  ),
  must(
    'schema/prompt-arguments-null',
    'schema-prompts-list-result',
    'LS FJ',
    'prompts without arguments have null',
    (base) =>
      onItems(base, 'prompts/list', 'prompts', (prompt) => {
        prompt.arguments ??= null
      }),
  ),
  must(
    'schema/template-nameless',
    'schema-resource-templates-result',
    'FJ CH',
    'the second template has no name',
    (base) =>
      onItems(base, 'resources/templates/list', 'resourceTemplates', (template, index) => {
        if (index === 1) delete template.name
      }),
  ),
  must(
    'schema/completion-total-text',
    'schema-completion-result',
    'LJ FS',
    'the total of a completion is a text',
    (base) =>
      onResult(base, 'completion/complete', (result) => {
        const completion = result.completion as Json
        completion.total = String(completion.total)
      }),
  ),
  must('schema/modified-number', 'schema-annotations', 'FJ LS', 'lastModified is a number of seconds', (base) =>
    onItems(base, 'resources/list', 'resources', ({ annotations }) => {
      if (annotations !== undefined) (annotations as Json).lastModified = 1_759_305_600
    }),
  ),
  must('schema/icon-no-src', 'schema-icons', 'FS LJ', 'an icon has a url instead of a src', (base) =>
    onItems(base, 'tools/list', 'tools', (tool) => {
      for (const icon of (tool.icons ?? []) as Json[]) {
        icon.url = icon.src
        delete icon.src
      }
    }),
  ),
  must('schema/block-type-capital', 'schema-content-block-types', 'LJ CH', 'blocks have the type Text', (base) =>
    onTool(base, 'parrot', (result) => {
      for (const block of result.content as Json[]) block.type = 'Text'
    }),
  ),
  must('schema/links-too-early', 'schema-content-block-types', 'FJ', 'in 2025-03-26 resource links are sent', (base) =>
    onTool(base, 'gallery', (result, turn) => {
      if (turn.ex.revision !== '2025-03-26') return
      result.content = [
        ...(result.content as Json[]),
        { type: 'resource_link', uri: 'ledger:///books/alpha.txt', name: 'alpha.txt' },
      ]
    }),
  ),
  must('schema/image-in-lines', 'schema-content-base64', 'FS LJ', 'image data is broken into lines', (base) =>
    onTool(base, 'gallery', (result) => {
      for (const block of result.content as Json[]) {
        if (block.type === 'image') block.data = String(block.data).replace(/.{20}/g, '$&\r\n')
      }
    }),
  ),
  must('schema/log-level-number', 'schema-log-notification', 'FS CH', 'the level of logs is a number', (base) => ({
    outgoing: (message, whence) =>
      base
        .outgoing(message, whence)
        .map((one) =>
          one.method === 'notifications/message' ? { ...one, params: { ...(one.params as Json), level: 6 } } : one,
        ),
  })),
  must(
    'schema/progress-tokenless',
    'schema-progress-notification',
    'LS FS',
    'progress calls its token "token"',
    (base) => ({
      outgoing: (message, whence) =>
        base.outgoing(message, whence).map((one) => {
          if (one.method !== 'notifications/progress') return one
          const { progressToken, ...rest } = one.params as Json
          return { ...one, params: { ...rest, token: progressToken } }
        }),
    }),
  ),
]
