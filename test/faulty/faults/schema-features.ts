import type { Json, Policy } from '../core/types.js'
import { type Fault, must, onItems, onNotice, onResult, onTool } from './fault.js'

const blocks = (tool: string, change: (block: Json) => void) => (base: Policy) =>
  onTool(base, tool, (result) => {
    for (const block of result.content as Json[]) change(block)
  })

const messages = (prompt: string, change: (message: Json) => void) => (base: Policy) =>
  onResult(base, 'prompts/get', (result, turn) => {
    if (turn.params.name === prompt) for (const message of result.messages as Json[]) change(message)
  })

const first =
  (change: (item: Json) => void) =>
  (item: Json, index: number): void => {
    if (index === 0) change(item)
  }

/** Faults of the shape of results of resources, prompts and notifications. */
export const featureSchemaFaults: Fault[] = [
  must(
    'schema/image-no-type',
    'schema-content-base64',
    'CH LS',
    'an image has no mimeType',
    blocks('gallery', (block) => {
      if (block.type === 'image') delete block.mimeType
    }),
  ),
  must('schema/resource-nameless', 'schema-resources-list-result', 'LJ', 'resources have no name', (base) =>
    onItems(base, 'resources/list', 'resources', (item) => delete item.name),
  ),
  must('schema/resource-size-text', 'schema-resources-list-result', 'FS', 'sizes are strings', (base) =>
    onItems(base, 'resources/list', 'resources', (item) => {
      item.size = '15 B'
    }),
  ),
  must('schema/template-broken', 'schema-resource-templates-result', 'FJ', 'a URI template has an open brace', (base) =>
    onItems(
      base,
      'resources/templates/list',
      'resourceTemplates',
      first((item) => {
        item.uriTemplate = 'ledger:///accounts/{account'
      }),
    ),
  ),
  must(
    'schema/template-as-uri',
    'schema-resource-templates-result',
    'LS',
    'templates have uri instead of uriTemplate',
    (base) =>
      onItems(base, 'resources/templates/list', 'resourceTemplates', (item) => {
        item.uri = item.uriTemplate
        delete item.uriTemplate
      }),
  ),
  must('schema/read-one-object', 'schema-resources-read-result', 'LJ', 'contents is one object', (base) =>
    onResult(base, 'resources/read', (result) => {
      result.contents = (result.contents as Json[])[0]
    }),
  ),
  must('schema/read-no-uri', 'schema-resources-read-result', 'FS', 'contents have no uri', (base) =>
    onItems(base, 'resources/read', 'contents', (item) => delete item.uri),
  ),
  must(
    'schema/read-empty',
    'schema-resources-read-result',
    'CH',
    'binary contents have neither text nor blob',
    (base) => onItems(base, 'resources/read', 'contents', (item) => delete item.blob),
  ),
  must('schema/prompt-arguments', 'schema-prompts-list-result', 'FJ', 'prompt arguments are an object', (base) =>
    onItems(
      base,
      'prompts/list',
      'prompts',
      first((item) => {
        item.arguments = { book: { required: true } }
      }),
    ),
  ),
  must('schema/required-text', 'schema-prompts-list-result', 'LS', 'required is a string', (base) =>
    onItems(
      base,
      'prompts/list',
      'prompts',
      first((item) => {
        for (const one of item.arguments as Json[]) one.required = String(one.required)
      }),
    ),
  ),
  must(
    'schema/prompt-role',
    'schema-prompts-get-result',
    'LJ',
    'a prompt message has role system',
    messages('greeting', (one) => {
      one.role = 'system'
    }),
  ),
  must(
    'schema/prompt-content-list',
    'schema-prompts-get-result',
    'FS',
    'the content of a prompt message is a list',
    messages('greeting', (one) => {
      one.content = [one.content]
    }),
  ),
  must(
    'schema/prompt-content-text',
    'schema-prompts-get-result',
    'FJ',
    'with an argument the content is a string',
    messages('summarise_book', (one) => {
      one.content = (one.content as Json).text
    }),
  ),
  must('schema/completion-flat', 'schema-completion-result', 'LJ', 'values are not wrapped in completion', (base) =>
    onResult(base, 'completion/complete', (result) => {
      Object.assign(result, result.completion)
      delete result.completion
    }),
  ),
  must('schema/completion-objects', 'schema-completion-result', 'FS', 'values are objects', (base) =>
    onResult(base, 'completion/complete', (result) => {
      const inner = result.completion as Json
      inner.values = (inner.values as string[]).map((value) => ({ value }))
    }),
  ),
  must('schema/level-result', 'schema-empty-results', 'FJ', 'logging/setLevel has result null', (base) => ({
    outgoing: (message, whence) =>
      base.outgoing(
        whence.turn?.method === 'logging/setLevel' && 'result' in message ? { ...message, result: null } : message,
        whence,
      ),
  })),
  must('schema/subscribe-result', 'schema-empty-results', 'FS', 'resources/subscribe has result true', (base) => ({
    outgoing: (message, whence) =>
      base.outgoing(
        whence.turn?.method === 'resources/subscribe' && 'result' in message ? { ...message, result: true } : message,
        whence,
      ),
  })),
  must('schema/priority', 'schema-annotations', 'FJ', 'the priority of a resource is 5', (base) =>
    onItems(base, 'resources/list', 'resources', (item) => {
      if (item.annotations) item.annotations = { priority: 5 }
    }),
  ),
  must('schema/audience', 'schema-annotations', 'LS', 'the audience of a resource is everyone', (base) =>
    onItems(base, 'resources/list', 'resources', (item) => {
      if (item.annotations) item.annotations = { audience: ['everyone'] }
    }),
  ),
  must(
    'schema/audience-text',
    'schema-annotations',
    'LJ',
    'the audience of an image is a string',
    blocks('gallery', (block) => {
      if (block.annotations) block.annotations = { audience: 'user' }
    }),
  ),
  must('schema/icon-sizes', 'schema-icons', 'FJ', 'the sizes of an icon are a string', (base) =>
    onItems(base, 'tools/list', 'tools', (tool) => {
      if (tool.icons) tool.icons = [{ ...(tool.icons as Json[])[0], sizes: '16x16' }]
    }),
  ),
  must('schema/icon-theme', 'schema-icons', 'LS', 'the theme of an icon is auto', (base) =>
    onItems(base, 'tools/list', 'tools', (tool) => {
      if (tool.icons) tool.icons = [{ ...(tool.icons as Json[])[0], theme: 'auto' }]
    }),
  ),
  must('schema/progress-text', 'schema-progress-notification', 'FS LS', 'progress is a string', (base) =>
    onNotice(base, 'notifications/progress', (_message, params) => {
      params.progress = String(params.progress)
    }),
  ),
  must('schema/log-level', 'schema-log-notification', 'FS', 'logs have level WARN', (base) =>
    onNotice(base, 'notifications/message', (_message, params) => {
      if (params.level === 'warning') params.level = 'WARN'
    }),
  ),
  must('schema/log-no-data', 'schema-log-notification', 'CH', 'logs have message instead of data', (base) =>
    onNotice(base, 'notifications/message', (_message, params) => {
      params.message = params.data
      delete params.data
    }),
  ),
  must(
    'schema/updated-no-uri',
    'schema-resource-updated-notification',
    'FJ CH',
    'updates name the resource by id',
    (base) =>
      onNotice(base, 'notifications/resources/updated', (_message, params) => {
        params.id = params.uri
        delete params.uri
      }),
  ),
]
