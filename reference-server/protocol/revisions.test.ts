import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { call, handshake, initialize, post, request } from '../testing/raw-client.js'
import { REVISIONS } from './revisions.js'

const keysOf = (items: object[]) => new Set(items.flatMap((item) => Object.keys(item)))

describe.each(REVISIONS)('after negotiating %s', (revision) => {
  let server: RunningReference
  let client: Record<string, string>
  beforeAll(async () => {
    server = await startReference({ mode: 'stateful', response: 'json' })
    client = await handshake(server, revision)
  })
  afterAll(() => server.close())

  const answer = async (method: string, params?: object) => {
    const { messages } = await post(server.url, request(1, method, params), client)
    return messages[0]?.result ?? messages[0]?.error
  }
  const structure = revision >= '2025-06-18'

  it('introduces itself in the words of that revision', async () => {
    const { result } = (await post(server.url, initialize(revision))).messages[0]!
    expect(result.protocolVersion).toBe(revision)
    expect('title' in result.serverInfo).toBe(structure)
    expect('completions' in result.capabilities).toBe(revision >= '2025-03-26')
  })

  it('lists with the members of that revision only', async () => {
    const newer = ['title', 'annotations', 'outputSchema']
    const { tools } = await answer('tools/list')
    for (const key of newer) expect(keysOf(tools).has(key)).toBe(structure)
    const { prompts } = await answer('prompts/list')
    const { resources } = await answer('resources/list')
    const { resourceTemplates } = await answer('resources/templates/list')
    for (const items of [prompts, prompts[0].arguments, resources, resourceTemplates])
      expect(keysOf(items).has('title')).toBe(structure)
  })

  it('gives structured content only where it exists', async () => {
    const { messages } = await post(server.url, call(1, 'get_forecast', { location: 'Oslo', days: 2 }), client)
    const { content, structuredContent } = messages[0]!.result
    expect(JSON.parse(content[0].text).forecast).toHaveLength(2)
    expect(structuredContent).toEqual(structure ? JSON.parse(content[0].text) : undefined)
  })

  it('completes where it said that it would', async () => {
    const params = { ref: { type: 'ref/prompt', name: 'plan_day' }, argument: { name: 'style', value: 'c' } }
    const reply = await answer('completion/complete', params)
    if (revision < '2025-03-26') expect(reply.code).toBe(-32601)
    else expect(reply.completion).toEqual({ values: ['calm'], total: 1, hasMore: false })
  })
})
