import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { cleanPolicy } from './core/policy.js'
import type { AuthKind, Mode, ResponseKind } from './core/types.js'
import { COMBOS } from './faults/fault.js'
import { faults } from './faults.js'
import { startFaulty } from './server.js'

function split(combo: string): { mode: Mode; response: ResponseKind; auth: AuthKind } {
  const [mode, response, auth] = combo.split('/') as [Mode, ResponseKind, AuthKind]
  return { mode, response, auth }
}

async function connect(combo: string) {
  const server = await startFaulty(split(combo))
  const token = server.tokens?.valid
  const options = token === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${token}` } } }
  const url = new URL(server.url)
  const transport = combo.startsWith('sse/')
    ? new SSEClientTransport(url, options)
    : new StreamableHTTPClientTransport(url, options)
  const client = new Client({ name: 'proof', version: '1.0.0' })
  await client.connect(transport as Transport)
  return { server, client }
}

describe('the clean server and the SDK client', () => {
  it.each([...Object.values(COMBOS)])('understand each other in %s', async (combo) => {
    const { server, client } = await connect(combo)
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await client.listTools(cursor === undefined ? {} : { cursor })
      names.push(...page.tools.map((tool) => tool.name))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(names).toHaveLength(7)
    for (const tool of server.safeTools) {
      const result = await client.callTool(tool)
      expect(result.isError ?? false).toBe(tool.name === 'fragile')
    }
    expect((await client.listResources()).resources.length).toBeGreaterThan(0)
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(2)
    const read = await client.readResource({ uri: 'ledger:///accounts/acc-007' })
    expect(read.contents).toHaveLength(1)
    expect((await client.listPrompts()).prompts).toHaveLength(3)
    expect((await client.getPrompt({ name: 'poster' })).messages).toHaveLength(3)
    await expect(client.getPrompt({ name: 'summarise_book' })).rejects.toThrow(/book/)
    const ref = { type: 'ref/resource' as const, uri: 'ledger:///accounts/{account}' }
    const { completion } = await client.complete({ ref, argument: { name: 'account', value: '' } })
    expect(completion).toMatchObject({ total: 130, hasMore: true })
    expect(completion.values).toHaveLength(100)
    await client.ping()
    await client.close()
    await server.close()
  })

  it.each([COMBOS.FS, COMBOS.CH])('exchange progress, updates and cancellations in %s', async (combo) => {
    const { server, client } = await connect(combo)
    const steps: number[] = []
    const call = { name: 'long_haul', arguments: { steps: 4 } }
    await client.callTool(call, undefined, { onprogress: ({ progress }) => steps.push(progress) })
    expect(steps).toEqual([1, 2, 3, 4])
    const seen = new Promise((resolve) => client.setNotificationHandler(ResourceUpdatedNotificationSchema, resolve))
    await client.setLoggingLevel('debug')
    await client.subscribeResource({ uri: 'ledger:///ticker' })
    await seen
    await client.unsubscribeResource({ uri: 'ledger:///ticker' })
    const stop = new AbortController()
    const cancelled = client.callTool({ name: 'long_haul', arguments: { steps: 100 } }, undefined, {
      signal: stop.signal,
    })
    setTimeout(() => stop.abort('enough'), 100)
    await expect(cancelled).rejects.toThrow(/enough/)
    await client.close()
    await server.close()
  })
})

describe('the table of faults', () => {
  it('has unique ids and known combinations', () => {
    expect(new Set(faults.map((fault) => fault.id)).size).toBe(faults.length)
    for (const fault of faults) expect(fault.combos.every((combo) => combo !== undefined)).toBe(true)
  })

  it('names a requirement in every row', () => {
    for (const fault of faults) expect(fault.requirement, fault.id).toMatch(/^[a-z]+(-[a-z0-9]+)+$/)
  })

  it('keeps the balance of MUST and SHOULD', () => {
    const musts = faults.filter((fault) => fault.level === 'MUST').length
    expect(musts / faults.length).toBeGreaterThan(0.7)
  })

  it.each(faults.map((fault) => [fault.id, fault] as const))('starts %s', async (_id, fault) => {
    const server = await startFaulty({ ...split(fault.combos[0] ?? ''), fault: fault.id })
    expect(server.url).toMatch(/^http:/)
    await server.close()
    expect(Object.keys(fault.change({ ...cleanPolicy })).length).toBeGreaterThan(0)
  })
})
