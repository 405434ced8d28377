import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { beginStream, deadUrl, greeting, resultOf, type Seen, sendJson, serveHttp } from '../support/servers.js'
import { buildCli, ownFolder, runCli } from './cli.js'

beforeAll(buildCli)

/** A server without sessions that speaks MCP well until pings come: those are `act`'s, counted from 1. */
async function serving(act: (seen: Seen, answer: ServerResponse, ping: number) => void): Promise<string> {
  let pings = 0
  const { url } = await serveHttp((seen, answer) => {
    const { method, message } = seen
    if (method !== 'POST') return answer.writeHead(405).end()
    if (message?.method === 'initialize') return sendJson(answer, greeting(message, { tools: {} }))
    if (message?.method === 'ping') return act(seen, answer, ++pings)
    if ('id' in (message ?? {})) return sendJson(answer, resultOf(message, { tools: [] }))
    answer.writeHead(202).end()
  })
  return url
}

/** A server that lets go of all its sessions at every so many pings. */
async function forgetful(every: number): Promise<string> {
  const live = new Set<unknown>()
  let pings = 0
  const { url } = await serveHttp(({ method, headers, message }, answer) => {
    const session = headers['mcp-session-id']
    if (method === 'DELETE') return answer.writeHead(200).end()
    if (method !== 'POST') return answer.writeHead(405).end()
    if (message.method === 'initialize') {
      const id = `session-${randomUUID()}`
      live.add(id)
      return sendJson(answer, greeting(message), { 'mcp-session-id': id })
    }
    if (message.method === 'ping' && ++pings % every === 0) live.clear()
    if (!live.has(session)) return answer.writeHead(404).end()
    if ('id' in message) return sendJson(answer, resultOf(message))
    answer.writeHead(202).end()
  })
  return url
}

const good = ({ message }: Seen, answer: ServerResponse) => sendJson(answer, resultOf(message))
/** Ends the server that is about to answer. */
function end(answer: ServerResponse): void {
  const { server } = answer.socket as unknown as { server: Server }
  server.close()
  server.closeAllConnections()
}

const brief = ['--method', 'ping', '--duration', '500ms', '--connections', '4']

async function load(url: string, ...more: string[]) {
  const outcome = await runCli(['load', url, ...brief, ...more, '--json'])
  const run: Run = JSON.parse(outcome.stdout)
  return { ...outcome, run, load: run.loads[0]!, sentence: run.verdict.sentence }
}

describe('a server that is loaded', () => {
  it('and answers: the gate holds', async () => {
    const { code, run, load: found, stderr } = await load(await serving(good))
    expect([code, run.verdict.name, run.loads.length]).toEqual([0, 'pass', 1])
    expect(found.phases.ping).toMatchObject({ failed: 0, errors: {} })
    expect(found.phases.ping!.count).toBeGreaterThan(0)
    expect(found.thresholds).toEqual([{ text: 'rate(errors)<1%', held: true, actual: 0 }])
    expect(found.mode).toBe('stateless')
    expect(stderr).toMatch(/Streamable HTTP/)
  })

  it.each([
    ['ping:max<3600s', 0, /^Both thresholds held: /],
    ['min<0.001us', 1, /^min<0\.001us is broken: it was /],
  ])('under the threshold %s', async (threshold, code, words) => {
    const { code: found, sentence } = await load(await serving(good), '--threshold', threshold)
    expect(sentence).toMatch(words)
    expect(found).toBe(code)
  })

  it('its run goes to files, is rendered again, and a threshold is a JUnit case', async () => {
    const cwd = ownFolder()
    const args = ['load', await serving(good), ...brief, '--out', 'out', '--report', 'junit=out/junit.xml']
    const { stdout, code } = await runCli(args, { cwd })
    expect(code).toBe(0)
    expect(readFileSync(join(cwd, 'out/junit.xml'), 'utf8')).toMatch(
      /<testcase classname="load steady [^"]+" name="rate\(errors\)&lt;1%"/,
    )
    const again = await runCli(['report', 'out/run.json'], { cwd })
    expect(again.stdout).toBe(stdout)
  })

  it('a token from the environment is used and appears nowhere', async () => {
    const secret = 'tok-0123456789'
    const seen = new Set<unknown>()
    const url = await serving((one, answer, ping) => {
      seen.add(one.headers.authorization)
      if (ping % 2) return good(one, answer)
      answer.writeHead(500).end(`broken for ${one.headers.authorization}`)
    })
    const { stdout, stderr } = await runCli(['load', url, ...brief, '--token-env', 'MY_TOKEN', '--json'], {
      env: { MY_TOKEN: secret },
    })
    expect([...seen]).toContain(`Bearer ${secret}`)
    expect(JSON.parse(stdout).loads[0].phases.ping.examples['http-status'].response).toMatch(/broken for/)
    expect(stdout + stderr).not.toContain(secret)
  })
})

describe('a hostile server', () => {
  type Act = Parameters<typeof serving>[0]
  const rows: [what: string, act: Act, code: number, sentence: RegExp, ...more: string[]][] = [
    [
      'answers 500 from the middle on',
      (seen, answer, ping) => (ping < 100 ? good(seen, answer) : answer.writeHead(500).end('oops')),
      1,
      /^rate\(errors\)<1% is broken: it was .* all of it http-status \(".*500.*"\)\.$/,
    ],
    [
      'answers garbage',
      (_, answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end('\u0000{nonsense'),
      3,
      /^None of \d+ ping requests .*not JSON/,
    ],
    [
      'answers with errors',
      ({ message }, answer) =>
        sendJson(answer, { jsonrpc: '2.0', id: message.id, error: { code: -32000, message: 'no\u001b[2J' } }),
      3,
      /error -32000: no/,
    ],
    [
      'answers to somebody else',
      (_, answer) => sendJson(answer, { jsonrpc: '2.0', id: 'other', result: {} }),
      3,
      /answered with id "other"/,
    ],
    ['resets every connection', ({ message: _ }, answer) => answer.socket!.resetAndDestroy(), 4, /reset|RESET/],
    ['never answers', () => {}, 3, /700 ms/, '--timeout', '700', '--duration', '1s'],
    [
      'ends streams without the answer',
      (_, answer) => {
        beginStream(answer)
        answer.end(': nothing\n\n')
      },
      3,
      /stream ended/,
    ],
    ['wants credentials from now on', (_, answer) => answer.writeHead(401).end(), 3, /status 401/],
  ]
  it.each(rows)('%s', async (_, act, code, words, ...more) => {
    // The first ping is the one that is tried before the load.
    const thenAct: typeof act = (seen, answer, ping) => (ping === 1 ? good : act)(seen, answer, ping)
    const { code: found, sentence, stdout } = await load(await serving(thenAct), ...more)
    expect(sentence).toMatch(words)
    expect(found).toBe(code)
    expect(sentence).not.toMatch(/\p{Cc}/u)
    expect(JSON.parse(stdout).loads).toHaveLength(1)
  })

  it('is broken from the first request on: that is measured, not blamed on the user', async () => {
    const { code, sentence } = await load(await serving((_, answer) => answer.writeHead(500).end('oops')))
    expect(sentence).toMatch(/status 500/)
    expect(code).toBe(3)
  })

  it('has no such method: that is for the user to mend', async () => {
    const no = { code: -32601, message: 'Method not found' }
    const url = await serving(({ message }, answer) => sendJson(answer, { jsonrpc: '2.0', id: message.id, error: no }))
    const { code, stderr, stdout } = await runCli(['load', url, ...brief])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/--method ping: tried before the load, it failed: error -32601: Method not found\n$/)
  })

  it('forgets its sessions: they are opened again, and the loss is told', async () => {
    const { code, sentence, load: found } = await load(await forgetful(25))
    expect(sentence).toMatch(/all of it session-lost/)
    expect(code).toBe(1)
    expect(found.sessions.lost).toBeGreaterThan(0)
    expect(found.sessions.opened).toBeGreaterThan(found.connections)
  })

  it('dies in the middle', async () => {
    const url = await serving((seen, answer, ping) => (ping < 40 ? good(seen, answer) : end(answer)))
    const { code, sentence, load: found } = await load(url)
    expect(sentence).toMatch(/gone|answered no more/)
    expect(code).toBe(1)
    expect(found.phases.ping!.count).toBeGreaterThan(0)
  })

  it('is not there', async () => {
    const { code, run } = await load(await deadUrl())
    expect([code, run.verdict.name, run.loads]).toEqual([4, 'unreachable', []])
  })
})

describe('SIGINT', () => {
  it('in the middle of a load: 130, and a Run with what was measured until then', async () => {
    let interrupt = () => {}
    const url = await serving((seen, answer, ping) => {
      if (ping === 20) interrupt()
      good(seen, answer)
    })
    const { stdout, code } = await runCli(['load', url, '--method', 'ping', '--duration', '60s', '--json'], {
      meet: (child) => {
        interrupt = () => child.kill('SIGINT')
      },
    })
    const run: Run = JSON.parse(stdout)
    expect([code, run.interrupted, run.verdict.name]).toEqual([130, true, 'interrupted'])
    expect(run.loads[0]!.interrupted).toBe(true)
    expect(run.loads[0]!.phases.ping!.count).toBeGreaterThan(0)
  })
})

describe('compare', () => {
  it('of the reference server in two forms: a trial of each loop, with ratios to the first', async () => {
    const urls = ['reference:stateless', 'reference:stateless?response=json']
    const { stdout, stderr, code } = await runCli([
      'compare',
      ...urls,
      '--rounds',
      '2',
      '--duration',
      '300ms',
      '--json',
    ])
    const run: Run = JSON.parse(stdout)
    const { targets, trials } = run.comparisons![0]!
    expect(code).toBe(run.verdict.exitCode)
    expect(targets.map(({ name }) => name)).toEqual(urls)
    expect(trials.map(({ loop, rounds }) => [loop, rounds])[0]).toEqual(['closed', 2])
    expect(trials[0]!.sides.every((side) => side.good > 0)).toBe(true)
    const throughput = trials[0]!.values.find(({ metric }) => metric === 'throughput')!
    expect(throughput.ratios).toEqual([
      null,
      { ratio: expect.any(Number), low: expect.any(Number), high: expect.any(Number), shown: expect.any(Boolean) },
    ])
    expect(stderr).toMatch(/trial 1 of 2: closed loop, 10 connections/)
  })

  it('with a server that is not there: 4', async () => {
    const { stdout, code } = await runCli(['compare', await serving(good), await deadUrl(), '--json'])
    const run: Run = JSON.parse(stdout)
    expect([code, run.verdict.name, run.comparisons]).toEqual([4, 'unreachable', []])
  })
})

it('a server of 2026-07-28 alone is loaded in its mode, on several threads, without any session', async () => {
  const args = ['reference:modern', '--connections', '4', '--duration', '500ms', '--workers', '2', '--json']
  const { stdout, code } = await runCli(['load', ...args])
  const { loads }: Run = JSON.parse(stdout)
  expect(code).toBe(0)
  expect(loads[0]).toMatchObject({
    mode: 'modern',
    revision: '2026-07-28',
    sessions: { opened: 0, left: 0 },
    workers: 2,
  })
  expect(Object.keys(loads[0]!.phases)).toEqual(['tools/call'])
  expect(loads[0]!.phases['tools/call']!.count).toBeGreaterThan(0)
})

it('three modes are compared in one table', async () => {
  const servers = ['reference:stateful', 'reference:stateless', 'reference:modern']
  const brief = ['--rounds', '1', '--duration', '500ms', '--connections', '2', '--rate', '5/s', '--quiet', '--json']
  const { stdout } = await runCli(['compare', ...servers, ...brief])
  const { comparisons }: Run = JSON.parse(stdout)
  expect(comparisons![0]!.targets.map(({ mode }) => mode)).toEqual(['stateful', 'stateless', 'modern'])
  const { values } = comparisons![0]!.trials[0]!
  expect(values[0]).toMatchObject({ metric: 'throughput', ratios: [null, { shown: false }, { shown: false }] })
}, 60_000)
