import { beforeAll, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { buildCli, runCli } from '../cli/cli.js'
import { perSecond, startLimited } from './limited.js'

beforeAll(() => buildCli(), 60_000)

const some = ['--suite', 'initialize,ping,tools-list,logging']

async function judge(url: string, ...more: string[]): Promise<{ run: Run; code: number | null; stderr: string }> {
  const { stdout, stderr, code } = await runCli(['check', url, ...some, ...more, '--json'])
  return { run: stdout === '' ? undefined : JSON.parse(stdout), code, stderr }
}

const outcomes = ({ results }: Run) => results.map(({ id, outcome }) => `${id} ${outcome.status}`)

it.each([40, 150, 400])('a budget of %i requests holds, as the server counts them', async (most) => {
  const { url, came } = await startLimited(() => undefined)
  const { run } = await judge(url, '--max-requests', String(most))
  expect(came.length).toBeLessThanOrEqual(most)
  expect(run?.parts[0]?.requests ?? came.length).toBe(came.length)
})

it('without a limit the Run counts what the server counts', async () => {
  const { url, came } = await startLimited(() => undefined)
  expect((await judge(url)).run.parts[0]!.requests).toBe(came.length)
})

it.each<[form: string, retryAfter: () => string]>([
  ['seconds', () => '1'],
  ['a date', () => new Date(Date.now() + 1000).toUTCString()],
])('a limit told in %s slows a run down and changes no outcome', async (_, retryAfter) => {
  const [free, limited] = [await startLimited(() => undefined), await startLimited(perSecond(15, retryAfter))]
  const [fast, slow] = [await judge(free.url), await judge(limited.url)]
  expect(limited.came.filter(({ served }) => !served).length).toBeGreaterThan(0)
  expect(outcomes(slow.run)).toEqual(outcomes(fast.run))
  expect(slow.run.parts[0]!.refused).toBeUndefined()
})

it('nobody asks before Retry-After is over, but for what was under way', async () => {
  let left = 1
  const { url, came } = await startLimited((method) => (method === 'ping' && left-- > 0 ? '2' : undefined))
  await judge(url)
  const refused = came.find(({ served }) => !served)!.at
  expect(came.filter(({ at }) => at > refused + 500 && at < refused + 1900)).toEqual([])
  expect(came.some(({ at }) => at > refused + 1900)).toBe(true)
})

it('a server that refuses all but the handshake is judged by none of its refusals, and not found good', async () => {
  const handshake = ['initialize', 'notifications/initialized']
  const { url, came } = await startLimited((method) => (handshake.includes(method) ? undefined : '1'))
  const { run, code } = await judge(url)
  expect([run.verdict.name, code]).toEqual(['incomplete', 3])
  expect(run.verdict.sentence).toMatch(/limits the rate of requests: \d+ of \d+ were refused \(429\)/)
  expect([run.verdict.counts.fail, run.verdict.counts.warn, run.verdict.counts.error]).toEqual([0, 0, 0])
  expect(run.parts[0]!.requests).toBe(came.length)
  const load = await runCli(['load', url, '--duration', '1s', '--connections', '2'])
  expect([load.code, load.stdout]).toEqual([3, expect.stringContaining('status 429 for a request: slow down')])
  const doctor = await runCli(['doctor', url])
  expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringMatching(/limits the rate of\s+requests/)])
}, 120_000)
