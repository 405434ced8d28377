import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { buildCli, runCli } from '../cli/cli.js'
import { startCounting } from '../support/counting-server.js'
import { exported, folderFor, reported, runScript, withK6 } from './k6.js'

beforeAll(buildCli)

/** A server whose answers take from 2 to 80 ms. */
async function slow(finish: (work: () => Promise<void>) => void) {
  const server = await startCounting({
    onCall({ id, params }, answer, number) {
      const ms = 2 + ((number * 37) % 79)
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id,
        result: { content: [{ type: 'text', text: JSON.stringify(params) }] },
      })
      void pause(ms).then(() => answer.writeHead(200, { 'content-type': 'application/json' }).end(body))
      return true
    },
  })
  finish(server.close)
  return server
}

/** Response times in ms as k6 itself wrote them, each to the microsecond. */
function times(file: string): number[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"metric":"http_req_duration"') && line.includes('"type":"Point"'))
    .map((line) => JSON.parse(line).data)
    .filter(({ tags }) => tags?.scenario === 'load')
    .map(({ value }) => value as number)
    .sort((one, other) => one - other)
}

it('merged percentiles are those of all requests, within the width of a bucket', async ({ onTestFinished }) => {
  const folder = folderFor(onTestFinished)
  const server = await slow(onTestFinished)
  const script = await exported(server.url, folder, '--tool', 'echo={"text":"hello"}', '--duration', '4s')
  const outputs = [0, 1].map((at) => join(folder, `times-${at}.json`))
  const args = [0, 1].map((at) => ['--out', `json=${outputs[at]}`])
  const { logs } = await runScript(script, 2, { args })
  const { load } = await reported(logs)
  const all = outputs.flatMap(times).sort((one, other) => one - other)
  const { count, latency } = load.phases['tools/call']!
  // k6 wrote down what was in flight when time was up, too.
  expect(all.length - count).toBe(load.inFlightAtEnd)
  const figures = { 50: latency!.p50, 90: latency!.p90, 95: latency!.p95, 99: latency!.p99 }
  for (const [percentile, value] of Object.entries(figures)) {
    const rank = Math.ceil((Number(percentile) / 100) * count) - 1
    const [from, to] = [all[Math.max(0, rank - load.inFlightAtEnd)]!, all[rank + load.inFlightAtEnd]!]
    expect([percentile, value >= from * 0.982 - 0.02, value <= to * 1.018 + 0.02]).toEqual([percentile, true, true])
  }
})

it('load --engine k6 has the form of a local load, and so has a merged report', async ({ onTestFinished }) => {
  const folder = folderFor(onTestFinished)
  const server = await slow(onTestFinished)
  const args = [server.url, '--tool', 'echo={"text":"hello"}', '--duration', '3s']
  const script = await exported(server.url, folder, ...args.slice(1))
  const merged = (await reported((await runScript(script, 2)).logs)).load
  const run = async (...more: string[]) => {
    const { stdout, code } = await runCli(['load', ...args, '--json', ...more], { cwd: folder, env: withK6 })
    return { run: JSON.parse(stdout) as Run, code }
  }
  const local = await run()
  const byK6 = await run('--engine', 'k6')
  expect([local.code, byK6.code]).toEqual([0, 0])
  expect(formOf(byK6.run.parts)).toEqual(formOf(local.run.parts))
  const own = local.run.loads[0]!
  const { cpu, cpuPerThousand } = byK6.run.loads[0]!.generator
  expect([cpu! > 0, cpuPerThousand! > 0]).toEqual([true, true])
  for (const load of [byK6.run.loads[0]!, merged]) {
    expect(formOf({ ...load, generator: 0 })).toEqual(formOf({ ...own, generator: 0 }))
    expect(load.series.length).toBe(own.series.length)
    expect(load.generator.engine).toBe('k6')
  }
})

/** The members of a value and of what it holds; of a list those of its first element. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(formOf)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, formOf(member)]))
}
