import { describe, expect, it } from 'vitest'
import { requirement } from '../../../src/protocol/catalogue.js'
import type { AuthKind, Json } from '../core/types.js'
import { COMBOS } from './faults/fault.js'
import { modernFaults } from './faults.js'
import { KEY, REVISION } from './meta.js'
import { cleanPolicy } from './policy.js'
import { startModern } from './server.js'
import type { ResponseKind } from './types.js'

function start(combo: string, fault?: string) {
  const [, response, auth] = combo.split('/') as [string, ResponseKind, AuthKind]
  return startModern({ response, auth, ...(fault === undefined ? {} : { fault }) })
}

async function ask(server: Awaited<ReturnType<typeof start>>, method: string, params: Json = {}, more: Json = {}) {
  const meta = { [KEY.version]: REVISION, [KEY.capabilities]: { elicitation: {} } }
  const name = params.name ?? params.uri
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'mcp-protocol-version': REVISION,
      'mcp-method': method,
      ...(name === undefined ? {} : { 'mcp-name': String(name) }),
      ...(server.tokens === undefined ? {} : { authorization: `Bearer ${server.tokens.valid}` }),
      ...more,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: { ...params, _meta: meta } }),
  })
  const text = await response.text()
  const last = text.startsWith('event:') ? text.trim().split('\n').at(-1)?.replace('data: ', '') : text
  return { status: response.status, message: JSON.parse(last ?? '') as { id: number; result: Json; error: Json } }
}

describe('the clean server of 2026-07-28', () => {
  it.each(Object.values(COMBOS))('answers in %s', async (combo) => {
    const server = await start(combo)
    const found = await ask(server, 'server/discover')
    expect(found.message).toMatchObject({ id: 7, result: { resultType: 'complete', supportedVersions: [REVISION] } })
    const first = await ask(server, 'tools/list')
    const second = await ask(server, 'tools/list', { cursor: first.message.result.nextCursor })
    expect(second.message.result.tools).toHaveLength(3)
    const read = await ask(server, 'resources/read', { uri: 'ledger:///mine.txt' })
    expect(read.message.result).toMatchObject({ cacheScope: 'private' })
    expect(await ask(server, 'ping')).toMatchObject({ status: 404, message: { error: { code: -32601 } } })
    await server.close()
  })

  it('compares every annotated argument with its header', async () => {
    const server = await start(COMBOS.J)
    const call = { name: 'dispatch_parcel', arguments: { region: 'Zoë', weight: 7, route: { hub: 'h' } } }
    const region = `=?base64?${Buffer.from('Zoë').toString('base64')}?=`
    const headers = { 'mcp-param-region': region, 'mcp-param-weight': '7.0', 'mcp-param-hub': 'h' }
    expect(await ask(server, 'tools/call', call, headers)).toMatchObject({ message: { result: { isError: false } } })
    for (const [name, value] of Object.entries({ region: 'Zoe', weight: '8', hub: 'H' })) {
      const wrong = await ask(server, 'tools/call', call, { ...headers, [`mcp-param-${name}`]: value })
      expect(wrong, name).toMatchObject({ status: 400, message: { error: { code: -32020 } } })
    }
    await server.close()
  })

  it('asks until it knows everything, and takes its state from nobody else', async () => {
    const server = await start(COMBOS.M)
    const call = { name: 'book_table', arguments: { day: 'friday' } }
    const accept = (content: Json) => ({ action: 'accept', content })
    const first = (await ask(server, 'tools/call', call)).message.result
    expect(first.resultType).toBe('input_required')
    const half = { ...call, requestState: first.requestState, inputResponses: { guest: accept({ name: 'Ada' }) } }
    const second = (await ask(server, 'tools/call', half)).message.result
    expect(Object.keys(second.inputRequests as Json)).toEqual(['seats'])
    const rest = { ...call, requestState: second.requestState, inputResponses: { seats: accept({ seats: 2 }) } }
    expect((await ask(server, 'tools/call', rest)).message.result).toMatchObject({ resultType: 'complete' })
    const other = await ask(server, 'tools/call', { ...rest, arguments: { day: 'monday' } })
    expect(other.message.error).toMatchObject({ code: -32602 })
    await server.close()
  })
})

describe('the table of faults of 2026-07-28', () => {
  it('has unique ids and rules of that revision', () => {
    expect(new Set(modernFaults.map(({ id }) => id)).size).toBe(modernFaults.length)
    for (const fault of modernFaults) {
      const row = requirement(fault.requirement)
      expect(row.last, fault.id).toBe(REVISION)
      expect(row.level.startsWith(fault.level), fault.id).toBe(true)
    }
  })

  it.each(modernFaults.map((fault) => [fault.id, fault] as const))('starts %s', async (id, fault) => {
    const server = await start(fault.combos[0] ?? '', id)
    await server.close()
    expect(Object.keys(fault.change({ ...cleanPolicy })).length).toBeGreaterThan(0)
  })
})
