import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ParityFlags, parityCommand } from '../../src/commands/parity.js'
import type { Terminal } from '../../src/commands/terminal.js'
import { isRun } from '../../src/report/is-run.js'
import type { Run } from '../../src/report/run.js'
import { deadUrl } from '../support/servers.js'

const script = fileURLToPath(new URL('seeded-server.mjs', import.meta.url))
const stdio = `${process.execPath} ${script} stdio`

let child: ChildProcess
let url: string

beforeAll(async () => {
  child = spawn(process.execPath, [script, 'http', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout!, 'data')
  url = `http://127.0.0.1:${String(port).trim()}/mcp`
})

afterAll(() => void child?.kill())

async function parity(where: string | undefined, flags: ParityFlags): Promise<{ code: number; out: string }> {
  const said: string[] = []
  const terminal: Terminal = {
    out: (text) => void said.push(text),
    err: () => {},
    columns: 80,
    color: false,
    live: false,
    env: process.env,
    cwd: process.cwd(),
    signal: new AbortController().signal,
  }
  const code = await parityCommand(where, flags, terminal)
  return { code, out: said.join('') }
}

function configFile(servers: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'parity-')), 'mcp.json')
  writeFileSync(path, JSON.stringify({ mcpServers: servers }))
  return path
}

describe('exit codes', () => {
  it('0 for two that are equal, with a Run document that reports can read', async () => {
    const { code, out } = await parity(url, { stdio, json: true })
    const run: Run = JSON.parse(out)
    expect(code).toBe(0)
    expect(isRun(run)).toBe(true)
    expect(run.parities?.[0]).toMatchObject({ differences: [], patch: [], original: { end: 'exit code 0' } })
  })

  it('1 for a difference, which the JSON Patch holds', async () => {
    const one = `${process.execPath} -e "console.log(JSON.stringify({jsonrpc:'2.0',id:1}))" ; STRAY=1 ${stdio}`
    const { code, out } = await parity('reference:stateless', { stdio: one, report: ['json-patch'] })
    expect(code).toBe(1)
    const paths = JSON.parse(out).map(({ path }: { path: string }) => path)
    expect(paths).toEqual(expect.arrayContaining(['/tools/reset', '/prompts/packing']))
  })

  it.each([
    ['no original', {}, /give the STDIO original with --stdio/],
    ['two originals', { stdio, stdioServer: 'x' }, /leave one away/],
    ['an unusable glob', { stdio, ignore: ['tools'] }, /JSON pointer that starts with/],
  ])('2 for %s', async (_, flags, message) => {
    await expect(parity(url, flags)).rejects.toThrow(message)
  })

  it('4 where the remote form is not there', async () => {
    const { code, out } = await parity(await deadUrl(), { stdio })
    expect(code).toBe(4)
    expect(out).toMatch(/^NOT JUDGED/)
  })

  it('4 where the original is not there, with what it said', async () => {
    const { code, out } = await parity(url, { stdio: 'echo no module named weather >&2; exit 3' })
    expect(code).toBe(4)
    expect(out.replace(/\s+/g, ' ')).toContain('exit code 3')
    expect(out.replace(/\s+/g, ' ')).toContain('It printed: no module named weather')
  })
})

describe('what is seen of the original alone', () => {
  it('counts what it prints to stdout beside messages', async () => {
    const { code, out } = await parity(url, { stdio: `STRAY=1 ${stdio}` })
    expect(code).toBe(0)
    expect(out.replace(/\s+/g, ' ')).toContain(
      'wrote 2 lines ("Weather server started", "{\\"level\\":\\"info\\"}") to stdout',
    )
  })

  it('tells of an end that was no good one', async () => {
    const ends = [`EXIT=7 ${stdio}`, `LINGER=1 ${stdio}`].map(async (stdio) => (await parity(url, { stdio })).out)
    const [failed, lingered] = (await Promise.all(ends)).map((text) => text.replace(/\s+/g, ' '))
    expect(failed).toContain('ended with exit code 7')
    expect(lingered).toContain('ended with signal SIGTERM, as it did not end when its input was closed')
  })
})

describe('a file with both forms', () => {
  const original = { command: process.execPath, args: [script, 'stdio'] }

  it('is enough where it holds one of each', async () => {
    const mcpConfig = configFile({ weather: original, remote: { type: 'http', url } })
    expect((await parity(undefined, { mcpConfig })).code).toBe(0)
  })

  it('wants names where it holds more', async () => {
    const mcpConfig = configFile({ a: original, b: original, c: { url }, d: { url } })
    await expect(parity(undefined, { mcpConfig })).rejects.toThrow('choose a STDIO server with --stdio-server: a, b')
    await expect(parity(undefined, { mcpConfig, stdioServer: 'b' })).rejects.toThrow('with --server: c, d')
    expect((await parity(undefined, { mcpConfig, stdioServer: 'b', server: 'd' })).code).toBe(0)
  })
})
