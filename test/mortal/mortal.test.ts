import { beforeAll, describe, expect, it } from 'vitest'
import { assess } from '../../src/conformance/assess.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { assembleRun } from '../../src/report/assemble.js'
import type { Run } from '../../src/report/run.js'
import { type Death, startMortal } from './mortal.js'

const checks = (await loadChecks()).filter(({ slow }) => !slow)

async function judged(death: Death): Promise<{ run: Run; arrivals: number }> {
  const server = await startMortal(death)
  const parts = []
  for await (const event of assess(server.url, checks, { tools: [{ name: 'echo', arguments: {} }] }))
    if (event.type === 'part') parts.push({ part: event.part, results: event.results })
  const arrivals = server.arrivals(death.of)
  await server.close()
  return { run: assembleRun({ version: '0', startedAt: new Date(), ms: 0, parts }), arrivals }
}

/** The findings of a run but for those on the same server when it lives. */
const findings = ({ results }: Run, usual: ReadonlySet<string>) =>
  results.filter(({ id, outcome }) => ['fail', 'warn', 'error'].includes(outcome.status) && !usual.has(id))

const usual: Record<string, Set<string>> = {}
beforeAll(async () => {
  for (const sessions of [true, false]) {
    const { run } = await judged({ of: 'nothing', sessions })
    usual[String(sessions)] = new Set(findings(run, new Set()).map(({ id }) => id))
  }
}, 240_000)

const word = (run: Run, id = 'transport/stays-up') => run.results.find((result) => result.id === id)?.outcome.message

describe('a server that dies of a request: one finding, and the request is sent once', () => {
  it.each(['exit', 'throw', 'kill'] as const)(
    'and stays dead (%s)',
    async (by) => {
      const { run, arrivals } = await judged({ of: 'rpc.discover', by })
      expect(findings(run, usual.true!).map(({ id }) => id)).toEqual(['transport/stays-up'])
      expect(word(run)).toMatch(/^the server went away while .*in flight.*rpc\.discover.* and did not come back$/)
      expect([arrivals, run.verdict.name, run.verdict.exitCode]).toEqual([1, 'fail', 1])
      expect(run.verdict.counts['not-testable']).toBeGreaterThan(10)
    },
    60_000,
  )

  it('and is started again after 300 ms: the other checks go on', async () => {
    const { run, arrivals } = await judged({ of: 'rpc.discover', backAfterMs: 300 })
    expect(findings(run, usual.true!).map(({ id }) => id)).toEqual(['transport/stays-up'])
    expect(word(run)).toMatch(/rpc\.discover.* and was back after \d\.\d s$/)
    const cut = run.results.filter(
      ({ outcome }) => /went away/.test(outcome.message ?? '') && outcome.status !== 'fail',
    )
    expect(cut.length).toBeGreaterThan(0)
    expect(cut.length).toBeLessThan(40)
    expect([arrivals, run.verdict.exitCode]).toEqual([1, 1])
  }, 240_000)

  it('at initialize', async () => {
    const { run, arrivals } = await judged({ of: 'initialize', backAfterMs: 300 })
    expect(findings(run, new Set()).map(({ id }) => id)).toEqual(['transport/stays-up'])
    expect(word(run)).toMatch(/one request was in flight: initialize/)
    expect([arrivals, run.verdict.name, run.verdict.exitCode]).toEqual([1, 'fail', 1])
  }, 240_000)

  it('twice: then the run is over', async () => {
    const { run, arrivals } = await judged({ of: 'ping', backAfterMs: 300 })
    expect(findings(run, usual.true!).map(({ id }) => id)).toEqual(['transport/stays-up'])
    expect(word(run)).toMatch(/^the server went away .*was back after .*; then it went away .*did not come back$/)
    expect(run.verdict.exitCode).toBe(1)
    expect(arrivals).toBeGreaterThanOrEqual(2)
  }, 240_000)

  it('in one of four processes: the others go on', async () => {
    const { run, arrivals } = await judged({ of: 'rpc.discover', workers: 4, sessions: false })
    const found = findings(run, usual.false!).map(({ id }) => id)
    // The death of one of many cannot be told from a refusal by closing the connection: the check that met it reports it.
    expect(found).not.toContain('transport/stays-up')
    expect(found.length).toBeGreaterThan(0)
    expect(arrivals).toBeLessThanOrEqual(2)
    expect(run.verdict.exitCode).toBe(1)
  }, 240_000)
})
