import { randomUUID } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { decodeHistogram } from '../../src/load/histogram.js'
import type { Run } from '../../src/report/run.js'
import { greeting, resultOf, sendJson, serveHttp } from '../support/servers.js'
import { buildCli, runCli } from './cli.js'

beforeAll(buildCli)

/** A server with sessions that keeps what it saw: every ping by session and id, and the sessions it opened. */
async function counting() {
  const pings: string[] = []
  const sessions: string[] = []
  const { url } = await serveHttp(({ method, headers, message }, answer) => {
    if (method !== 'POST') return answer.writeHead(method === 'DELETE' ? 200 : 405).end()
    if (message.method === 'initialize') {
      const id = randomUUID()
      sessions.push(id)
      return sendJson(answer, greeting(message), { 'mcp-session-id': id })
    }
    if (!('id' in message)) return answer.writeHead(202).end()
    pings.push(`${headers['mcp-session-id']} ${message.id}`)
    sendJson(answer, resultOf(message))
  })
  return { url, pings, sessions }
}

async function load(...args: string[]) {
  const { stdout, code } = await runCli(['load', ...args, '--method', 'ping', '--json'])
  const run: Run = JSON.parse(stdout)
  return { code, load: run.loads[0]! }
}

it('three threads make one open loop: every request that is due is sent once and counted once', async () => {
  const server = await counting()
  const { code, load: found } = await load(
    server.url,
    '--workers',
    '3',
    '--rate',
    '60',
    '--duration',
    '2s',
    '--connections',
    '7',
  )
  const { count, failed } = found.phases.ping!
  expect(code).toBe(0)
  expect(found).toMatchObject({ workers: 3, loop: 'open', connections: 7 })
  expect(count + failed + found.dropped + found.inFlightAtEnd).toBe(120)
  expect(failed).toBe(0)
  expect(found.series.reduce((sum, second) => sum + second.count, 0)).toBe(count)
  expect(decodeHistogram(found.histograms.ping!).totalCount).toBe(count)
  expect(new Set(server.pings).size).toBe(server.pings.length)
  expect(server.pings.length).toBeGreaterThanOrEqual(count)
})

it.each([
  ['per-connection', 5],
  ['shared', 3],
])('with sessions %s it opens and tells of %i', async (policy, sessions) => {
  const server = await counting()
  const flags = ['--workers', '3', '--connections', '5', '--duration', '500ms', '--session', policy]
  const { load: found } = await load(server.url, ...flags)
  expect(found.sessions).toMatchObject({ opened: sessions, closed: sessions, lost: 0 })
  // Two more come from looking at the server before the load.
  expect(new Set(server.pings.map((ping) => ping.split(' ')[0])).size).toBeGreaterThanOrEqual(sessions)
  expect(new Set(server.pings).size).toBe(server.pings.length)
})
