import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { ask, callTool, MODERN, modernHeaders, modernRequest, refusalOf, responseOf } from '../testing/modern-client.js'
import { call, handshake, initialize, openStream, post, request } from '../testing/raw-client.js'

describe('one endpoint for two eras', () => {
  let server: RunningReference
  beforeEach(async () => {
    server = await startReference({ mode: 'dual' })
  })
  afterEach(() => server.close())

  it('keeps sessions for those who initialize, and mints none for the others', async () => {
    const session = await handshake(server)
    expect(session['mcp-session-id']).toBeDefined()
    const older = await post(server.url, request(1, 'tools/list'), session)
    expect([older.messages[0]?.result.tools.length, older.messages[0]?.result.resultType]).toEqual([4, undefined])
    const newer = await ask(server.url, 'tools/list')
    expect([newer.headers.get('mcp-session-id'), responseOf(newer).result.resultType]).toEqual([null, 'complete'])
  })

  it('serves both at once, a modern request with a session id included', async () => {
    const session = await handshake(server)
    const id = session['mcp-session-id']
    const newer = await ask(server.url, 'server/discover', {}, { headers: { 'mcp-session-id': id } })
    expect(responseOf(newer).result.supportedVersions).toEqual([MODERN])
    expect((await fetch(server.url, { method: 'DELETE', headers: session })).status).toBe(204)
    expect((await post(server.url, request(1, 'ping'), session)).status).toBe(404)
    expect((await ask(server.url, 'server/discover', {}, { headers: { 'mcp-session-id': id } })).status).toBe(200)
  })

  it('answers in the words of the era that the body claims', async () => {
    const session = await handshake(server)
    expect((await post(server.url, request(1, 'tools/list'))).messages[0]?.error.code).toBe(400)
    expect(refusalOf(await ask(server.url, 'ping'))).toEqual([404, -32601])
    expect(refusalOf(await ask(server.url, 'tools/list', {}, { headers: { 'mcp-method': undefined } }))).toEqual([
      400, -32020,
    ])
    const version = { meta: { protocolVersion: '2025-11-25' }, headers: { 'mcp-protocol-version': '2025-11-25' } }
    expect(refusalOf(await ask(server.url, 'tools/list', {}, version))).toEqual([400, -32022])
    expect(refusalOf(await post(server.url, request(1, 'tools/list'), { 'mcp-protocol-version': MODERN }))).toEqual([
      400, -32602,
    ])
    expect((await post(server.url, request(1, 'ping'), session)).messages[0]?.result).toEqual({})
    const missing = await post(server.url, request(1, 'resources/read', { uri: 'weather://nowhere' }), session)
    expect(missing.messages[0]?.error.code).toBe(-32002)
  })

  it('does not take a client for modern that only writes of it', async () => {
    const session = await handshake(server)
    const location = 'io.modelcontextprotocol/protocolVersion'
    const { messages } = await post(server.url, call(1, 'get_weather', { location }), session)
    expect(messages.at(-1)?.result.resultType).toBeUndefined()
    expect((await post(server.url, `{"${location}`, session)).messages[0]?.error.code).toBe(-32700)
  })

  it('negotiates every older revision', async () => {
    for (const revision of ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])
      expect((await post(server.url, initialize(revision))).messages.at(-1)?.result.protocolVersion).toBe(revision)
    expect((await post(server.url, initialize(MODERN))).messages.at(-1)?.result.protocolVersion).toBe('2025-11-25')
  })

  it('tells subscribers of both eras of one change', async () => {
    const session = await handshake(server)
    await post(server.url, request(1, 'resources/subscribe', { uri: 'weather://stations' }), session)
    const older = await openStream(server.url, session)
    const filter = { notifications: { resourceSubscriptions: ['weather://stations'] } }
    const listen = modernRequest('subscriptions/listen', filter)
    const newer = await openStream(server.url, modernHeaders(listen), listen)
    await newer.until(({ data }) => data.includes('acknowledged'))
    await callTool(server.url, 'refresh_stations', {})
    await post(server.url, call(2, 'refresh_stations', {}), session)
    for (const stream of [older, newer])
      await stream.until(() => stream.events.filter(({ data }) => data.includes('resources/updated')).length === 2)
    older.abort()
    newer.abort()
  })
})
