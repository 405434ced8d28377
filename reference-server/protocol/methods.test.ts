import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { call, handshake, type Message, post, request } from '../testing/raw-client.js'

describe('methods', () => {
  let server: RunningReference
  let client: Record<string, string>
  beforeAll(async () => {
    server = await startReference({ mode: 'stateful', response: 'json' })
    client = await handshake(server)
  })
  afterAll(() => server.close())

  const answer = async (body: Message) => (await post(server.url, body, client)).messages[0]!

  it('pages through the tools with stable cursors', async () => {
    const walk = async () => {
      const pages: { cursor: string | undefined; names: string[] }[] = []
      let cursor: string | undefined
      do {
        const { result } = await answer(request(1, 'tools/list', cursor === undefined ? {} : { cursor }))
        pages.push({ cursor, names: result.tools.map(({ name }: { name: string }) => name) })
        cursor = result.nextCursor
      } while (cursor !== undefined)
      return pages
    }
    const pages = await walk()
    expect(pages.length).toBeGreaterThanOrEqual(3)
    expect(new Set(pages.flatMap(({ names }) => names)).size).toBe(10)
    expect(await walk()).toEqual(pages)
  })

  it('succeeds with its safe tools', async () => {
    for (const tool of server.safeTools) {
      const { result } = await answer(call(1, tool.name, tool.arguments))
      expect(result.isError).toBeUndefined()
    }
  })

  it.each([
    ['an unfit type', 'get_weather', { location: 5 }],
    ['a missing argument', 'get_weather', {}],
    ['an empty place', 'get_weather', { location: '' }],
    ['markup', 'get_weather', { location: '<b>Oslo</b>' }],
    ['control characters', 'get_weather', { location: '\u001b[31mOslo' }],
    ['an unknown key', 'get_weather', { location: 'Oslo', extra: 1 }],
    ['a number out of range', 'get_forecast', { location: 'Oslo', days: 8 }],
    ['a fraction', 'get_forecast', { location: 'Oslo', days: 1.5 }],
    ['a place without an office', 'get_alerts', { location: 'Atlantis' }],
    ['an unknown station', 'get_station', { station: 'nowhere' }],
  ])('reports %s with isError', async (_name, tool, args) => {
    const { result } = await answer(call(1, tool, args))
    expect(result).toMatchObject({ isError: true, content: [{ type: 'text' }] })
    expect(result.structuredContent).toBeUndefined()
  })

  const reference = { type: 'ref/resource', uri: 'weather://station/{id}' }
  it.each([
    ['an unknown method', 'no/such', {}, -32601],
    ['an unknown tool', 'tools/call', { name: 'Get_Weather', arguments: { location: 'Oslo' } }, -32602],
    ['a call without a name', 'tools/call', { arguments: {} }, -32602],
    ['arguments in an array', 'tools/call', { name: 'get_weather', arguments: ['Oslo'] }, -32602],
    ['params in an array', 'tools/call', ['get_weather'], -32602],
    ['a made-up cursor', 'tools/list', { cursor: 'made-up' }, -32602],
    ['an empty cursor', 'resources/list', { cursor: '' }, -32602],
    ['an unknown resource', 'resources/read', { uri: 'weather://nowhere' }, -32002],
    ['a path traversal', 'resources/read', { uri: 'weather://station/../stations' }, -32002],
    ['no uri', 'resources/read', {}, -32602],
    ['a subscription to nothing', 'resources/subscribe', { uri: 'weather://nowhere' }, -32002],
    ['an unknown prompt', 'prompts/get', { name: 'nope' }, -32602],
    ['a missing prompt argument', 'prompts/get', { name: 'plan_day' }, -32602],
    ['a prompt argument of a wrong type', 'prompts/get', { name: 'plan_day', arguments: { city: 5 } }, -32602],
    ['an unknown log level', 'logging/setLevel', { level: 'loud' }, -32602],
    [
      'an unknown reference',
      'completion/complete',
      { ref: { ...reference, uri: 'x' }, argument: { name: 'id', value: '' } },
      -32602,
    ],
    ['no completion argument', 'completion/complete', { ref: reference }, -32602],
    ['an undeclared capability', 'tasks/list', {}, -32601],
  ])('answers %s with its code', async (_name, method, params, code) => {
    const { error, id } = await answer(request(1, method, params))
    expect({ id, code: error.code }).toEqual({ id: 1, code })
    expect(error.message).not.toMatch(/\n|-32/)
  })

  it('takes all eight log levels', async () => {
    for (const level of ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'])
      expect((await answer(request(1, 'logging/setLevel', { level }))).result).toEqual({})
  })

  it('reads its resources, completes the ids, and reads each', async () => {
    const { result } = await answer(request(1, 'resources/read', { uri: 'weather://stations' }))
    const listed = (await answer(request(1, 'resources/list'))).result.resources[0]
    expect(Buffer.byteLength(result.contents[0].text)).toBe(listed.size)
    const params = { ref: reference, argument: { name: 'id', value: '' } }
    const { completion } = (await answer(request(1, 'completion/complete', params))).result
    for (const id of completion.values) {
      const read = await answer(request(1, 'resources/read', { uri: `weather://station/${id}` }))
      expect(JSON.parse(read.result.contents[0].text).id).toBe(id)
    }
  })

  it('fills in its prompt', async () => {
    const params = { name: 'plan_day', arguments: { city: '{{city}} weather://stations' } }
    const { result } = await answer(request(1, 'prompts/get', params))
    expect(result.messages[0].content.text).toContain('{{city}} weather://stations')
  })
})

it('declares nothing that needs a memory when it is stateless', async () => {
  const server = await startReference({ mode: 'stateless', response: 'json' })
  for (const [method, params] of [
    ['logging/setLevel', { level: 'info' }],
    ['resources/subscribe', { uri: 'weather://stations' }],
  ] as const)
    expect((await post(server.url, request(1, method, params))).messages[0]?.error.code).toBe(-32601)
  await server.close()
})
