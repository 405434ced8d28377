import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** How a target is spoken to; `sse` is the HTTP+SSE transport of 2024-11-05. */
export type InteropTransport = 'streamable-http' | 'sse'

/** A real server nobody here wrote, and how to start it. `{port}` and `{authPort}` stand for free ports in args, env and url. */
export interface InteropServer {
  name: string
  /** The package under test with its pinned version, for reports. */
  package: string
  start: { command: string; args: string[]; cwd?: string; env: Record<string, string> }
  url: string
  transport: InteropTransport
  /** Tools that change nothing and answer with success for these arguments. */
  safeTools: { name: string; arguments: Record<string, unknown> }[]
  /** Which part of `install.sh` provides it. */
  needs: 'npm' | 'python' | 'go'
  /** The suites that are asked, where a full check costs the machine minutes: all when absent. */
  suites?: string[]
  /** True when every request without a bearer token is answered with 401. */
  protected?: boolean
  /** True when it serves 2026-07-28 alone and refuses every initialize. */
  modern?: boolean
}

const root = resolve(import.meta.dirname, '../..').replace(/\/dist$/, '')

/** The folder `install.sh` fills. */
export const interopRoot = `${root}/.interop/`

/** Servers of ours on the SDKs of others, as they are started. */
export const fixtures = `${root}/test/interop/fixtures/`

/** A running target. `close` ends its whole process group, `output` is what it has printed so far. */
export interface StartedInterop {
  url: string
  close(): Promise<void>
  output(): string
}

const patience = 30_000
const grace = 3_000

/** Whether `install.sh` has provided what this target needs. */
export function interopInstalled(server: InteropServer): boolean {
  const stamps = { npm: ['npm'], python: ['venv', 'venv-mcp1'], go: ['go'] }[server.needs]
  return stamps.every((folder) => existsSync(`${interopRoot}${folder}/.installed`))
}

/** Starts a target on a free port and resolves once it has answered a real handshake. */
export async function startInterop(server: InteropServer): Promise<StartedInterop> {
  if (!interopInstalled(server)) throw new Error(`${server.name} is not installed: run test/interop/install.sh`)
  const ports = { port: await freePort(), authPort: await freePort() }
  const fill = (text: string) => text.replace(/\{(port|authPort)\}/g, (_, key: keyof typeof ports) => `${ports[key]}`)
  const env: NodeJS.ProcessEnv = { ...process.env, PYTHONUNBUFFERED: '1' }
  for (const [key, value] of Object.entries(server.start.env)) env[key] = fill(value)

  const child = spawn(server.start.command, server.start.args.map(fill), {
    cwd: server.start.cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString('utf8')).slice(-100_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  let failed: Error | undefined
  child.once('error', (error) => {
    failed = error
  })

  const started: StartedInterop = { url: fill(server.url), close: () => endGroup(child), output: () => printed }
  const deadline = Date.now() + patience
  while (!(await answers(server, started.url))) {
    const gone = child.exitCode !== null || child.signalCode !== null
    if (failed === undefined && !gone && Date.now() < deadline) {
      await delay(100)
      continue
    }
    await endGroup(child)
    const reason = failed?.message ?? (gone ? 'it ended' : `no handshake within ${patience / 1000} s`)
    throw new Error(`${server.name} did not start: ${reason}\n${printed}`)
  }
  return started
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', resolve)
  })
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** One handshake attempt, tidied up after itself. */
async function answers(server: InteropServer, url: string): Promise<boolean> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), 5_000)
  try {
    if (server.transport === 'sse') return await announcesEndpoint(url, abort.signal)
    const reply = await fetch(url, { method: 'POST', headers, body: initialize, signal: abort.signal })
    if (server.protected) return reply.status === 401
    if (server.modern) return (await reply.text()).includes('-32022')
    if (reply.status !== 200 || !(await reply.text()).includes('"protocolVersion"')) return false
    const session = reply.headers.get('mcp-session-id')
    if (session) await fetch(url, { method: 'DELETE', headers: { 'mcp-session-id': session }, signal: abort.signal })
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 'ready',
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'interop', version: '0' } },
})

async function announcesEndpoint(url: string, signal: AbortSignal): Promise<boolean> {
  const reply = await fetch(url, { headers: { accept: 'text/event-stream' }, signal })
  if (reply.status !== 200 || reply.body === null) return false
  let text = ''
  for await (const chunk of reply.body) {
    text += Buffer.from(chunk).toString('utf8')
    if (/^event: ?endpoint/m.test(text)) return true
  }
  return false
}

/** TERM to the whole group, then KILL for what is left of it. */
export async function endGroup(child: ChildProcess): Promise<void> {
  const group = child.pid
  if (group === undefined) return
  signalGroup(group, 'SIGTERM')
  const deadline = Date.now() + grace
  while (signalGroup(group, 0) && Date.now() < deadline) await delay(50)
  signalGroup(group, 'SIGKILL')
}

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal)
    return true
  } catch {
    return false
  }
}
