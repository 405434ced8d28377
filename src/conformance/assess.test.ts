import { describe, expect, it } from 'vitest'
import { checkOf } from '../../test/support/conformance.js'
import { deadUrl, greeting, resultOf, sendJson, serveHttp, serveTcp } from '../../test/support/servers.js'
import { BudgetSpent } from '../wire/budget.js'
import { type AssessEvent, assess, type TargetOptions } from './assess.js'
import type { LoadedCheck } from './check.js'
import type { Client } from './client.js'
import type { RunOptions } from './runner.js'

async function events(url: string, checks: LoadedCheck[], target?: TargetOptions, options?: RunOptions) {
  const all: AssessEvent[] = []
  for await (const event of assess(url, checks, { timeoutMs: 1000, ...target }, options)) all.push(event)
  const part = all.at(-1)
  if (part?.type !== 'part') throw new Error('the last event is the part')
  return { all, part: part.part, results: part.results }
}

/** A server that tells strangers and friends alike what they sent as credentials. */
const echoing = () =>
  serveHttp(({ method, message, headers, url }, answer) => {
    const echo = JSON.stringify([headers.authorization, headers['x-api-key'], url])
    if (method !== 'POST') return answer.writeHead(405).end(echo)
    if (message.method !== 'initialize') return sendJson(answer, resultOf(message, { echo }))
    const own = {
      protocolVersion: message.params.protocolVersion,
      capabilities: {},
      serverInfo: { name: echo },
      instructions: echo,
    }
    sendJson(answer, resultOf(message, own))
  })

describe('assess', () => {
  it('tells what was found, each result, and at last the part', async () => {
    const { url } = await echoing()
    const { all, part, results } = await events(url, [checkOf('a/1'), checkOf('b/2')])
    expect(all.map((event) => event.type)).toEqual(['detected', 'result', 'result', 'part'])
    expect(part).toMatchObject({ count: 2, target: { url, facts: { transport: 'streamable-http' } } })
    expect(part.requests).toBeGreaterThan(3)
    expect(results.map((result) => result.id)).toEqual(['a/1', 'b/2'])
  })

  describe('a URL of two eras', () => {
    const dual = () =>
      serveHttp(({ method, message }, answer) => {
        if (method !== 'POST') return answer.writeHead(405).end()
        if (!('id' in message)) return answer.writeHead(202).end()
        if (message.method === 'initialize') return sendJson(answer, greeting(message))
        const result = message.params?._meta ? { supportedVersions: ['2026-07-28'], capabilities: {} } : {}
        sendJson(answer, resultOf(message, result))
      })
    const asked: [string, string[]][] = []
    const tools = [
      { name: 'plain', arguments: {} },
      { name: 'newer', arguments: {}, modern: true as const },
    ]
    const check = checkOf('a/1', {
      requirement: 'jsonrpc-version-member',
      run: async (client) => void asked.push([client.revision, client.tools.map((tool) => tool.name)]),
    })

    it('is judged once in each, the newer first; tools of one era are left to it', async () => {
      const { url } = await dual()
      const { all } = await events(url, [check], { tools })
      const parts = all.filter((event) => event.type === 'part')
      expect(parts.map(({ results }) => results.map((result) => result.revision))).toEqual([
        ['2026-07-28'],
        ['2025-11-25'],
      ])
      expect(parts.map(({ part }) => part.target.facts?.otherEra?.at(-1))).toEqual(['2025-11-25', '2026-07-28'])
      expect(asked).toEqual([
        ['2026-07-28', ['plain', 'newer']],
        ['2025-11-25', ['plain']],
      ])
    })

    it.each<[RunOptions['revision'], number, number]>([
      ['2026-07-28', 1, 1],
      ['2025-06-18', 1, 1],
      ['all', 2, 5],
    ])('--revision %s: %i parts, %i results', async (revision, count, results) => {
      const { url } = await dual()
      const { all } = await events(url, [check], {}, { revision: revision! })
      const parts = all.filter((event) => event.type === 'part')
      expect(parts).toHaveLength(count)
      expect(parts.flatMap((part) => part.results)).toHaveLength(results)
    })
  })

  it('a server that cannot be reached gives a part with the reason and no results', async () => {
    const { all, part } = await events(await deadUrl(), [checkOf('a/1')])
    expect(all.map((event) => event.type)).toEqual(['detected', 'part'])
    expect(part).toMatchObject({ count: 0, target: { obstacle: { kind: 'unreachable' } } })
    expect(part.target.facts).toBeUndefined()
  })

  it('without credentials a guarded server is judged by the auth suite alone', async () => {
    const { url } = await serveHttp((_, answer) => answer.writeHead(401, { 'www-authenticate': 'Bearer' }).end())
    const { part, results } = await events(url, [checkOf('a/1'), checkOf('auth/2')])
    expect(results.map((result) => result.id)).toEqual(['auth/2'])
    expect(part.target).toMatchObject({ obstacle: { kind: 'credentials' }, facts: { auth: { required: true } } })
  })

  it('interrupted while the server keeps silent, it ends at once', async () => {
    const stop = new AbortController()
    const url = await serveTcp((socket) => socket.once('data', () => stop.abort()))
    const started = performance.now()
    const { part } = await events(url, [checkOf('a/1')], { timeoutMs: 20_000 }, { signal: stop.signal })
    expect(part.count).toBe(0)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('a budget that does not reach for detection is told, not hidden', async () => {
    const { url } = await echoing()
    await expect(events(url, [], { maxRequests: 2 })).rejects.toThrow(BudgetSpent)
  })
})

describe('credentials', () => {
  const rows: [what: string, target: TargetOptions, headers: Record<string, string>][] = [
    ['a bare token becomes a bearer token', { token: 'tok-abcd' }, { authorization: 'Bearer tok-abcd' }],
    ['a token with a scheme goes as it is', { token: 'Basic dXNlcg==' }, { authorization: 'Basic dXNlcg==' }],
    [
      'headers go with it',
      { token: 'tok-abcd', headers: [['x-a', 'b']] },
      { authorization: 'Bearer tok-abcd', 'x-a': 'b' },
    ],
    ['an API key', { headers: [['X-API-Key', 'key-abcd']] }, { 'x-api-key': 'key-abcd' }],
  ]
  it.each(rows)('%s', async (_, target, headers) => {
    const { url, seen } = await echoing()
    const ask = checkOf('a/1', { run: async (client) => void (await client.http({})) })
    await events(url, [ask], target)
    expect(seen.at(-1)!.headers).toMatchObject(headers)
  })

  it('what checks are given', async () => {
    const { url } = await echoing()
    const seenBy: Client[] = []
    const look = checkOf('a/1', { run: async (own) => void seenBy.push(own) })
    await events(url, [look], {
      token: 'tok-abcd',
      secondToken: 'tok-efgh',
      badTokens: { expired: 'old-abcd' },
      tools: [{ name: 'a', arguments: {} }],
    })
    expect(seenBy[0]!.given).toEqual({
      tools: [{ name: 'a', arguments: {} }],
      credential: { header: 'authorization', scheme: 'Bearer', token: 'tok-abcd' },
      second: { header: 'authorization', scheme: 'Bearer', token: 'tok-efgh' },
      bad: { expired: 'old-abcd' },
      jwt: false,
    })
  })

  it('stand nowhere in what comes out, whatever the server repeats', async () => {
    const secrets = ['tok-abcd', 'tok-efgh', 'old-abcd', 'key-abcd', 'in-the-url']
    const { url } = await echoing()
    const quote = checkOf('a/1', {
      run: async (client) => {
        const replies = [await client.request('tools/list'), await client.http({ identity: 'second' })]
        throw new Error(replies.map((reply) => reply.text).join())
      },
    })
    const target = {
      token: secrets[0]!,
      secondToken: secrets[1]!,
      badTokens: { expired: secrets[2]! },
      headers: [['X-API-Key', secrets[3]!]] as [string, string][],
    }
    const { all } = await events(`${url}?api_key=${secrets[4]}`, [quote], target)
    const text = JSON.stringify(all)
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).toContain('[redacted]')
  })

  it('stand in no obstacle either', async () => {
    const { url } = await serveHttp(({ headers }, answer) => answer.writeHead(400).end(`bad: ${headers.authorization}`))
    const { all } = await events(`${url}?token=in-the-url`, [], { token: 'tok-abcd' })
    expect(JSON.stringify(all)).not.toMatch(/tok-abcd|in-the-url/)
  })
})
