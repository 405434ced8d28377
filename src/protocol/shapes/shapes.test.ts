import { describe, expect, it } from 'vitest'
import { schemaProblems } from '../json-schema.js'
import { type Revision, revisions } from '../revisions.js'
import { isBase64, isUri, isUriTemplate, type ShapeName, shapeProblems, shapeSchemas } from './index.js'

const text = { type: 'text', text: 'hi' }
const tool = { name: 'a', inputSchema: { type: 'object' } }
const audio = { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' }
const link = { type: 'resource_link', uri: 'x:y', name: 'y' }
const call = (method: string, params?: unknown) => ({ jsonrpc: '2.0', id: 1, method, ...(params ? { params } : {}) })
const icon = { src: 'https://a.example/i.png', sizes: ['48x48'], theme: 'dark' }
const ask = (schema: unknown) =>
  call('elicitation/create', { message: 'm', requestedSchema: { type: 'object', properties: { a: schema } } })

const discovery = {
  supportedVersions: ['2026-07-28'],
  capabilities: {},
  resultType: 'complete',
  ttlMs: 0,
  cacheScope: 'public',
}
const questions = { resultType: 'input_required', requestState: 's' }
const byUrl = { method: 'elicitation/create', params: { mode: 'url', message: 'm', url: 'https://a.example' } }
const acknowledged = (notifications: unknown) => ({
  jsonrpc: '2.0',
  method: 'notifications/subscriptions/acknowledged',
  params: { notifications },
})

const good: [ShapeName, unknown, Revision?][] = [
  ['InitializeResult', { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'a', version: '1' } }],
  [
    'InitializeResult',
    {
      protocolVersion: 'x',
      capabilities: { own: 1, tools: { more: 2 } },
      serverInfo: { name: 'a', version: '1', icons: [icon] },
      extra: 1,
    },
  ],
  ['ServerCapabilities', { completions: true }, '2024-11-05'],
  ['ListToolsResult', { tools: [tool], nextCursor: null }],
  ['ListToolsResult', { tools: [{ ...tool, title: 1, icons: 2 }] }, '2025-03-26'],
  ['Tool', { ...tool, execution: { taskSupport: 'optional' }, annotations: { readOnlyHint: true } }],
  ['CallToolResult', { content: [], structuredContent: {}, isError: false, _meta: {} }],
  ['CallToolResult', { content: [audio, link, text], structuredContent: { a: 1 } }],
  ['CallToolResult', { content: [{ type: 'resource', resource: { uri: 'a:b', text: '' } }] }],
  ['ContentBlock', audio, '2025-03-26'],
  ['ReadResourceResult', { contents: [{ uri: 'a:b', blob: 'AA==' }] }],
  ['ListResourceTemplatesResult', { resourceTemplates: [{ uriTemplate: 'file:///{+path}', name: 'f' }] }],
  ['GetPromptResult', { messages: [{ role: 'user', content: text }] }],
  ['CompleteResult', { completion: { values: ['a'], total: 1, hasMore: false } }],
  ['EmptyResult', { more: 1 }],
  ['Annotations', { audience: ['user'], priority: 1, lastModified: '2025-01-01' }],
  ['ProgressNotification', call('notifications/progress', { progressToken: 0, progress: 0.5 })],
  ['LogNotification', call('notifications/message', { level: 'info', data: null })],
  [
    'CreateMessageRequest',
    call('sampling/createMessage', { messages: [{ role: 'user', content: [text] }], maxTokens: 5 }),
  ],
  ['ElicitRequest', ask({ type: 'string', enum: ['a'] }), '2025-06-18'],
  ['ElicitRequest', ask({ type: 'array', items: { anyOf: [{ const: 'a', title: 'A' }] } })],
  [
    'ElicitRequest',
    call('elicitation/create', { mode: 'url', message: 'm', elicitationId: '1', url: 'https://a.example' }),
  ],
  ['ListRootsRequest', call('roots/list')],
  ['DiscoverResult', discovery, '2026-07-28'],
  ['DiscoverResult', { ...discovery, capabilities: { extensions: { 'a.b/c': {} }, tasks: 7 }, more: 1 }, '2026-07-28'],
  ['Tool', { ...tool, inputSchema: { type: 'object', properties: { a: true }, execution: 1 } }, '2026-07-28'],
  ['CallToolResult', { content: [], structuredContent: [1] }, '2026-07-28'],
  ['InputRequiredResult', { resultType: 'input_required', requestState: '' }, '2026-07-28'],
  ['InputRequiredResult', { ...questions, inputRequests: { a: byUrl, b: { method: 'roots/list' } } }, '2026-07-28'],
  ['SubscriptionsAcknowledgedNotification', acknowledged({ toolsListChanged: true }), '2026-07-28'],
  ['SubscriptionsListenResult', { _meta: { 'io.modelcontextprotocol/subscriptionId': 0 } }, '2026-07-28'],
  ['UnsupportedVersionData', { supported: ['a'], requested: 'b' }, '2026-07-28'],
  ['MissingCapabilityData', { requiredCapabilities: { elicitation: { form: {} } } }, '2026-07-28'],
  ['Task', { taskId: '1', status: 'working', createdAt: '', lastUpdatedAt: '', ttl: null }],
]

const bad: [ShapeName, unknown, string, Revision?][] = [
  [
    'InitializeResult',
    { protocolVersion: 1, capabilities: {}, serverInfo: { name: 'a', version: '1' } },
    'protocolVersion: must be string',
  ],
  [
    'InitializeResult',
    { protocolVersion: 'x', capabilities: [], serverInfo: { name: 'a', version: '1' } },
    'capabilities: must be object',
  ],
  [
    'InitializeResult',
    { protocolVersion: 'x', capabilities: {}, serverInfo: { name: 'a' } },
    'serverInfo.version: is missing',
  ],
  ['ServerCapabilities', { tools: { listChanged: 'yes' } }, 'tools.listChanged: must be boolean'],
  ['ServerCapabilities', { completions: true }, 'completions: must be object'],
  [
    'ListToolsResult',
    { tools: [tool, { ...tool, inputSchema: { type: 'string' } }] },
    'tools[1].inputSchema.type: must be "object"',
  ],
  ['ListToolsResult', { tools: {} }, 'tools: must be array'],
  ['ListToolsResult', { tools: [], nextCursor: 5 }, 'nextCursor: must be string or null'],
  ['Tool', { ...tool, description: null }, 'description: must be string'],
  [
    'Tool',
    { ...tool, execution: { taskSupport: 'yes' } },
    'execution.taskSupport: must be "forbidden" or "optional" or "required"',
  ],
  ['CallToolResult', { content: text }, 'content: must be array'],
  ['CallToolResult', { content: [audio] }, 'content[0].type: must be "text" or "image" or "resource"', '2024-11-05'],
  [
    'CallToolResult',
    { content: [link] },
    'content[0].type: must be "text" or "image" or "audio" or "resource"',
    '2025-03-26',
  ],
  ['CallToolResult', { content: [{ ...audio, data: 'A-_A' }] }, 'content[0].data: must be base64 (RFC 4648, padded)'],
  ['CallToolResult', { content: [], _meta: null }, '_meta: must be object'],
  [
    'ReadResourceResult',
    { contents: [{ uri: 'a:b' }] },
    'contents[0]: must have text (a string) or blob (a base64 string)',
  ],
  ['ReadResourceResult', { contents: [{ uri: 'a b', text: '' }] }, 'contents[0].uri: must be a URI (RFC 3986)'],
  ['Resource', { uri: 'a:b', name: 'n', size: '5' }, 'size: must be integer'],
  ['ResourceTemplate', { uriTemplate: 'a:{', name: 'n' }, 'uriTemplate: must be a URI template (RFC 6570)'],
  [
    'GetPromptResult',
    { messages: [{ role: 'system', content: text }] },
    'messages[0].role: must be "user" or "assistant"',
  ],
  ['GetPromptResult', { messages: [{ role: 'user', content: [text] }] }, 'messages[0].content: must be object'],
  ['CompleteResult', { completion: { values: [1] } }, 'completion.values[0]: must be string'],
  ['Annotations', { priority: 2 }, 'priority: must be <= 1'],
  ['Icons', [{ ...icon, sizes: '48x48' }], '[0].sizes: must be array'],
  ['ProgressNotification', call('notifications/progress', { progress: 1 }), 'params.progressToken: is missing'],
  ['LogNotification', call('notifications/message', { level: 'warn', data: 1 }), 'params.level: must be "debug" or'],
  ['LogNotification', call('notifications/message', { level: 'info' }), 'params.data: is missing'],
  ['CreateMessageRequest', call('sampling/createMessage', { messages: [] }), 'params.maxTokens: is missing'],
  [
    'CreateMessageRequest',
    call('sampling/createMessage', { messages: [{ role: 'user', content: [text] }], maxTokens: 5 }),
    'content: must be object',
    '2025-06-18',
  ],
  ['ElicitRequest', ask({ type: 'object' }), 'requestedSchema.properties.a.type: must be'],
  [
    'ElicitRequest',
    call('elicitation/create', { mode: 'url', message: 'm', url: 'https://a.example' }),
    'params.elicitationId: is missing',
  ],
  ['EmptyResult', null, '(the whole): must be object'],
  ['DiscoverResult', { ...discovery, ttlMs: undefined }, 'ttlMs: is missing', '2026-07-28'],
  ['DiscoverResult', { ...discovery, supportedVersions: 'x' }, 'supportedVersions: must be array', '2026-07-28'],
  ['DiscoverResult', { ...discovery, cacheScope: 'all' }, 'cacheScope: must be "public" or "private"', '2026-07-28'],
  ['InputRequiredResult', { resultType: 'input_required' }, 'must have inputRequests or requestState', '2026-07-28'],
  [
    'InputRequiredResult',
    { ...questions, inputRequests: { a: { method: 'ping' } } },
    'inputRequests.a.method: must be "elicitation/create" or',
    '2026-07-28',
  ],
  [
    'InputRequiredResult',
    { ...questions, inputRequests: { a: { ...byUrl, params: { mode: 'url', message: 'm' } } } },
    'inputRequests.a.params.url: is missing',
    '2026-07-28',
  ],
  ['SubscriptionsAcknowledgedNotification', acknowledged(undefined), 'params.notifications: is missing', '2026-07-28'],
  ['SubscriptionsListenResult', {}, '_meta: is missing', '2026-07-28'],
  ['UnsupportedVersionData', { supported: ['a'] }, 'requested: is missing', '2026-07-28'],
]

describe('shapeProblems', () => {
  it.each(good)('lets a good %s pass: %j', (name, value, revision = '2025-11-25') => {
    expect(shapeProblems(name, value, revision)).toEqual([])
  })

  it.each(bad)('reports a bad %s: %j', (name, value, problem, revision = '2025-11-25') => {
    expect(shapeProblems(name, value, revision)).toEqual([expect.stringContaining(problem)])
  })
})

describe('formats', () => {
  it('reads base64 strictly', () => {
    expect(['', 'AA==', 'AAA=', 'AA+/'].filter((one) => !isBase64(one))).toEqual([])
    expect(['A', 'AA', 'AA=', 'A===', 'AA-_', 'AAAA\n', 'AA\nAA'].filter(isBase64)).toEqual([])
  })

  it('reads URIs as RFC 3986 has them', () => {
    const uris = [
      'file:///a/b',
      'x:y',
      'weather://city/%C3%A4?a=b#c',
      'http://[::1]:80/',
      'urn:a:b',
      'a+b.c-1://h',
      'memo://',
    ]
    expect(uris.filter((one) => !isUri(one))).toEqual([])
    expect(
      ['', 'a', '/a', 'a b:c', '1a:b', 'a:b c', 'a:ä', 'a:%zz', 'a_b:c', 'a:{b}', '://a', 'a:b#c#d'].filter(isUri),
    ).toEqual([])
  })

  it('reads URI templates as RFC 6570 has them', () => {
    const templates = ['a:b', 'a:{b}', 'a:{+b}', 'a:{b,c}', 'a:{b:3}', 'a{?b*,c}', 'a:{b.c}', "a:'{b}", 'ä:{%20}']
    expect(templates.filter((one) => !isUriTemplate(one))).toEqual([])
    expect(
      ['a:{', 'a:}', 'a:{}', 'a:{{b}}', 'a:{b', 'a b', 'a:{b-c}', 'a:{b:0}', 'a:{-b}', 'a:{b c}', 'a:<b>'].filter(
        isUriTemplate,
      ),
    ).toEqual([])
  })
})

it.each(revisions)('the schemas of %s are schemas', (revision) => {
  expect(schemaProblems({ $defs: shapeSchemas(revision) })).toEqual([])
})
