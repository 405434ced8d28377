import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { buildCli, ownFolder, runCli } from '../cli/cli.js'
import { startCounting } from '../support/counting-server.js'

beforeAll(buildCli)

const original = `node --input-type=module -e "
import readline from 'node:readline'
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line)
  const hello = { ...params, capabilities: { tools: {} }, serverInfo: { name: 'original', version: '1' } }
  const result = method === 'initialize' ? hello : method === 'tools/list' ? { tools: [] } : {}
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }))
}"`

const load = ['--duration', '4s', '--connections', '4', '--method', 'ping']
const commands: Record<string, (url: string) => string[]> = {
  check: (url) => ['check', url],
  load: (url) => ['load', url, ...load],
  'load on two threads': (url) => ['load', url, ...load, '--workers', '2'],
  'load with a session per request': (url) => ['load', url, ...load, '--session', 'per-request'],
  compare: (url) => ['compare', url, `${url}?other`, ...load],
  doctor: (url) => ['doctor', url],
  parity: (url) => ['parity', url, '--stdio', original],
  run: () => ['run'],
}

const moments: [command: string, requests: number[]][] = [
  ['check', [1, 3, 12, 90]],
  ['load', [2, 13, 20, 500]],
  ['load on two threads', [20, 500]],
  ['load with a session per request', [60]],
  ['compare', [3, 16, 500]],
  ['doctor', [1, 4, 9]],
  ['parity', [1, 5, 10]],
  ['run', [3, 60]],
]
const cases = moments.flatMap(([command, requests]) => requests.map((request) => [command, request] as const))

it.each(cases)('%s that is interrupted at request %i ends its sessions, and says so', async (command, at) => {
  const signal = at % 2 === 0 ? 'SIGINT' : 'SIGTERM'
  let interrupt = () => {}
  const server = await startCounting({ sessions: true, onRequest: (number) => number === at && interrupt() })
  onTestFinished(() => server.close())
  const cwd = ownFolder()
  const config = { url: server.url, check: {}, load: [{ duration: '3s', connections: 2, method: 'ping' }], out: '.' }
  writeFileSync(join(cwd, 'mcp-gauntlet.config.json'), JSON.stringify(config))
  const out = command === 'run' ? [] : ['--out', '.']
  const { code, stderr } = await runCli([...commands[command]!(server.url), ...out], {
    cwd,
    meet: (child) => {
      interrupt = () => child.kill(signal)
    },
  })
  expect(code, stderr).toBe(130)
  const run: Run = JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8'))
  expect([run.verdict.name, run.interrupted]).toEqual(['interrupted', true])
  expect(server.counts.initialize ?? server.counts['server/discover']).toBeGreaterThan(0)
  expect(server.sessions.size).toBe(0)
})
