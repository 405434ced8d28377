import { describe, expect, it } from 'vitest'
import { decodeHistogram } from '../histogram.js'
import type { Profile } from '../profile.js'
import { bucketOf, coarse, fine } from './buckets.js'
import { linesOf, type RunnerFigures } from './figures.js'
import { mergeRunners } from './merge-runners.js'
import { readFigures } from './read-figures.js'

const profile: Profile = { description: '', loop: 'closed', stages: [{ seconds: 2, connections: 4 }] }
const [quick, slow] = [5000, 80_000]

/** A runner that got `good` quick answers in the first second, `late` slow ones in the second, and three failures. */
function runner(name: string, good: number, late: number, changes: Partial<RunnerFigures> = {}): RunnerFigures {
  const tag = (buckets: typeof fine, micros: number) => String(bucketOf(buckets, micros))
  return {
    k6Figures: 1,
    runner: name,
    plan: {
      url: 'http://127.0.0.1:1/mcp',
      profileName: 'steady',
      profile,
      mode: 'stateful',
      session: 'per-connection',
      revision: '2025-11-25',
      timeoutMs: 10_000,
      method: 'tools/call',
      thresholds: ['p(99)<50ms', 'rate(errors)<10%'],
      openingSeconds: 3,
    },
    segment: '0:1/2',
    seconds: 6,
    startedAt: 1_700_000_000_000,
    counts: {
      mcp_stage_0: { '': good + late, [tag(fine, quick)]: good, [tag(fine, slow)]: late },
      mcp_rows_0: { [`0.${tag(coarse, quick)}`]: good, [`1.${tag(coarse, slow)}`]: late },
      mcp_failures: { '': 3, '3.rpc-error': 2, '3.timeout': 1 },
      mcp_failed_rows: { '0.rpc-error': 2, '1.timeout': 1 },
      mcp_initialize: { [tag(fine, quick)]: 2 },
      mcp_sessions_asked: { '': 2 },
      mcp_sessions_opened: { '': 2 },
      mcp_sessions_closed: { '': 2 },
      mcp_sent: { '': good + late + 3 + 2 + 1 },
      mcp_answers: { sse: 2 },
      data_sent: { '': 900, load: 800 },
    },
    ...changes,
  }
}

const second = (changes: Partial<RunnerFigures> = {}) => runner('b', 100, 10, { segment: '1/2:1', ...changes })

describe('runners become one load', () => {
  it('whose counts, percentiles, stages and seconds are sums', () => {
    const load = mergeRunners({ runners: [runner('a', 300, 2), second()], examples: [] })
    const { 'tools/call': calls, initialize } = load.phases
    expect(calls).toMatchObject({
      count: 412,
      failed: 6,
      errors: { 'rpc-error': 4, timeout: 2 },
      bytes: { sent: 1600 },
    })
    expect(initialize?.count).toBe(4)
    expect(decodeHistogram(load.histograms['tools/call']!).totalCount).toBe(412)
    expect(calls?.latency?.p50).toBeCloseTo(5, 0)
    expect(calls?.latency?.p99).toBeCloseTo(80, -1)
    expect(load.stages).toMatchObject([{ name: '4 connections', count: 412, failed: 6, seconds: 2 }])
    expect(load.series.map(({ count, failed, connections }) => [count, failed, connections])).toEqual([
      [400, 4, 4],
      [12, 2, 4],
    ])
    expect(load).toMatchObject({
      workers: 2,
      answers: 'sse',
      inFlightAtEnd: 2,
      sessions: { opened: 4, closed: 4, left: 0 },
    })
    expect(load.generator).toEqual({ engine: 'k6', limited: false })
    expect(load.obstacle).toBeUndefined()
  })

  it('whose thresholds are judged on the sums', () => {
    const { thresholds } = mergeRunners({ runners: [runner('a', 300, 2), second()], examples: [] })
    expect(thresholds.map(({ text, held }) => [text, held])).toEqual([
      ['p(99)<50ms', false],
      ['rate(errors)<10%', true],
    ])
  })

  it('that says so when some are missing, and refuses more than the whole', () => {
    expect(mergeRunners({ runners: [second()], examples: [] }).obstacle).toContain('one runner with 50 % of the load')
    const whole = { segment: '0:1' }
    const twice = () => mergeRunners({ runners: [runner('a', 1, 0, whole), second(whole)], examples: [] })
    expect(twice).toThrow('the runners made 200 % of the load')
  })

  it('that counts nobody twice, and mixes no loads', () => {
    const load = mergeRunners({ runners: [runner('a', 300, 2), second(), second()], examples: [] })
    expect(load.workers).toBe(2)
    const other = second({ plan: { ...second().plan, profileName: 'ramp' } })
    expect(() => mergeRunners({ runners: [runner('a', 1, 1), other], examples: [] })).toThrow('different loads')
  })

  it('that tells a server that went silent', () => {
    const dead = { ...second({ segment: '0:1' }) }
    dead.plan = { ...dead.plan, profile: { ...profile, stages: [{ seconds: 9, connections: 4 }] } }
    dead.seconds = 13
    dead.counts = { ...dead.counts, mcp_failed_rows: { '0.rpc-error': 2 }, mcp_rows_1: { '': 1 } }
    expect(mergeRunners({ runners: [dead], examples: [] }).obstacle).toMatch(/stopped answering after 2.0 s/)
  })

  it('that is marked where it ended early', () => {
    const early = mergeRunners({ runners: [runner('a', 300, 2, { segment: '0:1', seconds: 3.5 })], examples: [] })
    expect(early).toMatchObject({ interrupted: true, seconds: 0.5 })
  })

  it('of a staircase, whose knee is told', () => {
    const capacity = { from: 100, to: 200, stepSeconds: 1, objective: ['p(99)<50ms'] }
    const stages = [
      { seconds: 1, rate: 100 },
      { seconds: 1, rate: 200 },
    ]
    const plan = { ...runner('a', 0, 0).plan, profile: { ...profile, loop: 'open' as const, stages, capacity } }
    const one = runner('a', 100, 200, { plan, segment: '0:1' })
    one.counts.mcp_stage_0 = { [bucketOf(fine, quick)]: 100 }
    one.counts.mcp_stage_1 = { [bucketOf(fine, slow)]: 200 }
    const { runners } = readFigures(JSON.stringify(one), 'a.json')
    expect(mergeRunners({ runners, examples: [] }).capacity).toMatchObject({ held: 100, broke: 200 })
  })
})

describe('what k6 printed is read', () => {
  const figures = runner('a', 300, 2, {
    plan: { ...runner('a', 0, 0).plan, name: `wetter „Köln“ ${'x'.repeat(9000)}` },
  })

  it('whatever stands around its lines', () => {
    const lines = linesOf(figures)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.join('')).toMatch(/^[\u0020-\u007e]*$/)
    const log = lines.map((line) => `[pod/mcp-gauntlet-1-abc/k6] ${line}\r\nsomething else`).join('\n')
    expect(readFigures(log, 'a.log')).toEqual({ runners: [figures], examples: [] })
  })

  it('with the failures, but for those of another form', () => {
    const failure = { phase: 'tools/call', kind: 'timeout', second: 1.5, status: 0, message: 'no answer "in" time' }
    const line = (value: unknown) =>
      `time="x" level=error msg="MCP_GAUNTLET_FAILURE ${encodeURIComponent(JSON.stringify(value))}" source=console`
    const log = [
      line(failure),
      line({ ...failure, kind: 'mood' }),
      'MCP_GAUNTLET_FAILURE %7B',
      ...linesOf(figures),
    ].join('\n')
    const { examples } = readFigures(log, 'a.log')
    expect(examples).toEqual([failure])
    const load = mergeRunners({ runners: [runner('a', 1, 1), second()], examples })
    expect(load.phases['tools/call']?.examples.timeout).toEqual({ second: 1.5, message: 'no answer "in" time' })
  })

  it('from the file that a runner wrote', () => {
    expect(readFigures(JSON.stringify(figures), 'a.json').runners).toEqual([figures])
  })

  it.each([
    ['', 'holds no figures of k6'],
    ['{"schema":1}', 'holds no figures of k6'],
    [linesOf(figures).slice(1).join('\n'), 'cut off, 1 of 2'],
    ['{"k6Figures":2}', 'cannot be read'],
    ['MCP_GAUNTLET_K6 a 1/1 {"k6Figures":1,"plan":{},"counts":{}}', 'cannot be read'],
    ['MCP_GAUNTLET_K6 a 1/99999999999 {}', 'cut off'],
  ])('or refused in one line: %.30s', (text, reason) => {
    expect(() => readFigures(text, 'a.log')).toThrow(reason)
  })
})
