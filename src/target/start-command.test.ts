import { expect, it, onTestFinished } from 'vitest'
import { openTarget } from './open-target.js'
import type { TargetSource } from './source.js'
import { TargetUnavailable } from './unavailable.js'

const around = { cwd: process.cwd(), env: process.env }

/** A server in one line that answers everything with 401 on a port, with `before` run first. */
const server = (before = '', port = 'process.env.PORT') =>
  `node -e "${before};require('http').createServer((q,a)=>a.writeHead(401).end()).listen(${port},'localhost')"`

async function failure(where: string | undefined, source: TargetSource): Promise<TargetUnavailable> {
  const error = await openTarget(where, source, around).then(
    (target) => target.close(),
    (thrown) => thrown,
  )
  expect(error).toBeInstanceOf(TargetUnavailable)
  return error as TargetUnavailable
}

async function open(where: string | undefined, source: TargetSource) {
  const target = await openTarget(where, source, around)
  onTestFinished(() => target.close())
  return target
}

const lives = (pid: number) => {
  try {
    return process.kill(-pid, 0)
  } catch {
    return false
  }
}

it('starts a server on a free port, waits until it answers, and ends its whole group', async () => {
  const target = await open('/x', { start: `${server()} {port}; true` })
  expect(target.url).toMatch(/^http:\/\/localhost:\d+\/x$/)
  expect((await fetch(target.url)).status).toBe(401)
  expect(lives(target.pid!)).toBe(true)
  await target.close()
  expect(lives(target.pid!)).toBe(false)
  await expect(fetch(target.url)).rejects.toThrow()
})

it('a process that ignores SIGTERM is ended by force, and so are the children it left behind', async () => {
  const target = await open('/', {
    start: `(trap '' TERM; ${server("process.on('SIGTERM',()=>{})", '{port}')}) & true`,
  })
  expect((await fetch(target.url)).status).toBe(401)
  await target.close()
  expect(lives(target.pid!)).toBe(false)
})

it('the variables reach it, and PORT is that of the URL', async () => {
  const start = `node -e "console.log(process.env.A, process.env.PORT, process.env.MY_KEY); process.exit(5)"`
  const error = await failure('http://localhost:3998/mcp', { start, env: { A: 'b', MY_KEY: 'hidden-value' } })
  expect(error.output).toBe('b 3998 [redacted]')
})

it('a command that ends early is noticed at once, with how it ended and its last lines', async () => {
  const started = performance.now()
  const error = await failure('http://localhost:3998/mcp', { start: 'echo one; echo two >&2; exit 7' })
  expect(error.message).toMatch(/^"echo one; .*" ended with exit code 7 after \d\.\d s, before the server was ready\.$/)
  expect(error.output.split('\n').sort()).toEqual(['one', 'two'])
  expect(performance.now() - started).toBeLessThan(10_000)
})

it('an open port is not enough', async () => {
  const start = `node -e "require('net').createServer(s=>s.on('error',()=>{})).listen({port})"`
  const error = await failure('/mcp', { start, waitSeconds: 1 })
  expect(error.message).toMatch(/was not ready within 1 s: .* did not answer/)
})

it('a page that is no MCP server is not enough either', async () => {
  const start = `node -e "require('http').createServer((q,a)=>a.writeHead(404).end()).listen({port})"`
  const error = await failure('/mcp', { start, waitSeconds: 1 })
  expect(error.message).toMatch(/was not ready within 1 s: .* answers 404 to POST/)
})

it('a port that is taken already is not judged in place of the server', async () => {
  const first = await open('/mcp', { start: server('', '{port}') })
  const error = await failure(first.url, { start: server() })
  expect(error.message).toMatch(/^Something listens at localhost:\d+ already/)
})

it.each<[what: string, where: string | undefined, source: TargetSource, words: RegExp]>([
  ['neither URL nor port', undefined, { start: 'x' }, /^"x": say where it listens/],
  ['a path without a port', '/mcp', { start: 'x' }, /^"x": say where it listens/],
  ['a URL that is none', 'nonsense', { start: 'x' }, /^"nonsense" is no URL/],
  ['two places', undefined, { start: 'x', image: 'y' }, /^start and image: a server comes from one place/],
  ['variables for nobody', 'http://localhost:1/', { env: {} }, /^env means something only with start or image/],
  ['a URL beside a file', 'http://localhost:1/', { mcpConfig: 'x' }, /^mcpConfig tells the URL/],
  ['nothing', undefined, {}, /^give the URL of a server/],
])('%s: a usage error', async (_, where, source, words) =>
  expect(openTarget(where, source, around)).rejects.toThrow(words),
)
