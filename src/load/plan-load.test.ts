import { describe, expect, it, onTestFinished } from 'vitest'
import { type CountingOptions, startCounting } from '../../test/support/counting-server.js'
import { deadUrl } from '../../test/support/servers.js'
import { UsageError } from '../usage-error.js'
import { parseThreshold } from './parse-threshold.js'
import { type LoadOptions, planLoad } from './plan-load.js'
import type { Profile } from './profile.js'

const profile: Profile = { description: '', loop: 'closed', stages: [{ seconds: 1, connections: 2 }] }
const echo = [{ name: 'echo', arguments: { text: 'hello', number: 3 } }]

async function planFor(server: CountingOptions, options: Partial<LoadOptions> = {}) {
  const { url, close } = await startCounting(server)
  onTestFinished(close)
  return { ...(await planLoad(url, { profileName: 'steady', profile, ...options })) }
}

describe('the mode', () => {
  it('is what the server offers', async () => {
    const stateful = await planFor({ sessions: true, insists: true })
    expect(stateful.plan).toMatchObject({ mode: 'stateful', session: 'per-connection', revision: '2025-11-25' })
    expect((await planFor({})).plan).toMatchObject({ mode: 'stateless', requests: [{ method: 'tools/list' }] })
  })

  it('can be chosen where the server bears it', async () => {
    expect((await planFor({ sessions: true }, { mode: 'stateless' })).plan!.mode).toBe('stateless')
  })

  it('that does not fit the server is a usage error', async () => {
    await expect(planFor({}, { mode: 'stateful' })).rejects.toThrow(
      /^--mode stateful: http:\S+ issues no sessions .* or choose stateless$/,
    )
    await expect(planFor({ sessions: true, insists: true }, { mode: 'stateless' })).rejects.toThrow(
      /^--mode stateless: http:\S+ insists on sessions; without one it answered tools\/list with HTTP 400, Mcp-Session-Id is required\./,
    )
    await expect(planFor({}, { mode: 'modern' })).rejects.toThrow(UsageError)
  })
})

describe('what is measured', () => {
  it('is the tools the user names, in turn', async () => {
    const tools = [...echo, { name: 'other', arguments: {} }]
    const { plan } = await planFor({ tools: ['echo', 'other'] }, { tools })
    expect(plan!.requests.map(({ method, params }) => [method, params?.name])).toEqual([
      ['tools/call', 'echo'],
      ['tools/call', 'other'],
    ])
  })

  it('or a method, or the list of tools, or ping where there are none', async () => {
    expect((await planFor({}, { method: 'ping', tools: echo })).plan!.requests).toEqual([{ method: 'ping' }])
    expect((await planFor({ tools: [] })).plan!.requests).toEqual([{ method: 'ping' }])
    await expect(planFor({}, { method: 'tools/call' })).rejects.toThrow('name a tool that is safe to call with --tool')
  })

  it('must not be something the server refuses', async () => {
    await expect(planFor({}, { tools: [{ name: 'ecko', arguments: {} }] })).rejects.toThrow(
      '--tool ecko: tried before the load, it failed: error -32602: Unknown tool ecko',
    )
    await expect(planFor({}, { method: 'resources/list' })).rejects.toThrow(
      '--method resources/list: tried before the load, it failed: error -32601: Method not found: resources/list',
    )
    const failing: CountingOptions['onCall'] = ({ id }, answer) => {
      const result = { isError: true, content: [{ type: 'text', text: 'no such place' }] }
      answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, result }))
      return true
    }
    await expect(planFor({ onCall: failing }, { tools: echo })).rejects.toThrow('it failed: isError: no such place')
  })

  it('may be something the server fails at: that is what is to be seen', async () => {
    const broken: CountingOptions['onCall'] = (_, answer) => {
      answer.writeHead(500).end('oops')
      return true
    }
    const { plan, obstacle } = await planFor({ onCall: broken }, { tools: echo })
    expect(obstacle).toBeUndefined()
    expect(plan!.requests).toEqual([{ method: 'tools/call', params: { name: 'echo', arguments: echo[0]!.arguments } }])
  })
})

describe('a canary', () => {
  const requestFor = async (server: CountingOptions, args: Record<string, unknown>) =>
    (await planFor(server, { tools: [{ name: 'echo', arguments: args }] })).plan!.requests[0]!

  it('goes where the tool repeats a text', async () => {
    expect(await requestFor({}, { number: 1, deep: [{ text: 'héllo you' }] })).toEqual({
      method: 'tools/call',
      params: { name: 'echo', arguments: { number: 1, deep: [{ text: 'héllo you {canary}' }] } },
      echoes: true,
    })
  })

  it('goes to the argument that is repeated, not to another', async () => {
    const { params } = await requestFor({ text: ({ b }) => `It is ${b}` }, { a: 'first', b: 'second' })
    expect(params!.arguments).toEqual({ a: 'first', b: 'second {canary}' })
  })

  it.each<[string, CountingOptions['text'], Record<string, unknown>]>([
    ['nothing is repeated', () => 'fine', { text: 'hello' }],
    ['the text is too short to tell', ({ text }) => text, { text: 'hi' }],
    [
      'the answer knows only the text itself',
      ({ text }) => (text === 'hello' ? 'hello you' : 'who?'),
      { text: 'hello' },
    ],
    [
      'the answer becomes another one',
      ({ text }) =>
        text === 'Oslo' ? 'Oslo: 12 degrees, fine weather, a light wind from the west' : `no data: ${text}`,
      { text: 'Oslo' },
    ],
  ])('goes nowhere where %s', async (_, text, args) => {
    expect(await requestFor({ text: text! }, args)).toEqual({
      method: 'tools/call',
      params: { name: 'echo', arguments: args },
    })
  })

  it('stays where the user has put it, and is judged where it comes back', async () => {
    const args = { text: 'x-{canary}-y' }
    expect(await requestFor({}, args)).toMatchObject({ params: { arguments: args }, echoes: true })
    expect(await requestFor({ text: () => 'fine' }, args)).toEqual({
      method: 'tools/call',
      params: { name: 'echo', arguments: args },
    })
  })
})

describe('what must hold', () => {
  const texts = async (options: Partial<LoadOptions>, server: CountingOptions = {}) =>
    (await planFor(server, options)).plan!.thresholds.map(({ text }) => text)

  it("is an error rate of less than a hundredth, and what the user adds; the user's own word counts", async () => {
    expect(await texts({})).toEqual(['rate(errors)<1%'])
    expect(await texts({ thresholds: ['p(99)<250ms', 'rate(errors)<5%'].map(parseThreshold) })).toEqual([
      'p(99)<250ms',
      'rate(errors)<5%',
    ])
  })

  it('is what the profile says about phases that are measured', async () => {
    const churn = {
      ...profile,
      session: 'per-request' as const,
      thresholds: ['rate(errors)<1%', 'DELETE:rate(errors)<1%'],
    }
    expect(await texts({ profile: churn }, { sessions: true })).toEqual(churn.thresholds)
    expect(await texts({ profile: churn })).toEqual(['rate(errors)<1%'])
    expect(await texts({ profile: { ...churn, afterwards: 'leave' } }, { sessions: true })).toEqual(['rate(errors)<1%'])
  })

  it('about a phase that is never measured is a usage error', async () => {
    await expect(texts({ thresholds: [parseThreshold('tools/cal:p(95)<1s')] })).rejects.toThrow(
      'threshold "tools/cal:p(95)<1s": this load has no phase tools/cal; it has tools/list',
    )
  })
})

it('carries headers and credentials, and shows none of them', async () => {
  const headers: [string, string][] = [['X-Tenant', 'blue']]
  const { url, close } = await startCounting()
  onTestFinished(close)
  const { plan, ...shown } = await planLoad(`${url}?api_key=hush-key`, {
    profileName: 'steady',
    profile,
    headers,
    token: 'hush-token',
  })
  expect(plan!.headers).toEqual([
    ['X-Tenant', 'blue'],
    ['authorization', 'Bearer hush-token'],
  ])
  expect(plan!.secrets).toEqual(['hush-token', 'hush-key'])
  expect(plan!.url).toContain('hush-key')
  expect(JSON.stringify(shown)).not.toContain('hush')
  expect(shown.requests).toBeGreaterThan(5)
})

it('says why a server cannot be loaded', async () => {
  const { plan, obstacle } = await planLoad(await deadUrl(), { profileName: 'steady', profile })
  expect(plan).toBeUndefined()
  expect(obstacle).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('Nothing listens at') })
})
