import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { ask, callTool, modernHeaders, modernRequest, refusalOf, responseOf } from '../testing/modern-client.js'
import { type Message, openStream, type Reply } from '../testing/raw-client.js'

const SERVER_INFO = 'io.modelcontextprotocol/serverInfo'
const LISTS = ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list']
const notificationsIn = ({ messages }: Reply) =>
  messages.slice(0, -1).map(({ method, params }) => ({ method, ...params }))

describe.each(['sse', 'json'] as const)('2026-07-28 over HTTP, answered as %s', (response) => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode: 'modern', response })
  })
  afterAll(() => server.close())

  const resultOf = async (method: string, params?: Message): Promise<Message> =>
    responseOf(await ask(server.url, method, params)).result

  it('knows POST alone', async () => {
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const headers = { accept: 'text/event-stream', 'mcp-session-id': 'x' }
      const reply = await fetch(server.url, { method, headers })
      expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    }
  })

  it('answers in its format, sessions and event ids ignored', async () => {
    const plain = await ask(server.url, 'tools/list')
    const headers = { 'mcp-session-id': 'f00', 'last-event-id': '1.1' }
    const reply = await ask(server.url, 'tools/list', {}, { headers })
    expect(reply.text).toBe(plain.text)
    expect(reply.headers.get('content-type')).toMatch(response === 'sse' ? /^text\/event-stream/ : /^application\/json/)
    expect(reply.headers.get('x-accel-buffering')).toBe(response === 'sse' ? 'no' : null)
    expect(reply.headers.get('mcp-session-id')).toBeNull()
    expect(reply.text).not.toMatch(/^id:/m)
  })

  it('introduces itself in discovery', async () => {
    expect(await resultOf('server/discover')).toEqual({
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        completions: {},
        logging: {},
      },
      instructions: expect.any(String),
      ttlMs: expect.any(Number),
      cacheScope: 'public',
      _meta: { [SERVER_INFO]: { name: 'weather', title: 'Weather', version: '1.0.0' } },
    })
  })

  it('says with each cacheable result how long it may be kept, and with no other', async () => {
    for (const method of ['server/discover', ...LISTS]) {
      const { ttlMs, cacheScope, resultType } = await resultOf(method)
      expect([Number.isInteger(ttlMs) && ttlMs >= 0, cacheScope, resultType]).toEqual([true, 'public', 'complete'])
    }
    const read = await resultOf('resources/read', { uri: 'weather://stations' })
    expect([read.ttlMs, read.cacheScope]).toEqual([60_000, 'public'])
    const ref = { type: 'ref/prompt', name: 'plan_day' }
    for (const result of [
      await resultOf('tools/call', { name: 'list_stations', arguments: {} }),
      await resultOf('prompts/get', { name: 'plan_day', arguments: { city: 'Oslo' } }),
      await resultOf('completion/complete', { ref, argument: { name: 'city', value: 'm' } }),
    ]) {
      expect([result.resultType, result.ttlMs, result.cacheScope]).toEqual(['complete', undefined, undefined])
      expect(result._meta[SERVER_INFO].name).toBe('weather')
    }
  })

  it('pages through fourteen tools with one cache scope, always the same', async () => {
    const walk = async () => {
      const pages: Message[] = []
      do pages.push(await resultOf('tools/list', pages.length > 0 ? { cursor: pages.at(-1)!.nextCursor } : {}))
      while (pages.at(-1)!.nextCursor !== undefined)
      return pages
    }
    const pages = await walk()
    expect(pages.flatMap(({ tools }) => tools)).toHaveLength(14)
    expect(new Set(pages.map(({ cacheScope }) => cacheScope)).size).toBe(1)
    await callTool(server.url, 'reload_lists', {})
    const others = await Promise.all([walk(), walk()])
    expect(others).toEqual([pages, pages])
  })

  it.each([
    ['an unknown resource', 'resources/read', { uri: 'weather://nowhere' }],
    ['a path traversal', 'resources/read', { uri: 'weather://station/../stations' }],
    ['an unknown tool', 'tools/call', { name: 'Get_Weather', arguments: {} }],
    ['arguments in an array', 'tools/call', { name: 'get_weather', arguments: ['Oslo'] }],
    ['an unknown prompt', 'prompts/get', { name: 'nope' }],
    ['a missing prompt argument', 'prompts/get', { name: 'plan_day' }],
    ['a made-up cursor', 'tools/list', { cursor: 'made-up' }],
    ['a cursor of another type', 'resources/list', { cursor: 5 }],
    ['no completion argument', 'completion/complete', { ref: { type: 'ref/prompt', name: 'plan_day' } }],
  ])('answers %s with -32602', async (_name, method, params) => {
    const { error, id } = responseOf(await ask(server.url, method, params, { id: 'x' }))
    expect([id, error.code]).toEqual(['x', -32602])
    expect(error.message).not.toMatch(/\n|-32/)
  })

  it('refuses a call without a name', async () => {
    const reply = await ask(server.url, 'tools/call', { arguments: {} }, { headers: { 'mcp-name': 'get_weather' } })
    expect(responseOf(reply).error.code).toBe(-32602)
  })

  it('reports failures of a tool with isError', async () => {
    for (const [name, args] of [
      ['get_weather', { location: 5 }],
      ['get_alerts', { location: 'Atlantis' }],
    ] as const)
      expect(responseOf(await callTool(server.url, name, args)).result).toMatchObject({
        isError: true,
        resultType: 'complete',
      })
  })

  it('succeeds with its safe tools', async () => {
    for (const { name, arguments: args } of server.safeTools) {
      const encoded = `=?base64?${Buffer.from(String(args.location)).toString('base64')}?=`
      const mirrored = { 'mcp-param-location': encoded, 'mcp-param-day': '1', 'mcp-param-detailed': 'true' }
      const headers = name === 'get_air_quality' ? mirrored : {}
      const { result } = responseOf(await callTool(server.url, name, args, { headers }))
      expect(result.isError).toBeUndefined()
    }
  })

  it('sends progress and log messages where they were asked for', async () => {
    const meta = { progressToken: 7, logLevel: 'notice' }
    const told = notificationsIn(await callTool(server.url, 'get_alerts', { location: 'Oslo', delayMs: 0 }, { meta }))
    const office = (step: number) => [
      { method: 'notifications/progress', progressToken: 7, progress: step, total: 3, message: expect.any(String) },
      { method: 'notifications/message', level: 'notice', logger: 'weather', data: expect.any(String) },
    ]
    expect(told).toEqual(response === 'sse' ? [1, 2, 3].flatMap(office) : [])
  })

  it('is silent otherwise', async () => {
    const calls: [string, Message, Message, number][] = [
      ['get_alerts', { location: 'Oslo', delayMs: 0 }, {}, 0],
      ['get_weather', { location: 'Oslo' }, {}, 0],
      ['get_weather', { location: 'Oslo' }, { logLevel: 'error' }, 0],
      ['get_weather', { location: 'Oslo' }, { logLevel: 'info' }, 1],
      ['get_weather', { location: 'Oslo' }, { logLevel: 'debug' }, 2],
    ]
    // All at once, so that none can borrow the level of another.
    const replies = await Promise.all(calls.map(([name, args, meta]) => callTool(server.url, name, args, { meta })))
    expect(replies.map((reply) => notificationsIn(reply).length)).toEqual(
      calls.map(([, , , count]) => (response === 'sse' ? count : 0)),
    )
  })

  it('keeps calls with equal ids apart', async () => {
    const places = Array.from({ length: 30 }, (_, index) => `Place ${index}`)
    const replies = await Promise.all(
      places.map((location) => callTool(server.url, 'get_weather', { location }, { id: 'same' })),
    )
    for (const [index, reply] of replies.entries())
      expect(responseOf(reply).result.content[0].text).toContain(`Weather in ${places[index]}:`)
  })
})

it('answers what is running and refuses the rest when it stops', async () => {
  const server = await startReference({ mode: 'modern' })
  const params = { name: 'get_alerts', arguments: { location: 'Oslo', steps: 4, delayMs: 20 } }
  const message = modernRequest('tools/call', params, { meta: { progressToken: 1 } })
  const running = await openStream(server.url, modernHeaders(message), message)
  await running.until(({ data }) => data.includes('progress'))
  const closed = server.close()
  expect(refusalOf(await ask(server.url, 'tools/list'))).toEqual([503, 503])
  await running.ended
  expect(running.events.at(-1)?.data).toContain('"result"')
  await closed
})

it('cuts off what takes too long', async () => {
  const server = await startReference({ mode: 'modern', response: 'json' })
  const slow = callTool(server.url, 'get_alerts', { location: 'Oslo', steps: 50, delayMs: 1000 })
  await ask(server.url, 'server/discover')
  await server.close()
  expect(refusalOf(await slow)).toEqual([503, 503])
})
