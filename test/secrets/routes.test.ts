import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildCli, ownFolder, runCli } from '../cli/cli.js'
import { listening } from '../hostile/hostile.js'
import { deadUrl } from '../support/servers.js'
import { startEcho } from './echo.js'
import { fresh, leaks, neighbourOf, outputs, reports } from './leaks.js'

beforeAll(() => buildCli(), 60_000)

const script = fileURLToPath(new URL('leaking-server.mjs', import.meta.url))
const quick = ['--suite', 'initialize,tools-list,tools-call', '--timeout', '1000']

/** What a route is given, and which of it must not be given here. */
interface Route {
  args: string[]
  env?: Record<string, string>
  files?: Record<string, string>
  /** Something of what the server says, to see that it was asked. */
  shows?: string
}

async function echoOf(...secrets: string[]) {
  const trap = await neighbourOf(secrets[0]!)
  const server = await startEcho(secrets, trap.url)
  onTestFinished(() => {
    server.close()
    expect(trap.caught()).toBe(0)
  })
  return server
}

const routes: [route: string, of: (one: string, other: string) => Route | Promise<Route>][] = [
  [
    'parity, by the environment of the original and the token of the remote form',
    async (one, other) => ({
      args: ['parity', (await echoOf(other)).url, '--stdio', `node ${script}`, '--token-env', 'T', '--tool', 'leak={}'],
      env: { API_KEY: one, T: other },
      shows: 'starting with',
    }),
  ],
  [
    'parity, by the command of the original',
    async (one, other) => ({
      args: ['parity', (await echoOf(other)).url, '--stdio', `node ${script} 0 '--api-key=${one}'`, '--token-env', 'T'],
      env: { T: other },
      shows: 'starting with',
    }),
  ],
  [
    'parity, by one mcpServers file for both',
    async (one, other) => {
      const { url } = await echoOf(other)
      const args = [script, '0', '--api-key', '${KEY}']
      const local = { command: 'node', args, env: { API_KEY: one } }
      const mcpServers = { local, remote: { url, headers: { Authorization: 'Bearer ${T}' } } }
      return {
        args: ['parity', '--mcp-config', 'mcp.json'],
        env: { KEY: other, T: other },
        files: { 'mcp.json': JSON.stringify({ mcpServers }) },
        shows: 'starting with',
      }
    },
  ],
  [
    'check, by the URL and a header of an mcpServers file',
    async (one, other) => {
      const { url } = await echoOf(one, other)
      const mcpServers = { remote: { url: `${url}?key=\${API_KEY}`, headers: { 'X-Tenant': '${TENANT}' } } }
      return {
        args: ['check', '--mcp-config', 'mcp.json', ...quick],
        env: { API_KEY: encodeURIComponent(one), TENANT: other },
        files: { 'mcp.json': JSON.stringify({ mcpServers }) },
      }
    },
  ],
  [
    'run, by headers and tokens of a config',
    async (one, other) => {
      const { url } = await echoOf(one, other)
      const config = {
        ...{ url, tokenEnv: 'T', headers: { 'X-Tenant': 'of ${TENANT}' } },
        check: { suites: ['tools-list'], timeout: 1000 },
        load: { duration: '1s', connections: 1 },
      }
      return {
        args: ['run', 'config.json'],
        env: { T: one, TENANT: other },
        files: { 'config.json': JSON.stringify(config) },
      }
    },
  ],
  [
    'run, by the environment of the command that a config starts',
    (one, other) => ({
      args: ['run', 'config.json'],
      env: { API_KEY: one, DB_PASSWORD: other },
      files: {
        'config.json': JSON.stringify({
          ...{ start: `node ${script} {port} $DB_PASSWORD`, url: '/mcp', env: { API_KEY: null } },
          check: { suites: ['tools-list', 'tools-call'], timeout: 1000 },
        }),
      },
      shows: 'leaking',
    }),
  ],
  [
    'check, by the environment and the words of --start',
    (one, other) => ({
      args: [
        'check',
        '/mcp',
        '--start',
        `node ${script} {port} '--token=${other}'`,
        '--env',
        `API_KEY=${one}`,
        ...quick,
      ],
      shows: 'leaking',
    }),
  ],
  [
    'check, by the words of a --start that fails',
    (one, other) => ({
      args: [
        'check',
        '/mcp',
        '--start',
        `node -e "process.exit(3)" {port} '--token=${other}'`,
        '--env',
        `API_KEY=${one}`,
      ],
      shows: 'ended with exit code 3',
    }),
  ],
  [
    'compare, by the token of both and a query of one',
    async (one, other) => {
      const [first, second] = [await echoOf(one, other), await echoOf(one)]
      const queried = `${first.url}?api_key=${encodeURIComponent(other)}`
      const brief = ['--rounds', '1', '--duration', '1s', '--connections', '1']
      return { args: ['compare', queried, second.url, '--token-env', 'T', ...brief], env: { T: one } }
    },
  ],
  [
    'load, by a profile that cannot be read',
    async (one, other) => ({
      args: ['load', (await echoOf(other)).url, '--profile', './own.mjs', '--token-env', 'T'],
      env: { DB_PASSWORD: one, T: other },
      files: { 'own.mjs': "throw new Error('no database at ' + process.env.DB_PASSWORD + ' for ' + process.env.T)" },
      shows: 'no database at',
    }),
  ],
  [
    'doctor, by a file of headers',
    async (one, other) => ({
      args: ['doctor', (await echoOf(one, other)).url, '--header-file', 'h'],
      files: { h: `Authorization: Bearer ${one}\nX-Tenant: ${other}\n` },
    }),
  ],
  [
    'check, by a URL where nothing listens',
    async (one, other) => ({
      args: ['check', `${await deadUrl()}?token=${encodeURIComponent(one)}`, '--token-env', 'T'],
      env: { T: other },
      shows: 'Nothing listens',
    }),
  ],
  [
    'check, by the token itself in place of a name',
    (one, other) => ({
      args: ['check', 'http://127.0.0.1:1/mcp', '--token-env', one, '--header', `X-Key: ${other}`],
      shows: 'give a name, not the token itself',
    }),
  ],
]

it.each(routes)('no output of %s shows the secret', async (route, of) => {
  const [one, other] = [fresh(route.slice(0, 9)), fresh('other')]
  const { args, env = {}, files = {}, shows } = await of(one, other)
  const folder = ownFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const outcome = await runCli([...args, ...reports], { cwd: folder, env })
  expect(outcome.code, outcome.stderr).not.toBe(5)
  const places = outputs(outcome, folder, Object.keys(files))
  expect(leaks(places, [one, other])).toEqual([])
  expect(places.map(([, text]) => text).join('')).toContain(shows ?? '[redacted]')
})

it('what is written of a stored run, and of two, shows no more', async () => {
  const secret = fresh('stored')
  const { url } = await echoOf(secret)
  const folder = ownFolder()
  const env = { T: secret }
  const judge = (out: string) =>
    runCli(['check', url, ...quick, '--token-env', 'T', '--out', out], { cwd: folder, env })
  await judge('a')
  await judge('b')
  const told = await runCli(['diff', 'a/run.json', 'b/run.json', '--as', 'markdown'], { cwd: folder, env })
  const again = await runCli(['report', 'a/run.json', '--as', 'html=again.html'], { cwd: folder, env })
  expect([told.code, again.code]).toEqual([0, 0])
  expect(leaks([...outputs(told, folder, ['a', 'b']), ['again', again.stderr]], [secret])).toEqual([])
})

it.each(['check', 'load', 'doctor'])('%s takes no token to another origin that the server names', async (command) => {
  const secret = fresh('origin')
  const trap = await neighbourOf(secret)
  const asked = new Set<string>()
  const server = createServer((incoming, answer) => {
    asked.add(incoming.method!)
    const metadata = `Bearer resource_metadata="${trap.url}/.well-known/oauth-protected-resource"`
    answer.setHeader('www-authenticate', metadata)
    if (incoming.url!.startsWith('/.well-known'))
      return void answer
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ resource: trap.url, authorization_servers: [trap.url], jwks_uri: `${trap.url}/jwks` }))
    if (!incoming.headers.authorization) return void answer.writeHead(401).end()
    if (incoming.method !== 'GET') return void answer.writeHead(404).end()
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    answer.write(`event: endpoint\ndata: ${trap.url}/messages?session=1\n\n`)
  })
  const { url, close } = await listening(server)
  onTestFinished(close)
  const folder = ownFolder()
  const args = command === 'check' ? quick : ['--timeout', '1000']
  const outcome = await runCli([command, url, ...args, '--token-env', 'T', ...reports], {
    cwd: folder,
    env: { T: secret },
  })
  expect(outcome.code, outcome.stderr).not.toBe(5)
  expect([...asked]).toContain('GET')
  expect(trap.caught()).toBe(0)
  expect(leaks(outputs(outcome, folder), [secret])).toEqual([])
})
