import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildCli, ownFolder, runCli } from '../cli/cli.js'
import { startEcho } from './echo.js'
import { fresh, leaks, neighbourOf, outputs, reports } from './leaks.js'

beforeAll(() => buildCli(), 60_000)

const first = 'first-token-of-somebody'
const suites = [
  '--suite',
  'initialize,auth,tools-list,transport,security,jsonrpc,isolation,session',
  '--timeout',
  '1000',
]

interface Given {
  args?: string[]
  env?: Record<string, string>
  files?: Record<string, string>
  query?: string
  /** The tokens that let somebody in; none: everybody is. */
  accepted?: string[]
}

/** Each way in which a secret reaches the program. */
const routes: [route: string, given: (secret: string) => Given][] = [
  ['--token-env', (secret) => ({ args: ['--token-env', 'T'], env: { T: secret } })],
  ['--header', (secret) => ({ args: ['--header', `X-Api-Key: ${secret}`] })],
  ['--header with a scheme', (secret) => ({ args: ['--header', `Authorization: Token ${secret}`] })],
  ['--header-file', (secret) => ({ args: ['--header-file', 'h'], files: { h: `Authorization: Bearer ${secret}\n` } })],
  [
    '--second-token-env',
    (secret) => ({
      args: ['--token-env', 'T', '--second-token-env', 'S'],
      env: { T: first, S: secret },
      accepted: [first, secret],
    }),
  ],
  [
    '--bad-token-env',
    (secret) => ({
      args: ['--token-env', 'T', '--bad-token-env', 'expired=B'],
      env: { T: first, B: secret },
      accepted: [first],
    }),
  ],
  ['the query of the URL', (secret) => ({ query: `?api_key=${encodeURIComponent(secret)}` })],
]

it.each(routes)('a secret by %s appears in no output of check', async (route, give) => {
  const secret = fresh(route)
  const trap = await neighbourOf(secret)
  const { args = [], env = {}, files = {}, query = '', accepted = [] } = give(secret)
  const server = await startEcho([secret], trap.url, accepted)
  onTestFinished(() => server.close())
  const folder = ownFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const outcome = await runCli(['check', server.url + query, ...suites, ...args, ...reports], { cwd: folder, env })
  expect([0, 1, 3, 4], outcome.stderr).toContain(outcome.code)
  expect(server.asked.size).toBeGreaterThan(0)
  expect([...server.seen]).toEqual([secret])
  const places = outputs(outcome, folder, Object.keys(files))
  expect(places.map(([place]) => place)).toContain('out.html')
  expect(leaks(places, [secret])).toEqual([])
  expect(trap.caught()).toBe(0)
})

it.each(['load', 'doctor'])('the token appears in no output of %s', async (command) => {
  const secret = fresh(command)
  const trap = await neighbourOf(secret)
  const server = await startEcho([secret], trap.url)
  onTestFinished(() => server.close())
  const folder = ownFolder()
  const args = command === 'load' ? ['--duration', '1s', '--connections', '2'] : []
  const outcome = await runCli([command, server.url, ...args, '--token-env', 'T', ...reports], {
    cwd: folder,
    env: { T: secret },
  })
  expect([0, 1, 3, 4], outcome.stderr).toContain(outcome.code)
  expect([...server.seen]).toEqual([secret])
  expect(leaks(outputs(outcome, folder, []), [secret])).toEqual([])
  expect(trap.caught()).toBe(0)
})

it('headers of an mcpServers file appear in no output', async () => {
  const secret = fresh('mcp-config')
  const trap = await neighbourOf(secret)
  const server = await startEcho([secret], trap.url)
  onTestFinished(() => server.close())
  const folder = ownFolder()
  const headers = { 'X-Custom': secret, Authorization: `Bearer ${secret}` }
  writeFileSync(join(folder, 'mcp.json'), JSON.stringify({ mcpServers: { one: { url: server.url, headers } } }))
  const outcome = await runCli(['check', '--mcp-config', 'mcp.json', ...suites, ...reports], { cwd: folder })
  expect([...server.seen], outcome.stderr).toEqual([secret])
  expect(leaks(outputs(outcome, folder, ['mcp.json']), [secret])).toEqual([])
})

it('what a server printed before it failed to start shows no secret of its environment', async () => {
  const secret = fresh('started')
  const folder = ownFolder()
  writeFileSync(join(folder, 'fails.mjs'), "console.error('bad key ' + process.env.API_KEY); process.exit(3)")
  const args = [
    'check',
    'http://127.0.0.1:{port}/mcp',
    '--start',
    'node fails.mjs',
    '--env',
    'API_KEY',
    '--wait-for',
    '5s',
  ]
  const outcome = await runCli([...args, ...reports], { cwd: folder, env: { API_KEY: secret } })
  expect(outcome.stderr).toContain('bad key')
  expect(leaks(outputs(outcome, folder, ['fails.mjs']), [secret])).toEqual([])
})
