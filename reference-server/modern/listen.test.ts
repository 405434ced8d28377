import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { ask, callTool, modernHeaders, modernRequest, responseOf } from '../testing/modern-client.js'
import { type Message, type OpenStream, openStream, type StreamEvent } from '../testing/raw-client.js'

const ID = 'io.modelcontextprotocol/subscriptionId'
const EVERYTHING = {
  toolsListChanged: true,
  promptsListChanged: true,
  resourcesListChanged: true,
  resourceSubscriptions: ['weather://stations', 'weather://station/lima'],
}
const messagesOf = ({ events }: OpenStream): Message[] => events.flatMap(({ data }) => (data ? [JSON.parse(data)] : []))
const says = (text: string) => (event: StreamEvent) => event.data.includes(text)

describe.each(['sse', 'json'] as const)('subscriptions, with answers as %s', (response) => {
  let server: RunningReference
  beforeEach(async () => {
    server = await startReference({ mode: 'modern', response })
  })
  afterEach(() => server.close())

  async function listen(notifications: Message, id: unknown = 1): Promise<OpenStream> {
    const message = modernRequest('subscriptions/listen', { notifications }, { id })
    const stream = await openStream(server.url, modernHeaders(message), message)
    await stream.until(says('acknowledged'))
    return stream
  }
  const announce = () => callTool(server.url, 'reload_lists', {})
  const refresh = () => callTool(server.url, 'refresh_stations', {})

  it.each([1, 0, -3, 'sub', ''])('acknowledges the subscription %j first', async (id) => {
    const stream = await listen(EVERYTHING, id)
    expect(messagesOf(stream)).toEqual([
      {
        jsonrpc: '2.0',
        method: 'notifications/subscriptions/acknowledged',
        params: { notifications: EVERYTHING, _meta: { [ID]: id } },
      },
    ])
    stream.abort()
  })

  it('acknowledges no more than was asked for and exists', async () => {
    const filters: [asked: Message, granted: Message][] = [
      [{ toolsListChanged: true, promptsListChanged: false }, { toolsListChanged: true }],
      [{ resourceSubscriptions: ['weather://nowhere', 'file:///etc/passwd'] }, {}],
      [{ resourceSubscriptions: ['weather://stations', 'no uri'] }, { resourceSubscriptions: ['weather://stations'] }],
      [{}, {}],
    ]
    for (const [asked, granted] of filters) {
      const stream = await listen(asked)
      expect(messagesOf(stream)[0]?.params.notifications).toEqual(granted)
      stream.abort()
    }
  })

  it('tells each listener what it asked for, and nothing else', async () => {
    const all = await listen(EVERYTHING, 'all')
    const tools = await listen({ toolsListChanged: true }, 'tools')
    const one = await listen({ resourceSubscriptions: ['weather://stations'] }, 3)
    const none = await listen({}, 'none')
    await announce()
    await refresh()
    await all.until(says('resources/updated'))
    await one.until(says('resources/updated'))
    await tools.until(says('tools/list_changed'))
    const heard = (stream: OpenStream) =>
      messagesOf(stream)
        .slice(1)
        .map(({ method }) => method.slice(14))
    expect(heard(all)).toEqual([
      'tools/list_changed',
      'prompts/list_changed',
      'resources/list_changed',
      'resources/updated',
    ])
    expect(heard(tools)).toEqual(['tools/list_changed'])
    expect(heard(one)).toEqual(['resources/updated'])
    expect(heard(none)).toEqual([])
    expect(messagesOf(one).at(-1)?.params).toEqual({ uri: 'weather://stations', _meta: { [ID]: 3 } })
    for (const [stream, id] of [[all, 'all'] as const, [tools, 'tools'] as const])
      for (const { params } of messagesOf(stream)) expect(params._meta[ID]).toBe(id)
    for (const stream of [all, tools, one, none]) stream.abort()
  })

  it('carries neither progress nor log messages', async () => {
    const stream = await listen(EVERYTHING)
    const meta = { progressToken: 'p', logLevel: 'debug' }
    await callTool(server.url, 'get_alerts', { location: 'Oslo', delayMs: 0 }, { meta })
    await refresh()
    await stream.until(says('resources/updated'))
    expect(messagesOf(stream)).toHaveLength(2)
    stream.abort()
  })

  it('ends with a result when the server stops', async () => {
    const streams = [await listen(EVERYTHING, 'last'), await listen({}, 4)]
    await server.close()
    for (const [index, id] of ['last', 4].entries()) {
      const stream = streams[index]!
      await stream.ended
      const [result, ...rest] = messagesOf(stream).slice(1)
      expect(result).toMatchObject({ id, result: { resultType: 'complete', _meta: { [ID]: id } } })
      expect(rest).toEqual([])
    }
  })

  it('refuses filters that are none', async () => {
    for (const params of [
      {},
      { notifications: 'all' },
      { notifications: { resourceSubscriptions: 'weather://stations' } },
    ])
      expect(responseOf(await ask(server.url, 'subscriptions/listen', params)).error.code).toBe(-32602)
  })

  it('stops working when its caller hangs up, and tells nobody', async () => {
    const [first, last] = ['weather://station/bergen', 'weather://station/seattle']
    const watcher = await listen({ resourceSubscriptions: [first, last, 'weather://stations'] })
    const isUpdateOf = (uri: string) => (event: StreamEvent) => event.data.includes('updated') && says(uri)(event)
    const params = { name: 'measure_stations', arguments: { delayMs: 100 } }
    const message = modernRequest('tools/call', params, { meta: { progressToken: 'p' } })
    const hungUp = new AbortController()
    const headers = { ...modernHeaders(message), 'content-type': 'application/json', accept: '*/*' }
    const body = JSON.stringify(message)
    const call = fetch(server.url, { method: 'POST', headers, body, signal: hungUp.signal }).catch(() => {})
    await watcher.until(isUpdateOf(first!))
    hungUp.abort()
    await call
    // Were the work still going on, it would reach the last station before this call, as long, is through.
    await callTool(server.url, 'get_alerts', { location: 'Oslo', steps: 6, delayMs: 100 })
    await refresh()
    await watcher.until(isUpdateOf('weather://stations'))
    const updates = messagesOf(watcher).slice(1)
    expect(updates.map(({ params }) => params.uri)).toEqual([first, 'weather://stations'])
    watcher.abort()
  })
})
