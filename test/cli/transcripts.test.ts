import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { formats } from '../../src/report/formats.js'
import { comparisonOf, measured } from '../support/loads.js'
import { resultOf, runOf } from '../support/runs.js'
import { deadUrl, serveHttp, serveSelfSigned, serveTcp } from '../support/servers.js'
import { buildCli, ownFolder, runCli, transcript } from './cli.js'

beforeAll(buildCli)

const check = (...args: string[]) => ['check', 'http://127.0.0.1:1/mcp', ...args]
const load = (...args: string[]) => ['load', 'http://127.0.0.1:1/mcp', ...args]
const answering = async (status: number, headers: Record<string, string>, body = '') =>
  (await serveHttp((_, answer) => answer.writeHead(status, headers).end(body))).url

/** Calls that need no server, or find one that is no MCP server. */
const rows: [title: string, args: string[] | (() => Promise<string[]>), code: number][] = [
  ['The program', ['--help'], 0],
  ['The version', ['--version'], 0],
  ['Help for check', ['check', '--help'], 0],
  ['An unknown option', check('--tiemout', '5'), 2],
  ['An unknown command', ['chekc'], 2],
  ['A URL without a command', ['https://example.com/mcp'], 2],
  ['No URL', ['check'], 2],
  ['A URL without a scheme', ['check', 'localhost:3000/mcp'], 2],
  ['No URL at all', ['check', 'not a url'], 2],
  ['An unknown mode of the server inside', ['check', 'reference:antique'], 2],
  ['Arguments of a tool that are no JSON', check('--tool', 'get-weather={location: Oslo}'), 2],
  ['A variable that is not set', check('--token-env', 'GAUNTLET_NO_SUCH_VARIABLE'), 2],
  ['An unknown suite', check('--suite', 'tools'), 2],
  ['An unknown revision', check('--revision', '2025-01-01'), 2],
  ['An unknown report format', check('--report', 'pdf'), 2],
  ['Two reports for one stdout', check('--json', '--report', 'junit'), 2],
  ['A budget that does not reach', async () => ['check', await answering(200, {}), '--max-requests', '1'], 2],
  ['A port where nothing listens', async () => ['check', await deadUrl()], 4],
  ['An HTML page', async () => ['check', await answering(200, { 'content-type': 'text/html' }, '<!doctype html>')], 4],
  [
    'A server that wants credentials',
    async () => ['check', await answering(401, { 'www-authenticate': 'Bearer' }), '--only', 'initialize/is-answered'],
    4,
  ],
  ['A redirect', async () => ['check', await answering(307, { location: 'https://example.com/mcp' })], 4],
  ['A server that hangs', async () => ['check', await serveTcp(() => {}), '--timeout', '100'], 4],
  [
    'A server that speaks no HTTP',
    async () => ['check', await serveTcp((socket) => socket.end('220 smtp.example ESMTP\r\n'))],
    4,
  ],
  ['A certificate nobody trusts', async () => ['check', await serveSelfSigned()], 4],
  ['One check in the list', ['list', '--only', 'initialize/is-answered'], 0],
  ['What a check is about', ['explain', 'initialize/is-answered'], 0],
  ['A check there is not', ['explain', 'initialize/is-answerd'], 2],
  ['Help for doctor', ['doctor', '--help'], 0],
  ['A doctor where nothing listens', async () => ['doctor', await deadUrl()], 4],
  [
    'A doctor before an HTML page',
    async () => ['doctor', await answering(200, { 'content-type': 'text/html' }, '<!doctype html>')],
    1,
  ],
  ['Help for load', ['load', '--help'], 0],
  ['Help for compare', ['compare', '--help'], 0],
  ['Help for export', ['export', '--help'], 0],
  ['An export to something else', ['export', 'jmeter', 'http://127.0.0.1:1/mcp'], 2],
  ['An export of the server inside', ['export', 'k6', 'reference:stateful'], 2],
  ['Runners without a manifest', ['export', 'k6', 'http://127.0.0.1:1/mcp', '--runners', '4'], 2],
  ['An export where nothing listens', async () => ['export', 'k6', await deadUrl()], 4],
  ['An engine there is not', load('--engine', 'wrk'), 2],
  ['An engine that holds no streams', load('--engine', 'k6', '--profile', 'streams'), 2],
  ['A load on a server elsewhere', ['load', 'https://example.com/mcp'], 2],
  ['A comparison with a server elsewhere', ['compare', 'reference:stateless', 'https://example.com/mcp'], 2],
  ['A threshold that makes no sense', load('--threshold', 'tools/call:p(95)<100mz'), 2],
  [
    'A threshold about nothing that is measured',
    ['load', 'reference:stateless', '--threshold', 'tool/call:p(95)<1s'],
    2,
  ],
  ['A profile there is not', load('--profile', 'stead'), 2],
  ['A profile file there is not', load('--profile', './mine.js'), 2],
  ['A time without a unit', load('--duration', '30'), 2],
  ['A rate that is none', load('--rate', 'fast'), 2],
  ['A process there is not', load('--target-pid', '99999999'), 2],
  ['A mode that the server does not speak', ['load', 'reference:stateless', '--mode', 'modern'], 2],
  ['A handshake where there is none', ['load', 'reference:modern', '--mode', 'stateful'], 2],
  ['A session per request without sessions', ['load', 'reference:modern', '--profile', 'churn'], 2],
  ['A tool that no load can call', ['load', 'reference:modern', '--tool', 'report_observation={"location":"Oslo"}'], 2],
  ['An authority that cannot be read', load('--ca', 'ca.pem'), 2],
  ['A load where nothing listens', async () => ['load', await deadUrl()], 4],
  ['A load over HTTP+SSE', ['load', 'reference:sse', '--quiet', '--report', 'terminal'], 4],
  ['A baseline that is not there', check('--baseline', 'known.yaml'), 2],
  ['A baseline to update without a name', check('--update-baseline'), 2],
  ['Help for diff', ['diff', '--help'], 0],
  ['A run that is not there', ['report', 'run.json'], 2],
  ['A log that is not there', ['report', '--from-k6', 'runners.log'], 2],
  ['Several runs', ['report', 'a.json', 'b.json'], 2],
]
it.each(rows)('%s', async (title, args, code) => {
  const outcome = await runCli(typeof args === 'function' ? await args() : args)
  expect(outcome.code).toBe(code)
  const file = title.toLowerCase().replaceAll(' ', '-')
  await expect(transcript(title, outcome)).toMatchFileSnapshot(`transcripts/${file}.md`)
})

it('A stored run', async () => {
  const cwd = ownFolder()
  const results = [
    resultOf('initialize/one', 'pass'),
    resultOf('session/two', { status: 'fail', message: 'it is broken', expected: 404, actual: 200 }),
  ]
  writeFileSync(join(cwd, 'run.json'), formats.json(runOf({ results })))
  const outcome = await runCli(['report', 'run.json'], { cwd })
  expect(outcome.code).toBe(0)
  await expect(transcript('A stored run', outcome)).toMatchFileSnapshot('transcripts/a-stored-run.md')
  const junit = await runCli(['report', 'run.json', '--as', 'junit=out/junit.xml'], { cwd })
  expect([junit.code, junit.stderr]).toEqual([0, ''])
})

it('A stored load', async () => {
  const cwd = ownFolder()
  const run = runOf({ results: [], loads: [measured()], comparisons: [comparisonOf()] })
  writeFileSync(join(cwd, 'run.json'), formats.json(run))
  const outcome = await runCli(['report', 'run.json'], { cwd })
  expect(outcome.code).toBe(0)
  await expect(transcript('A stored load', outcome)).toMatchFileSnapshot('transcripts/a-stored-load.md')
})

it('A log without figures', async () => {
  const cwd = ownFolder()
  writeFileSync(join(cwd, 'runners.log'), 'running (0m01.0s), 10/10 VUs, 12 complete and 0 interrupted iterations\n')
  const outcome = await runCli(['report', '--from-k6', 'runners.log'], { cwd })
  expect(outcome.code).toBe(2)
  await expect(transcript('A log without figures', outcome)).toMatchFileSnapshot('transcripts/a-log-without-figures.md')
})

it('A k6 there is not', async () => {
  const cwd = ownFolder()
  const outcome = await runCli(load('--engine', 'k6'), { cwd, env: { PATH: cwd } })
  expect(outcome.code).toBe(2)
  await expect(transcript('A k6 there is not', outcome)).toMatchFileSnapshot('transcripts/a-k6-there-is-not.md')
})

it('What changed between two runs', async () => {
  const cwd = ownFolder()
  const results = (status: 'pass' | 'fail') => [resultOf('session/two', { status, message: 'it is broken' })]
  writeFileSync(join(cwd, 'a.json'), formats.json(runOf({ results: results('pass'), loads: [measured()] })))
  writeFileSync(join(cwd, 'b.json'), formats.json(runOf({ results: results('fail'), loads: [measured()] })))
  const outcome = await runCli(['diff', 'a.json', 'b.json'], { cwd })
  expect(outcome.code).toBe(1)
  await expect(transcript('What changed between two runs', outcome)).toMatchFileSnapshot(
    'transcripts/what-changed-between-two-runs.md',
  )
  expect((await runCli(['diff', 'b.json', 'a.json', '--as', 'json=d.json'], { cwd })).code).toBe(0)
  expect((await runCli(['diff', 'a.json', 'b.json', '--as', 'html'], { cwd })).code).toBe(2)
})

it('A file that is no run', async () => {
  const cwd = ownFolder()
  writeFileSync(join(cwd, 'run.json'), '{"schema":1,"results":[null]}')
  const outcome = await runCli(['report', 'run.json'], { cwd })
  expect(outcome.code).toBe(2)
  await expect(transcript('A file that is no run', outcome)).toMatchFileSnapshot('transcripts/a-file-that-is-no-run.md')
})
