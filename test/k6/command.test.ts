import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { buildCli, runCli } from '../cli/cli.js'
import { startCounting } from '../support/counting-server.js'
import { counted, exported, folderFor, reported, runScript, tool, withK6 } from './k6.js'

beforeAll(buildCli)

const secret = 'key-of-the-weather-0123456789'

describe.concurrent('credentials', () => {
  it('are read from the environment, by a script that holds none', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await counted({ mode: 'stateful', auth: 'apikey', env: { WEATHER_API_KEY: secret } }, onTestFinished)
    const args = [
      server.url,
      '--token-env',
      'WEATHER',
      '--duration',
      '1s',
      ...tool,
      '--script',
      'load.js',
      '--k8s',
      'load.yaml',
    ]
    const { code, stderr } = await runCli(['export', 'k6', ...args], { cwd: folder, env: { WEATHER: secret } })
    expect([code, stderr.includes('read from the environment: WEATHER')]).toEqual([0, true])
    const script = join(folder, 'load.js')
    for (const file of ['load.js', 'load.yaml']) expect(readFileSync(join(folder, file), 'utf8')).not.toContain(secret)

    const without = await runScript(script)
    expect(without.codes).not.toEqual([0])
    expect(readFileSync(without.logs[0]!, 'utf8')).toContain('k6 run -e WEATHER=…')

    const { logs } = await runScript(script, 1, { env: { WEATHER: secret } })
    expect(readFileSync(logs[0]!, 'utf8')).not.toContain(secret)
    const { load } = await reported(logs)
    expect([load.phases['tools/call']!.failed, load.phases['tools/call']!.count > 0]).toEqual([0, true])
  })

  it('that a server gives back are printed by nobody', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await startCounting({
      onCall({ id }, answer, number) {
        if (number <= 3) return false
        const error = { code: -32000, message: `I do not know ${secret}` }
        answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, error }))
        return true
      },
    })
    onTestFinished(server.close)
    const args = [server.url, '--token-env', 'WEATHER', '--tool', 'echo={"text":"hello"}', '--duration', '1s']
    const env = { ...withK6, WEATHER: secret }
    const { stdout, stderr } = await runCli(['load', ...args, '--engine', 'k6', '--json'], { cwd: folder, env })
    const { examples } = (JSON.parse(stdout) as Run).loads[0]!.phases['tools/call']!
    expect(examples['rpc-error']?.message).toBe('error -32000: I do not know [redacted]')
    expect(stdout + stderr).not.toContain(secret)
  })
})

describe.concurrent('load --engine k6', () => {
  it('tells of its stages and holds thresholds as ever', async ({ onTestFinished }) => {
    const server = await counted({ mode: 'stateless' }, onTestFinished)
    const args = [
      '--profile',
      'spike',
      '--duration',
      '4s',
      '--connections',
      '10',
      '--rate',
      '40',
      '--threshold',
      'p(50)<1us',
    ]
    const { code, stderr, stdout } = await runCli(['load', server.url, ...args, '--engine', 'k6'], {
      cwd: folderFor(onTestFinished),
      env: withK6,
    })
    expect(code).toBe(1)
    expect(stdout).toMatch(/BROKEN {2}p\(50\)<1us/)
    expect(stdout).toMatch(/generator {3}k6, CPU \d+ %/)
    for (const stage of ['quiet (1 of 3)', 'spike (2 of 3)', 'after (3 of 3)']) expect(stderr).toContain(stage)
  })

  it('searches for capacity with one run of k6 per step', async ({ onTestFinished }) => {
    const server = await counted({ mode: 'stateless' }, onTestFinished)
    const profile = join(folderFor(onTestFinished), 'search.json')
    const capacity = { from: 20, to: 40, stepSeconds: 1, objective: ['rate(errors)<1%'] }
    writeFileSync(
      profile,
      JSON.stringify({ description: 'a search', loop: 'open', connections: 10, stages: [], capacity }),
    )
    const { stdout } = await runCli(['load', server.url, '--profile', profile, '--engine', 'k6', '--json'], {
      cwd: folderFor(onTestFinished),
      env: withK6,
    })
    const [load] = (JSON.parse(stdout) as Run).loads
    expect(load!.capacity!.steps.map(({ rate }) => rate).slice(0, 1)).toEqual([20])
    expect(load!.capacity!.steps.length).toBe(load!.stages.length)
  })

  it('ends early when it is interrupted, with what was measured', async ({ onTestFinished }) => {
    const server = await counted({ mode: 'stateless' }, onTestFinished)
    const meet = (child: ChildProcess) => {
      const wait = setInterval(() => {
        if ((server.counts['tools/call'] ?? 0) < 100) return
        clearInterval(wait)
        child.kill('SIGINT')
      }, 50)
      onTestFinished(() => clearInterval(wait))
    }
    const { code, stdout } = await runCli(['load', server.url, '--engine', 'k6', ...tool, '--json'], {
      cwd: folderFor(onTestFinished),
      env: withK6,
      meet,
    })
    const run = JSON.parse(stdout) as Run
    expect([code, run.interrupted, run.loads[0]!.interrupted]).toEqual([130, true, true])
    expect(run.loads[0]!.phases['tools/call']!.count).toBeGreaterThan(50)
    expect(run.loads[0]!.seconds).toBeLessThan(30)
  })

  it('says why when k6 told nothing', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const fake =
      '#!/bin/sh\n[ "$1" = version ] && echo "k6 v2.0.0" && exit\necho \'level=error msg="out of memory"\' >&2; exit 137\n'
    writeFileSync(join(folder, 'k6'), fake)
    chmodSync(join(folder, 'k6'), 0o755)
    const server = await counted({ mode: 'stateless' }, onTestFinished)
    const { code, stdout } = await runCli(['load', server.url, '--engine', 'k6', '--duration', '1s'], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}` },
    })
    expect(code).toBe(3)
    expect(stdout).toContain('k6 ended with exit code 137 before it told what it counted')
  })
})

it('a script alone has k6 hold the thresholds, and writes its figures where it is told', async ({ onTestFinished }) => {
  const folder = folderFor(onTestFinished)
  const server = await counted({ mode: 'stateless' }, onTestFinished)
  const script = await exported(server.url, folder, '--duration', '1s', ...tool, '--threshold', 'tools/call:p(50)<1us')
  const figures = join(folder, 'figures.json')
  const { codes } = await runScript(script, 1, { env: { MCP_GAUNTLET_FIGURES: figures } })
  expect([codes, existsSync(figures)]).toEqual([[99], true])
  const { load, code } = await reported([figures])
  expect([code, load.thresholds.map(({ held }) => held)]).toEqual([1, [true, false]])
  const off = await runScript(script, 1, { env: { MCP_GAUNTLET_THRESHOLDS: 'off' } })
  expect(off.codes).toEqual([0])
})
