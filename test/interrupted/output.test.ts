import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { isRun } from '../../src/report/is-run.js'
import { buildCli, ownFolder, runCli } from '../cli/cli.js'
import { startCounting } from '../support/counting-server.js'

beforeAll(buildCli)

const quick = ['--only', 'ping/answered-promptly', '--only', 'tools-list/']

/** A server that breaks a rule: its tools have no schema. */
async function broken(): Promise<string> {
  const server = await startCounting({ tools: ['echo'], onCall: () => false })
  onTestFinished(() => server.close())
  return server.url
}

it.each([
  ['check reference:stateless --only ping/answered-promptly', 0],
  ['check http://127.0.0.1:1/mcp', 4],
])('a pipe that is closed, as head does it, changes nothing: %s | true', (command, code) => {
  const program = `${process.execPath} ${resolve('dist/src/cli.js')}`
  const piped = `set -o pipefail; ${program} ${command} --out . 2>&1 | true`
  const cwd = ownFolder()
  expect(spawnSync('bash', ['-c', piped], { cwd, encoding: 'utf8' })).toMatchObject({ status: code, stderr: '' })
  expect(isRun(JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8')))).toBe(true)
})

it.runIf(existsSync('/dev/full'))('a stdout without room is told, with exit code 2', () => {
  const program = `${process.execPath} ${resolve('dist/src/cli.js')}`
  const { status, stderr } = spawnSync('bash', ['-c', `${program} list > /dev/full`], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^mcp-gauntlet: stdout cannot be written: ENOSPC.*\n$/)])
})

it('on a disk without room no half report is left, and the report on the screen is there all the same', async ({
  skip,
}) => {
  const home = ownFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'none', home], { stdio: 'ignore' })
  } catch {
    skip('no file system of a small size can be mounted here')
  }
  onTestFinished(() => void execFileSync('umount', [home]))
  const url = await broken()
  const { code, stdout, stderr } = await runCli(['check', url, ...quick, '--out', home])
  expect([code, stderr]).toEqual([2, expect.stringContaining('run.json cannot be written: ENOSPC')])
  expect(stdout).toMatch(/passed/)
  expect(readdirSync(home)).toEqual([])
})

it('two runs that write to the same folder at once leave a whole document of one of them', async () => {
  const url = await broken()
  const cwd = ownFolder()
  const args = ['check', url, ...quick, '--out', 'out', '--report', 'junit=out/junit.xml']
  const codes = (await Promise.all([runCli(args, { cwd }), runCli(args, { cwd })])).map(({ code }) => code)
  expect(codes[0]).toBe(codes[1])
  expect(isRun(JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8')))).toBe(true)
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['junit.xml', 'run.json'])
})
