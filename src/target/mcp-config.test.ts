import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { UsageError } from '../usage-error.js'
import { configuredServer } from './mcp-config.js'
import { openTarget } from './open-target.js'

const env = { TOKEN: 'sekret-1', HOST: 'localhost', EMPTY: '' }

function file(value: unknown): { name: string; around: { cwd: string; env: Record<string, string> } } {
  const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-config-'))
  writeFileSync(join(cwd, '.mcp.json'), typeof value === 'string' ? value : JSON.stringify(value))
  return { name: '.mcp.json', around: { cwd, env } }
}

const read = (value: unknown, server?: string) => {
  const { name, around } = file(value)
  return configuredServer(name, server, around)
}

it('an entry with a URL: variables in url and headers, values from the environment are secret', async () => {
  const headers = { Authorization: 'Bearer ${TOKEN}', 'X-Tenant': 'acme', 'X-Plain': '$TOKEN' }
  const server = await read({ mcpServers: { a: { type: 'http', url: 'http://${HOST}:${PORT:-3000}/mcp', headers } } })
  expect(server).toMatchObject({
    kind: 'http',
    url: 'http://localhost:3000/mcp',
    headers: [
      ['Authorization', 'Bearer sekret-1'],
      ['X-Tenant', 'acme'],
      ['X-Plain', '$TOKEN'],
    ],
  })
  expect(server.secrets).toContain('sekret-1')
  expect(server.secrets).not.toContain('acme')
})

it('an entry with a command, as VS Code and Cursor write it', async () => {
  const entry = {
    command: 'node',
    args: ['s.js', '--key=${env:TOKEN}'],
    env: { API_KEY: '${TOKEN}', A: '' },
    cwd: '${X:-.}',
  }
  expect(await read({ servers: { a: entry, b: {} } }, 'a')).toEqual({
    name: 'a',
    kind: 'stdio',
    command: 'node',
    args: ['s.js', '--key=sekret-1'],
    env: { API_KEY: 'sekret-1', A: '' },
    cwd: '.',
    secrets: ['sekret-1'],
  })
})

it.each([
  ['${EMPTY:-b}', 'b'],
  ['${EMPTY}', ''],
  ['${UNSET:-}', ''],
  ['${TOKEN:-b}', 'sekret-1'],
  ['${env:UNSET:-c d}', 'c d'],
  ['$HOME and $(x)', '$HOME and $(x)'],
])('%s becomes "%s"', async (text, expanded) =>
  expect(await read({ mcpServers: { a: { command: 'x', args: [text] } } })).toMatchObject({ args: [expanded] }),
)

const url = 'http://localhost:1/mcp'
it.each<[what: string, value: unknown, words: RegExp, server?: string]>([
  ['no JSON', '{', /^\.mcp\.json: this is no JSON: /],
  ['no servers', {}, /^\.mcp\.json: there is no object "mcpServers"/],
  ['an empty file', { mcpServers: {} }, /no server stands in it/],
  ['several', { mcpServers: { a: {}, b: {} } }, /choose one with --server: a, b/],
  ['another name', { mcpServers: { a: {}, b: {} } }, /there is no server "c" in it; choose a, b/, 'c'],
  ['a name of the prototype', { mcpServers: { a: {} } }, /there is no server "constructor"/, 'constructor'],
  ['nothing in it', { mcpServers: { a: {} } }, /a has neither a url nor a command/],
  ['both', { mcpServers: { a: { url, command: 'x' } } }, /a has both a url and a command/],
  ['an unknown type', { mcpServers: { a: { type: 'ws', url } } }, /a\.type "ws" is unknown; choose http, sse or stdio/],
  ['a URL of another kind', { mcpServers: { a: { url: 7 } } }, /a\.url must be a text/],
  ['args that are no list', { mcpServers: { a: { command: 'x', args: 'y' } } }, /a\.args must be a list/],
  [
    'an unset variable',
    { mcpServers: { a: { url, headers: { X: '${NO_SUCH}' } } } },
    /a\.headers\.X: .* NO_SUCH is not set/,
  ],
  ['an input', { mcpServers: { a: { url: '${input:key}' } } }, /a\.url: \$\{input:key\} cannot be put in here/],
  ['a line break in a header', { mcpServers: { a: { url, headers: { X: 'a\nb' } } } }, /a\.headers\.X: name or value/],
])('%s: a usage error', async (_, value, words, server) => {
  const error = await read(value, server).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  expect(error.message).toMatch(words)
  expect(error.message).not.toMatch(/\n/)
})

it('a target of it has the headers; a STDIO entry is none', async () => {
  const { name, around } = file({ mcpServers: { a: { url, headers: { 'X-Key': '${TOKEN}' } }, b: { command: 'x' } } })
  const target = await openTarget(undefined, { mcpConfig: name, server: 'a' }, around)
  expect(target).toMatchObject({ url, name: 'a', options: { headers: [['X-Key', 'sekret-1']], secrets: ['sekret-1'] } })
  const stdio = openTarget(undefined, { mcpConfig: name, server: 'b' }, around)
  await expect(stdio).rejects.toThrow(/b is a STDIO server, which has no URL; mcp-gauntlet parity/)
})
