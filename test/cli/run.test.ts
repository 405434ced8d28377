import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { greeting, resultOf, sendJson, serveHttp } from '../support/servers.js'
import { buildCli, ownFolder, runCli } from './cli.js'

beforeAll(buildCli)

describe('a whole run', () => {
  const one = ['check', 'reference:stateless', '--only', 'initialize/is-answered']

  it('--json: the Run document alone on stdout, progress on stderr', async () => {
    const { stdout, stderr, code } = await runCli([...one, '--json'])
    const run: Run = JSON.parse(stdout)
    expect(code).toBe(run.verdict.exitCode)
    expect([code, run.schema, run.results.map((result) => result.id)]).toEqual([0, 1, ['initialize/is-answered']])
    expect(stderr).toMatch(/^reference:stateless: .*Streamable HTTP/)
  })

  it('--quiet: nothing but the exit code', async () => {
    const { stdout, stderr, code } = await runCli([...one, '--quiet'])
    expect([stdout, stderr, code]).toEqual(['', '', 0])
  })

  it('--out and --report write files; the terminal keeps stdout', async () => {
    const cwd = ownFolder()
    const { stdout, code } = await runCli([...one, '--out', 'out', '--report', 'junit=out/deep/junit.xml'], { cwd })
    expect(stdout).toMatch(/^PASS {2}1 passed/)
    expect(code).toBe(0)
    expect(JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8')).schema).toBe(1)
    expect(readFileSync(join(cwd, 'out/deep/junit.xml'), 'utf8')).toMatch(/<testcase classname="initialize"/)
  })

  it('a token from the environment is used and appears nowhere', async () => {
    const secret = 'tok-0123456789'
    const { url, seen } = await serveHttp(({ method, message, headers }, answer) => {
      if (headers.authorization !== `Bearer ${secret}`) return answer.writeHead(401).end(`not ${headers.authorization}`)
      if (method !== 'POST') return answer.writeHead(405).end()
      if (message.method === 'initialize') return sendJson(answer, greeting(message, { echo: headers.authorization }))
      answer.writeHead(500).end(`broken for ${headers.authorization}`)
    })
    const args = ['check', url, '--suite', 'initialize', '--token-env', 'MY_TOKEN', '--json']
    const { stdout, stderr } = await runCli(args, { env: { MY_TOKEN: `${secret}\n` } })
    expect(seen.some((one) => one.headers.authorization === `Bearer ${secret}`)).toBe(true)
    expect(JSON.parse(stdout).results.length).toBeGreaterThan(0)
    expect(stdout + stderr).not.toContain(secret)
  })
})

describe('colour', () => {
  it.each<[string, string[], NodeJS.ProcessEnv, boolean]>([
    ['none in a pipe', [], {}, false],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['NO_COLOR goes before it', [], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['--no-color too', ['--no-color'], { FORCE_COLOR: '1' }, false],
  ])('%s', async (_, args, env, color) => {
    const { stdout } = await runCli([...args, 'check', 'reference:stateless', '--only', 'initialize/is-answered'], {
      env,
    })
    expect(stdout.includes('\u001b[')).toBe(color)
  })
})

it('list --suite shows the checks of the suite and no others', async () => {
  const { stdout, code } = await runCli(['list', '--suite', 'initialize,session'])
  const suites = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('/')[0])
  expect([code, [...new Set(suites)]]).toEqual([0, ['initialize', 'session']])
  const asJson = await runCli(['list', '--suite', 'session', '--json'])
  expect(JSON.parse(asJson.stdout)[0]).toEqual({
    id: expect.stringMatching(/^session\//),
    level: expect.any(String),
    requirement: expect.any(String),
    title: expect.any(String),
  })
})

describe('SIGINT', () => {
  const interrupt = async (silentAt: string) => {
    let stop = () => {}
    const { url } = await serveHttp(({ method, message }, answer) => {
      if (message?.method === silentAt) return stop()
      if (method !== 'POST') return answer.writeHead(405).end()
      if (message.method === 'initialize') return sendJson(answer, greeting(message, { tools: {} }))
      if ('id' in message) sendJson(answer, resultOf(message, { tools: [] }))
      else answer.writeHead(202).end()
    })
    const args = [
      'check',
      url,
      '--only',
      'initialize/is-answered',
      '--suite',
      'initialize,tools-list',
      '--only',
      'tools-list/',
      '--timeout',
      '60000',
      '--json',
    ]
    const meet: NonNullable<Parameters<typeof runCli>[1]>['meet'] = (child) => {
      stop = () => child.kill('SIGINT')
    }
    return runCli(args, { meet })
  }

  it('in the middle of the checks: 130, and a valid Run with what was found until then', async () => {
    const { stdout, code } = await interrupt('ping')
    const run: Run = JSON.parse(stdout)
    expect([code, run.interrupted, run.verdict.name]).toEqual([130, true, 'interrupted'])
    const statuses = new Set(run.results.map((result) => result.outcome.status))
    expect(statuses).toContain('not-testable')
    expect(run.results.every((result) => result.id)).toBe(true)
  })

  it('in the run without arguments: no further server is judged', async () => {
    const { stderr, code } = await runCli([], {
      meet: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
    })
    const judged = new Set(stderr.match(/^reference:[^:\s]+(?=: )/gm))
    expect([code, judged.size]).toEqual([130, 1])
  })

  it('while the server is being looked at: the same, at once', async () => {
    const { stdout, code } = await interrupt('initialize')
    expect([code, JSON.parse(stdout).verdict.name]).toEqual([130, 'interrupted'])
  })
})

describe('serve --port', () => {
  it.each([
    ['alone', []],
    ['with a fault', ['--fault', 'ping/answered-with-an-empty-result']],
  ])('taken, %s: one clear line and exit 2', async (_, more) => {
    const { url } = await serveHttp((_seen, answer) => answer.end())
    const { port } = new URL(url)
    const { stdout, stderr, code } = await runCli(['serve', '--port', port, ...more])
    expect([stdout, code]).toEqual(['', 2])
    expect(stderr).toBe(`mcp-gauntlet: --port ${port} is taken; choose another, or leave --port out for a free one\n`)
  })

  it('beyond all ports: the same', async () => {
    const { stderr, code } = await runCli(['serve', '--port', '70000'])
    expect([stderr, code]).toEqual(['mcp-gauntlet: --port 70000: ports end at 65535\n', 2])
  })
})
