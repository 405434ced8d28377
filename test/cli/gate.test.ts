import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { buildCli, ownFolder, runCli } from './cli.js'

beforeAll(buildCli)

const config = `
url: reference:stateless
check: { only: [initialize/is-answered, ping/answered-promptly] }
baseline: known.yaml
load: { duration: 1s, connections: 2, method: tools/list }
reports: [junit=out/junit.xml]
out: out
`
const known = 'known:\n  - check: initialize/is-answered\n    reason: none\n'

/** A folder with the config and a baseline. */
function folder(files: Record<string, string> = {}): string {
  const cwd = ownFolder()
  for (const [name, text] of Object.entries({ 'mcp-gauntlet.config.yaml': config, 'known.yaml': known, ...files }))
    writeFileSync(join(cwd, name), text)
  return cwd
}

const stored = (cwd: string): Run => JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8'))

describe('the gate', () => {
  it('judges, loads, holds to the baseline and writes reports, with one verdict', { timeout: 90_000 }, async () => {
    const cwd = folder()
    const { code, stdout } = await runCli(['run'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('1 entry of known.yaml is stale: initialize/is-answered passes now')
    const run = stored(cwd)
    expect(run.results.map(({ outcome }) => outcome.status)).toEqual(['pass', 'pass'])
    expect(run.loads[0]!.phases['tools/list']!.count).toBeGreaterThan(0)
    expect(readFileSync(join(cwd, 'out/junit.xml'), 'utf8')).toContain('<testsuite name="baseline"')

    const updated = await runCli(['run', '--update-baseline', '--skip', 'load'], { cwd })
    expect([updated.code, updated.stderr]).toEqual([
      0,
      expect.stringContaining('known.yaml: 0 entries, 0 added, 1 dropped'),
    ])
    expect((await runCli(['run', '--skip', 'load', '--quiet'], { cwd })).code).toBe(0)
  })

  it('holds loads to a stored run, and the environment goes before the file', { timeout: 90_000 }, async () => {
    const cwd = folder({ 'known.yaml': 'known: []\n' })
    await runCli(['run', '--skip', 'check', '--quiet'], { cwd })
    const before = stored(cwd)
    const phase = before.loads[0]!.phases['tools/list']!
    before.loads = [1, 1.01, 0.99].map((factor) => ({
      ...before.loads[0]!,
      phases: { 'tools/list': { ...phase, rate: phase.rate * 1000 * factor } },
    }))
    writeFileSync(join(cwd, 'before.json'), JSON.stringify(before))
    const env = { MCP_GAUNTLET_PREVIOUS: 'before.json', MCP_GAUNTLET_SKIP: 'check' }
    const { code, stdout } = await runCli(['run'], { cwd, env })
    expect(stdout).toMatch(/figures? of the load got worse since before\.json, such as tools\/list /)
    expect(code).toBe(1)
    expect(stored(cwd).previous!.loads[0]!.loads).toEqual([3, 1])
  })

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['no config', ['run', 'none.yaml'], {}, /^mcp-gauntlet: none\.yaml: there is no such file/],
    [
      'a target there is not',
      ['run', '--target', 'x'],
      {},
      /--target x: there is no such target; give the targets names/,
    ],
    ['a stored run that is not there', ['run', '--previous', 'x.json'], {}, /previous: x\.json: there is no such file/],
    ['a part there is not', ['run', '--skip', 'auth'], {}, /--skip auth: choose check or load/],
    [
      'an id there is not',
      ['run'],
      { 'known.yaml': 'known:\n  - check: ping/answered-prompty\n    reason: r\n' },
      /known\.yaml line 2: known\[0\]\.check: there is no check "ping\/answered-prompty"; did you mean "ping\/answered-promptly"\?/,
    ],
    [
      'a slip',
      ['run'],
      { 'mcp-gauntlet.config.yaml': 'ulr: x\n' },
      /line 1: ulr: there is no such key; did you mean "url"\?/,
    ],
  ])('%s: exit code 2', async (_, args, files, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: folder(files) })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('a server that does not come up: exit code 4, and the baseline is left alone', async () => {
    const cwd = folder({
      'mcp-gauntlet.config.yaml': "start: 'exit 3'\nurl: http://127.0.0.1:{port}/mcp\nbaseline: known.yaml\n",
    })
    const { code } = await runCli(['run', '--update-baseline'], { cwd })
    expect([code, readFileSync(join(cwd, 'known.yaml'), 'utf8')]).toEqual([4, known])
  })
})

describe('init', () => {
  it('writes a config that runs, overwrites none, and names no tool as safe', async () => {
    const cwd = ownFolder()
    const file = join(cwd, 'mcp-gauntlet.config.yaml')
    expect((await runCli(['init', 'reference:stateless'], { cwd })).code).toBe(0)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^# {3}Found: weather .* stateless/m)
    expect(text).toMatch(/^# tools:\n# {3}# /m)
    expect(text).not.toMatch(/^tools:/m)
    const again = await runCli(['init', 'reference:stateless'], { cwd })
    expect([again.code, again.stderr]).toEqual([
      2,
      'mcp-gauntlet: mcp-gauntlet.config.yaml is there already; --force writes it anew\n',
    ])
    expect((await runCli(['init', '--force'], { cwd })).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('url: http://localhost:3000/mcp')
  })

  it('writes nothing where there is no server', async () => {
    const cwd = ownFolder()
    const { code, stderr } = await runCli(['init', 'http://127.0.0.1:1/mcp'], { cwd })
    expect([code, existsSync(join(cwd, 'mcp-gauntlet.config.yaml'))]).toEqual([4, false])
    expect(stderr).toContain('Nothing was written')
  })
})
