import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import {
  ask,
  callTool,
  modernHeaders,
  modernRequest,
  refusalOf,
  responseOf,
  sendRaw,
} from '../testing/modern-client.js'
import { type Message, post } from '../testing/raw-client.js'

const base64 = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`

describe('mirrored headers', () => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode: 'modern' })
  })
  afterAll(() => server.close())

  const weather = (headers: Record<string, string | undefined>) =>
    callTool(server.url, 'get_weather', { location: 'Oslo' }, { headers })
  const air = (args: Message, headers: Record<string, string>) =>
    callTool(server.url, 'get_air_quality', args, { headers })

  const named: [string, Message][] = [
    ['tools/call', { name: 'get_weather', arguments: { location: 'Oslo' } }],
    ['prompts/get', { name: 'plan_day', arguments: { city: 'Oslo' } }],
    ['resources/read', { uri: 'weather://stations' }],
  ]
  it.each(named)('needs the name that %s has in the body', async (method, params) => {
    const name = String(params.name ?? params.uri)
    const answer = (value: string | undefined) => ask(server.url, method, params, { headers: { 'mcp-name': value } })
    expect(responseOf(await answer(name)).result.resultType).toBe('complete')
    expect(responseOf(await answer(base64(name))).result.resultType).toBe('complete')
    for (const wrong of [undefined, '', 'other', name.toUpperCase(), base64('other'), `${name}, ${name}`])
      expect(refusalOf(await answer(wrong))).toEqual([400, -32020])
  })

  it('runs neither tool when header and body name two', async () => {
    const reply = await weather({ 'mcp-name': 'get_forecast' })
    expect(refusalOf(reply)).toEqual([400, -32020])
    expect(reply.messages).toHaveLength(1)
  })

  it.each(['=?base64?!!!?=', '=?base64?Z2V0X3dlYXRoZXI?=', '=?base64?/w==?=', '=?base64? Z2V0X3dlYXRoZXI=?='])(
    'refuses the sentinel %s',
    async (value) => {
      expect(refusalOf(await weather({ 'mcp-name': value }))).toEqual([400, -32020])
      expect(refusalOf(await air({ location: 'Oslo' }, { 'mcp-param-location': value }))).toEqual([400, -32020])
    },
  )

  it('takes what only looks like a sentinel for itself', async () => {
    for (const value of ['=?BASE64?Z2V0X3dlYXRoZXI=?=', '=?base64?Z2V0X3dlYXRoZXI='])
      expect(responseOf(await weather({ 'mcp-name': value })).error.message).toMatch(/differ/)
  })

  it('compares header names in any case, and refuses bytes that no header may have', async () => {
    const message = modernRequest('tools/call', { name: 'get_air_quality', arguments: { location: 'Zürich' } })
    const lines = (named: string, place: string) => [
      ...['MCP-PROTOCOL-VERSION', '2026-07-28', 'mCp-MeThOd', 'tools/call'],
      ...['MCP-NAME', named, 'mcp-PARAM-location', place],
    ]
    const fine = await sendRaw(server.url, lines('get_air_quality', base64('Zürich')), message)
    expect([fine.status, fine.text]).toEqual([200, expect.stringContaining('Zürich')])
    // Node writes these as Latin-1, which is what the SDK would compare with the body.
    const raw = await sendRaw(server.url, lines('get_air_quality', 'Zürich'), message)
    expect([raw.status, JSON.parse(raw.text).error.code]).toEqual([400, -32020])
    const named = await sendRaw(server.url, lines('get_air_qualitÿ', base64('Zürich')), message)
    expect([named.status, JSON.parse(named.text).error.code]).toEqual([400, -32020])
  })

  it('refuses the same header twice', async () => {
    const message = modernRequest('tools/list')
    const twice = ['Mcp-Method', 'tools/list', 'mcp-method', 'tools/list', 'MCP-Protocol-Version', '2026-07-28']
    expect((await sendRaw(server.url, twice, message)).status).toBe(400)
  })

  const all = { 'mcp-param-location': 'Oslo', 'mcp-param-day': '4', 'mcp-param-detailed': 'true' }
  const args = { location: 'Oslo', day: 4, detailed: true }
  const good: [string, Message, Record<string, string>][] = [
    ['strings, integers and booleans', args, all],
    ['an integer written as a decimal', args, { ...all, 'mcp-param-day': '4.0' }],
    ['encoded values', args, { ...all, 'mcp-param-day': base64('4'), 'mcp-param-location': base64('Oslo') }],
    ['spaces around', { location: ' Oslo' }, { 'mcp-param-location': base64(' Oslo') }],
    ['a value that looks encoded', { location: '=?base64?x?=' }, { 'mcp-param-location': base64('=?base64?x?=') }],
    ['no header for an absent argument', { location: 'Oslo' }, { 'mcp-param-location': 'Oslo' }],
    ['headers that no parameter has', { location: 'Oslo' }, { 'mcp-param-location': 'Oslo', 'mcp-param-x': 'ÿ' }],
  ]
  it.each(good)('takes %s', async (_name, given, headers) => {
    const { result } = responseOf(await air(given, headers))
    expect([result.isError, result.structuredContent.location]).toEqual([undefined, given.location])
  })

  const bad: [string, Message, Record<string, string>][] = [
    ['another string', args, { ...all, 'mcp-param-location': 'oslo' }],
    ['another integer', args, { ...all, 'mcp-param-day': '5' }],
    ['an integer in other words', args, { ...all, 'mcp-param-day': '0x4' }],
    ['another boolean', args, { ...all, 'mcp-param-detailed': 'TRUE' }],
    ['a missing string', { location: 'Oslo' }, {}],
    ['a missing zero', { location: 'Oslo', day: 0 }, { 'mcp-param-location': 'Oslo' }],
    ['a missing false', { location: 'Oslo', detailed: false }, { 'mcp-param-location': 'Oslo' }],
    ['a header for an absent argument', { location: 'Oslo' }, { 'mcp-param-location': 'Oslo', 'mcp-param-day': '4' }],
    ['invalid characters', { location: 'é' }, { 'mcp-param-location': 'é' }],
  ]
  it.each(bad)('refuses %s', async (_name, given, headers) => {
    expect(refusalOf(await air(given, headers))).toEqual([400, -32020])
  })

  it.each([
    [{ location: 'Oslo', day: null }, { 'mcp-param-location': 'Oslo' }],
    [{ location: { city: 'Oslo' } }, {}],
  ] as [Message, Record<string, string>][])('leaves %j to the schema of the tool', async (given, headers) => {
    expect(responseOf(await air(given, headers)).result.isError).toBe(true)
  })

  it('annotates only what may be annotated', async () => {
    const names: string[] = []
    let cursor: string | undefined
    do {
      const { result } = responseOf(await ask(server.url, 'tools/list', cursor === undefined ? {} : { cursor }))
      for (const { inputSchema } of result.tools)
        for (const schema of Object.values<Message>(inputSchema.properties)) {
          if (schema['x-mcp-header'] === undefined) continue
          expect(['string', 'integer', 'boolean']).toContain(schema.type)
          names.push(schema['x-mcp-header'])
        }
      cursor = result.nextCursor
    } while (cursor !== undefined)
    expect(names).toEqual(['Location', 'Day', 'Detailed'])
  })

  it('lets browsers send them', async () => {
    const origin = 'http://localhost:5173'
    const preflight = { origin, 'access-control-request-method': 'POST' }
    const reply = await fetch(server.url, { method: 'OPTIONS', headers: preflight })
    const allowed = reply.headers.get('access-control-allow-headers')?.toLowerCase().split(', ')
    const message = modernRequest('tools/call', { name: 'get_air_quality' })
    for (const name of [...Object.keys(modernHeaders(message)), ...Object.keys(all)]) expect(allowed).toContain(name)
    const served = await post(server.url, modernRequest('tools/list'), {
      ...modernHeaders(modernRequest('tools/list')),
      origin,
    })
    expect([served.status, served.headers.get('access-control-allow-origin')]).toEqual([200, origin])
  })
})
