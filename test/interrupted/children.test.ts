import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { buildCli, ownFolder, runCli } from '../cli/cli.js'

beforeAll(buildCli)

/** A server that notes the ids of its two processes, and is ready after `ms`. */
const server = (ms: number) => `
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { writeFileSync } from 'node:fs'
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
writeFileSync('pids', process.pid + ' ' + child.pid)
setTimeout(() => createServer(async (incoming, answer) => {
  let text = ''
  for await (const part of incoming) text += part
  const { id, method, params } = text ? JSON.parse(text) : {}
  if (incoming.method !== 'POST') return answer.writeHead(405).end()
  const hello = { protocolVersion: params?.protocolVersion, capabilities: {}, serverInfo: { name: 'child', version: '1' } }
  const result = method === 'initialize' ? hello : {}
  setTimeout(() => answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, result })), 20)
}).listen(process.env.PORT, '127.0.0.1'), ${ms})
`

const cases: [signal: NodeJS.Signals, when: string, readyMs: number, twice: boolean][] = [
  ['SIGINT', 'while it is waited for', 60_000, false],
  ['SIGTERM', 'while it is judged', 0, false],
  ['SIGINT', 'while it is judged, and again at once', 0, true],
]

it.each(cases)(
  '%s %s: the server that was started is gone, with its children',
  async (signal, when, readyMs, twice) => {
    const cwd = ownFolder()
    writeFileSync(join(cwd, 'server.mjs'), server(readyMs))
    const ports = 20_000 + Math.floor(Math.random() * 20_000)
    const url = `http://127.0.0.1:${ports}/mcp`
    const args = ['check', url, '--start', `PORT=${ports} node server.mjs`, '--out', '.']
    const { code, stderr } = await runCli(args, {
      cwd,
      meet: (child) => {
        const interrupt = () => {
          child.kill(signal)
          if (twice) setTimeout(() => child.kill(signal), 20)
        }
        if (readyMs > 0) setTimeout(interrupt, 1500)
        else child.stderr?.once('data', interrupt)
      },
    })
    expect(code, stderr).toBe(130)
    if (!twice) {
      const run: Run = JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8'))
      expect([run.verdict.name, run.interrupted]).toEqual(['interrupted', true])
    }
    const pids = readFileSync(join(cwd, 'pids'), 'utf8').split(' ').map(Number)
    expect(pids).toHaveLength(2)
    await expect.poll(() => pids.filter(isAlive), { timeout: 8000, message: when }).toEqual([])
  },
)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
