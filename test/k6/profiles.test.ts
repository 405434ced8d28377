import { beforeAll, describe, expect, it } from 'vitest'
import { buildCli } from '../cli/cli.js'
import { counted, exported, folderFor, reported, runScript, sentIn, tool } from './k6.js'

beforeAll(buildCli)

/** Every profile that comes with the program, made short. */
const profiles: [name: string, args: string[]][] = [
  ['steady', ['--duration', '2s']],
  ['ramp', ['--duration', '4s', '--connections', '12']],
  ['spike', ['--duration', '4s', '--connections', '20', '--rate', '40']],
  ['soak', ['--duration', '2s']],
  ['churn', ['--duration', '2s', '--connections', '4']],
  ['churn-leave', ['--duration', '2s', '--connections', '4']],
  ['streams', ['--duration', '2s']],
  ['capacity', ['--duration', '1s', '--rate', '100', '--connections', '20']],
]

describe.concurrent('an export counts what the server counts', () => {
  it.for(profiles)('%s', async ([profile, args], { onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await counted({ mode: 'stateful' }, onTestFinished)
    const script = await exported(server.url, folder, '--profile', profile, ...args, ...tool)
    server.reset()
    const { logs, codes } = await runScript(script)
    const { load, code } = await reported(logs)
    // Whether the lowest rate holds is the machine's to say.
    const held = profile !== 'capacity' || load.capacity?.held !== undefined
    expect([codes, code]).toEqual([[0], held ? 0 : 1])
    const { 'tools/call': calls = 0, initialize = 0, DELETE: deleted = 0 } = server.counts
    if (profile.startsWith('churn')) {
      // Of a session of its own any request may be in flight when time is up; ended it is after that.
      const around = ['tools/call', 'initialize', 'notifications/initialized', 'DELETE']
      const all = around.reduce((sum, phase) => sum + sentIn(load, phase), load.inFlightAtEnd)
      const seen = around.reduce((sum, method) => sum + (server.counts[method] ?? 0), 0)
      expect(seen - all).toBeGreaterThanOrEqual(0)
      expect(seen - all).toBeLessThanOrEqual(4)
    } else expect(sentIn(load, 'tools/call') + load.inFlightAtEnd).toBe(calls)
    expect(load.phases['tools/call']!.count).toBeGreaterThan(10)
    expect([load.sessions.opened, load.sessions.closed]).toEqual([initialize, deleted])
    expect(load.sessions.left).toBe(load.sessions.opened - load.sessions.closed)
    expect(load.sessions.left > 0).toBe(profile === 'churn-leave')
    expect(new Set(server.ids).size).toBe(server.ids.length)
    expect(load.series.reduce((sum, { count }) => sum + count, 0)).toBe(load.phases['tools/call']!.count)
    expect(load.stages.reduce((sum, { count }) => sum + count, 0)).toBe(load.phases['tools/call']!.count)
    expect(load.capacity !== undefined).toBe(profile === 'capacity')
  })
})

const modes = (['stateful', 'stateless', 'modern'] as const).flatMap((mode) =>
  (['json', 'sse'] as const).map((response) => ({ mode, response })),
)

describe.concurrent('and so do several runners together', () => {
  it.for(modes)('mode $mode, $response answers', async ({ mode, response }, { onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await counted({ mode, response }, onTestFinished)
    const script = await exported(server.url, folder, '--duration', '2s', '--connections', '5', ...tool)
    server.reset()
    const { logs, codes } = await runScript(script, 2)
    const { load, code } = await reported(logs)
    expect([codes, code]).toEqual([[0, 0], 0])
    expect(load).toMatchObject({ mode, answers: response, workers: 2, connections: 5 })
    expect(load.obstacle).toBeUndefined()
    expect(sentIn(load, 'tools/call') + load.inFlightAtEnd).toBe(server.counts['tools/call'])
    expect(load.sessions.opened).toBe(mode === 'stateful' ? 5 : 0)
    expect(load.sessions.closed).toBe(load.sessions.opened)
    expect(new Set(server.ids).size).toBe(server.ids.length)
  })

  it('an open loop keeps its rate over three runners', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await counted({ mode: 'stateless' }, onTestFinished)
    const script = await exported(
      server.url,
      folder,
      '--rate',
      '60/s',
      '--connections',
      '9',
      '--duration',
      '3s',
      ...tool,
    )
    server.reset()
    const { logs } = await runScript(script, 3)
    const { load } = await reported(logs)
    expect(load).toMatchObject({ loop: 'open', workers: 3 })
    expect(Math.abs(sentIn(load, 'tools/call') + load.inFlightAtEnd + load.dropped - 180)).toBeLessThanOrEqual(3)
    expect(sentIn(load, 'tools/call') + load.inFlightAtEnd).toBe(server.counts['tools/call'])
  })

  it('runners that share a session have one each', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await counted({ mode: 'stateful' }, onTestFinished)
    const script = await exported(server.url, folder, '--session', 'shared', '--duration', '1s', ...tool)
    server.reset()
    const { load } = await reported((await runScript(script, 2)).logs)
    expect([server.counts.initialize, server.counts.DELETE, load.sessions.opened, load.sessions.closed]).toEqual([
      2, 2, 2, 2,
    ])
    expect(sentIn(load, 'tools/call') + load.inFlightAtEnd).toBe(server.counts['tools/call'])
  })
})
