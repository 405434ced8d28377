import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import {
  ask,
  type Deviation,
  MODERN,
  modernHeaders,
  modernRequest,
  refusalOf,
  responseOf,
} from '../testing/modern-client.js'
import { initialize, type Message, post } from '../testing/raw-client.js'

describe.each(['sse', 'json'] as const)('what every request needs, answered as %s', (response) => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode: 'modern', response })
  })
  afterAll(() => server.close())

  const HEADER = 'mcp-protocol-version'
  const wrong: [string, Deviation, number][] = [
    ['no version header', { headers: { [HEADER]: undefined } }, -32020],
    ['no version in _meta', { meta: { protocolVersion: undefined } }, -32602],
    ['a version of the wrong type', { meta: { protocolVersion: 20260728 } }, -32602],
    ['two known versions that differ', { headers: { [HEADER]: '2025-11-25' } }, -32020],
    ['an unknown version in _meta alone', { meta: { protocolVersion: '1999-01-01' } }, -32020],
    ['an unknown version', { headers: { [HEADER]: '1999-01-01' }, meta: { protocolVersion: '1999-01-01' } }, -32022],
    ['an old version', { headers: { [HEADER]: '2025-11-25' }, meta: { protocolVersion: '2025-11-25' } }, -32022],
    ['no capabilities', { meta: { clientCapabilities: undefined } }, -32602],
    ['capabilities of the wrong type', { meta: { clientCapabilities: 'all' } }, -32602],
    ['a capability of the wrong type', { meta: { clientCapabilities: { elicitation: true } } }, -32602],
    ['a client without a version', { meta: { clientInfo: { name: 'x' } } }, -32602],
    ['an unknown log level', { meta: { logLevel: 'loud' } }, -32602],
    ['a progress token of the wrong type', { meta: { progressToken: {} } }, -32602],
    ['no method header', { headers: { 'mcp-method': undefined } }, -32020],
    ['another method in the header', { headers: { 'mcp-method': 'tools/call' } }, -32020],
    ['the method in another case', { headers: { 'mcp-method': 'TOOLS/LIST' } }, -32020],
  ]
  it.each(wrong)('refuses %s', async (_name, deviation, code) => {
    for (const id of ['a', 0, -7, '']) {
      const reply = await ask(server.url, 'tools/list', {}, { ...deviation, id })
      expect(refusalOf(reply)).toEqual([400, code])
      expect(responseOf(reply).id).toBe(id)
      expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
    }
  })

  it('refuses a request without any _meta', async () => {
    const message = modernRequest('tools/list')
    for (const params of [undefined, {}]) {
      const reply = await post(server.url, { ...message, params }, modernHeaders(message))
      expect(refusalOf(reply)).toEqual([400, -32602])
    }
  })

  it('tells the versions, and echoes the one asked for', async () => {
    const deviation = { headers: { [HEADER]: '1999-01-01' }, meta: { protocolVersion: '1999-01-01' } }
    const { error } = responseOf(await ask(server.url, 'server/discover', {}, deviation))
    const { result } = responseOf(await ask(server.url, 'server/discover'))
    expect(error.data).toEqual({ supported: result.supportedVersions, requested: '1999-01-01' })
    expect(result.supportedVersions).toEqual([MODERN])
  })

  it('names its version to those who initialize', async () => {
    const handshake = await post(server.url, initialize('2025-11-25'))
    expect(refusalOf(handshake)).toEqual([400, -32022])
    expect(responseOf(handshake).error.data).toEqual({ supported: [MODERN], requested: '2025-11-25' })
    const known = await post(server.url, initialize('2025-11-25'), { [HEADER]: MODERN, 'mcp-method': 'initialize' })
    expect(JSON.stringify(responseOf(known).error)).toContain(MODERN)
    const modern = await ask(server.url, 'initialize', initialize().params)
    expect(refusalOf(modern)).toEqual([404, -32601])
    expect(JSON.stringify(responseOf(modern).error)).toContain(MODERN)
  })

  it('serves clients that do not say who they are', async () => {
    for (const clientInfo of [undefined, { name: 'inspector', version: '2' }]) {
      const reply = await ask(server.url, 'server/discover', {}, { meta: { clientInfo } })
      const own = await ask(server.url, 'server/discover')
      expect(responseOf(reply)).toEqual(responseOf(own))
    }
  })

  it.each([
    'no/such',
    'ping',
    'logging/setLevel',
    'resources/subscribe',
    'resources/unsubscribe',
    'tasks/list',
    'roots/list',
    'toString',
  ])('has no method %s', async (method) => {
    expect(refusalOf(await ask(server.url, method))).toEqual([404, -32601])
  })

  const bodies: [string, unknown, number][] = [
    ['broken JSON', '{"jsonrpc":"2.0",', -32700],
    ['nothing', '', -32700],
    ['a batch', [modernRequest('tools/list')], -32600],
    ['a request without a method', { jsonrpc: '2.0', id: 1 }, -32600],
    ['another JSON-RPC', { ...modernRequest('tools/list'), jsonrpc: '1.0' }, -32600],
    ['the id null', modernRequest('tools/list', {}, { id: null }), -32600],
    ['a fraction as id', modernRequest('tools/list', {}, { id: 1.5 }), -32600],
    ['a response', { jsonrpc: '2.0', id: 1, result: {} }, -32600],
  ]
  it.each(bodies)('refuses %s', async (_name, body, code) => {
    const reply = await post(server.url, body, { [HEADER]: MODERN, 'mcp-method': 'tools/list' })
    expect(refusalOf(reply)).toEqual([400, code])
    expect(responseOf(reply).id).not.toBeNull()
  })

  it('refuses outside of JSON-RPC with no code that is reserved', async () => {
    const message = modernRequest('tools/list')
    const headers = modernHeaders(message)
    const replies: Message[] = []
    for (const more of [{ accept: 'text/html' }, { 'content-type': 'text/plain' }, { origin: 'https://evil.example' }])
      replies.push(await post(server.url, message, { ...headers, ...more }))
    replies.push(await post(server.url, `"${'x'.repeat(5_000_000)}"`, headers))
    expect(replies.map(({ status, messages }) => [status, messages[0].error.code])).toEqual([
      [406, 406],
      [415, 415],
      [403, 403],
      [413, 413],
    ])
  })

  it('takes any notification with 202 and no body', async () => {
    const notification = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }
    for (const headers of [{}, { [HEADER]: MODERN, 'mcp-method': 'notifications/cancelled' }]) {
      const reply = await post(server.url, notification, headers)
      expect([reply.status, reply.text]).toEqual([202, ''])
    }
    expect((await post(server.url, { jsonrpc: '2.0', method: 5 })).status).toBe(400)
  })
})
