import type { ServerResponse } from 'node:http'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Load } from '../../src/report/load.js'
import { type FailureKind, failureKinds } from '../../src/report/load.js'
import type { Run } from '../../src/report/run.js'
import { buildCli, runCli } from '../cli/cli.js'
import { startCounting } from '../support/counting-server.js'
import { exported, folderFor, reported, runScript, sentIn } from './k6.js'

beforeAll(buildCli)

const json = { 'content-type': 'application/json' }
const events = { 'content-type': 'text/event-stream' }

/** How a call goes wrong, by the kind of failure that it is. */
const wrongs: Partial<Record<FailureKind, (message: any, answer: ServerResponse) => void>> = {
  transport: (_, answer) => answer.destroy(),
  timeout: () => {},
  'http-status': (_, answer) => answer.writeHead(500, json).end('{"oops":1}'),
  'session-lost': (_, answer) => answer.writeHead(404).end('no such session'),
  'not-json-rpc': (_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
  'wrong-id': ({ id }, answer) =>
    answer.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id: id + 1, result: {} })),
  'rpc-error': ({ id }, answer) =>
    answer
      .writeHead(200, json)
      .end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message: 'out of luck\u0007' } })),
  'tool-error': ({ id }, answer) =>
    answer
      .writeHead(200, events)
      .end(
        `event: message\r\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, result: { isError: true, content: [] } })}\r\n\r\n`,
      ),
  'truncated-stream': (_, answer) =>
    answer.writeHead(200, events).end('data: {"jsonrpc":"2.0","method":"notifications/progress"}\n\n'),
  'foreign-answer': ({ id }, answer) =>
    answer
      .writeHead(200, json)
      .end(JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'canary-1' }] } })),
}
const kinds = Object.keys(wrongs) as FailureKind[]

/** A server with sessions of which every third call goes wrong, in turn in every way; it keeps how many did in which. */
async function unreliable(finish: (work: () => Promise<void>) => void) {
  const done: Partial<Record<FailureKind, number>> = {}
  let turn = 0
  const server = await startCounting({
    sessions: true,
    onCall(message, answer, number) {
      if (number % 3 !== 0 || message.id > 2_100_000_000) return false
      const kind = kinds[turn++ % kinds.length]!
      done[kind] = (done[kind] ?? 0) + 1
      wrongs[kind]!(message, answer)
      return true
    },
  })
  finish(server.close)
  return { ...server, done }
}

const echo = ['--tool', 'echo={"text":"hello"}']
const short = ['--connections', '4', '--duration', '3s', '--timeout', '400']

describe.concurrent('failures', () => {
  it('are of the kinds that the server made them, and none is missed', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await unreliable(onTestFinished)
    const script = await exported(server.url, folder, ...echo, ...short)
    for (const kind of kinds) server.done[kind] = 0
    server.counts['tools/call'] = 0
    const { logs, codes } = await runScript(script, 2)
    const { load, code } = await reported(logs)
    const { errors, examples } = load.phases['tools/call']!
    // rate(errors)<1% is what k6 and the report hold it to.
    expect([codes, code]).toEqual([[99, 99], 1])
    expect(sentIn(load, 'tools/call') + load.inFlightAtEnd).toBe(server.counts['tools/call'])
    for (const kind of kinds) {
      const missed = server.done[kind]! - (errors[kind] ?? 0)
      expect([kind, missed >= 0 && missed <= load.inFlightAtEnd]).toEqual([kind, true])
      expect([kind, errors[kind]! > 0, typeof examples[kind]?.message]).toEqual([kind, true, 'string'])
    }
    expect(examples['rpc-error']?.message).toBe('error -32000: out of luck')
    const late = load.sessions.lost - errors['session-lost']!
    expect([late >= 0, late <= load.inFlightAtEnd]).toEqual([true, true])
    expect(load.series.reduce((sum, { failed }) => sum + failed, 0)).toBe(load.phases['tools/call']!.failed)
  })

  it('are told as a local load tells them', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await unreliable(onTestFinished)
    const local = await runCli(['load', server.url, ...echo, ...short, '--json'], { cwd: folder })
    const script = await exported(server.url, folder, ...echo, ...short)
    const { load } = await reported((await runScript(script)).logs)
    const own = (JSON.parse(local.stdout) as Run).loads[0]!
    const same = kinds.filter((kind) => kind !== 'transport' && kind !== 'timeout')
    for (const kind of same) expect(messageOf(load, kind)).toBe(messageOf(own, kind))
  })

  it('of a server that is not there are counted, with pauses between, and are no pass', async ({ onTestFinished }) => {
    const folder = folderFor(onTestFinished)
    const server = await startCounting({ tools: ['echo'] })
    onTestFinished(server.close)
    const script = await exported(server.url, folder, ...echo, ...short)
    await server.close()
    const { load, code } = await reported((await runScript(script)).logs)
    const { count, errors } = load.phases['tools/call']!
    expect([count, Object.keys(errors), code]).toEqual([0, ['transport'], 4])
    expect(errors.transport).toBeLessThan(100)
    expect(load.obstacle).toMatch(/refused/)
  })
})

/** A message without what differs from request to request. */
function messageOf({ phases }: Load, kind: FailureKind): string | undefined {
  return phases['tools/call']!.examples[kind]?.message.replaceAll(/\d{10}/g, '<id>')
}

it('every kind is tried that needs no question to the client', () => {
  expect(failureKinds.filter((kind) => !kinds.includes(kind))).toEqual(['input-required'])
})
