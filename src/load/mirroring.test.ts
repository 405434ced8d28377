import { expect, it } from 'vitest'
import { type ModernServer, serveModern } from '../../test/support/modern-server.js'
import { planLoad } from './plan-load.js'
import type { Profile } from './profile.js'
import { runLoad } from './run.js'

const profile: Profile = { description: '', loop: 'closed', stages: [{ seconds: 0.2, connections: 2 }] }
const call = (server: ModernServer, text: string, name = 'echo') =>
  planLoad(server.url, { profileName: 'steady', profile, tools: [{ name, arguments: { text } }] })

it('a canary stands in the mirrored header and in the body, the same in both, another in each request', async () => {
  const server = await serveModern()
  const { plan } = await call(server, 'hello')
  expect(plan).toMatchObject({ mode: 'modern', revision: '2026-07-28' })
  expect(plan!.requests).toEqual([
    {
      method: 'tools/call',
      params: { name: 'echo', arguments: { text: 'hello {canary}' } },
      echoes: true,
      headers: [
        ['mcp-protocol-version', '2026-07-28'],
        ['mcp-method', 'tools/call'],
        ['mcp-name', 'echo'],
        ['mcp-param-Text', 'hello {canary}'],
      ],
    },
  ])
  const before = server.seen.length
  for await (const event of runLoad(plan!, new AbortController().signal))
    if (event.type === 'done') {
      expect(event.load.phases['tools/call']).toMatchObject({ failed: 0, errors: {} })
      expect(Object.keys(event.load.phases)).toEqual(['tools/call'])
    }
  expect(server.breaches).toEqual([])
  const texts = server.seen.slice(before).map(({ headers }) => headers['mcp-param-text'])
  expect(texts.length).toBeGreaterThan(2)
  expect(new Set(texts).size).toBe(texts.length)
})

it('where the header would need base64 the load goes without a canary', async () => {
  const server = await serveModern()
  const { plan } = await call(server, 'Zürich')
  expect(plan!.requests[0]).toMatchObject({ params: { arguments: { text: 'Zürich' } } })
  expect(plan!.requests[0]).not.toHaveProperty('echoes')
  expect(plan!.requests[0]!.headers!.at(-1)![1]).toMatch(/^=\?base64\?/)
  expect(server.breaches).toEqual([])
  await expect(call(server, 'Zürich {canary}')).rejects.toThrow(/^--tool echo: \{canary\} stands in an argument/)
})

it('a tool that asks back is none for a load', async () => {
  await expect(call(await serveModern(), 'x', 'ask')).rejects.toThrow(/^--tool ask: it asks the client back/)
})

it('a tool of another era is left out, and a subscription is no call', async () => {
  const { url } = await serveModern()
  const asked = { profileName: 'steady', profile }
  const { plan } = await planLoad(url, { ...asked, tools: [{ name: 'echo', arguments: { text: 'x' }, modern: true }] })
  expect(plan!.requests[0]).toMatchObject({ method: 'tools/call' })
  expect((await planLoad(url, asked)).plan!.requests).toMatchObject([{ method: 'tools/list' }])
  await expect(planLoad(url, { ...asked, method: 'subscriptions/listen' })).rejects.toThrow(
    '--profile streams holds such',
  )
})
