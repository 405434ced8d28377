import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { call, initialize, type OpenStream, openStream, post, request } from '../testing/raw-client.js'

describe('HTTP+SSE', () => {
  let server: RunningReference
  let stream: OpenStream
  let endpoint: string
  beforeEach(async () => {
    server = await startReference({ mode: 'sse' })
    stream = await openStream(server.url, {})
    const [first] = await stream.until(() => true)
    expect(first?.event).toBe('endpoint')
    endpoint = new URL(first!.data, server.url).href
  })
  afterEach(async () => {
    stream.abort()
    await server.close()
  })

  const answerTo = async (id: unknown) => {
    const mine = ({ data }: { data: string }) => data.startsWith('{') && JSON.parse(data).id === id
    const event = (await stream.until(mine)).find(mine)
    expect(event?.event).toBe('message')
    return JSON.parse(event!.data)
  }
  const send = async (body: unknown) => {
    const { status, text } = await post(endpoint, body)
    expect([status, text]).toEqual([202, ''])
  }

  it('answers on the stream, and knows only what 2024-11-05 knows', async () => {
    await send(initialize('2024-11-05'))
    const { result } = await answerTo('init')
    expect(result.protocolVersion).toBe('2024-11-05')
    expect(Object.keys(result.capabilities)).not.toContain('completions')
    await send(request(0, 'tools/list'))
    const { tools } = (await answerTo(0)).result
    for (const tool of tools) expect(Object.keys(tool)).toEqual(['name', 'description', 'inputSchema'])
    await send(call(1, 'get_forecast', { location: 'Oslo', days: 1 }))
    expect(Object.keys((await answerTo(1)).result)).toEqual(['content'])
  })

  it('cancels the request 0', async () => {
    await send(initialize('2024-11-05'))
    await send(call(0, 'get_alerts', { location: 'Oslo', steps: 50, delayMs: 20 }, { progressToken: 'p' }))
    await stream.until(({ data }) => data.includes('progress'))
    await send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 0 } })
    await send(request(0, 'ping'))
    expect((await answerTo(0)).result).toEqual({})
  })

  it('refuses what it cannot take as JSON', async () => {
    expect((await post(endpoint, '{')).messages[0]).toMatchObject({ error: { code: -32700 } })
    expect((await post(endpoint, request(null, 'ping'))).messages[0]).toMatchObject({ error: { code: -32600 } })
    expect((await post(new URL('/messages', server.url).href, request(1, 'ping'))).status).toBe(400)
    expect((await post(new URL('/messages?sessionId=no', server.url).href, request(1, 'ping'))).status).toBe(404)
    expect((await post(server.url, initialize())).status).toBe(405)
  })

  it('knows the session no more once the stream is gone', async () => {
    stream.abort()
    await expect.poll(() => post(endpoint, request(1, 'ping')).then((reply) => reply.status)).toBe(404)
  })
})

it('announces a path behind the prefix of a proxy', async () => {
  const server = await startReference({ mode: 'sse', publicUrl: 'https://proxy.example/weather/sse' })
  const stream = await openStream(server.url, {})
  const [first] = await stream.until(() => true)
  expect(first?.data).toMatch(/^\/weather\/messages\?sessionId=/)
  stream.abort()
  await server.close()
})
