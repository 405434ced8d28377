import { describe, expect, it } from 'vitest'
import { factsOf } from '../../test/support/conformance.js'
import { latencyOf, measured, phaseOf, secondOf } from '../../test/support/loads.js'
import { type RunShape, resultOf, runOf } from '../../test/support/runs.js'
import type { Load } from '../report/load.js'
import type { Status } from '../report/run.js'
import { diffRuns } from './diff.js'
import { renderMarkdownDiff } from './markdown.js'
import { renderTerminalDiff } from './terminal.js'

const diffOf = (before: RunShape, after: RunShape) => diffRuns(runOf(before), runOf(after))
const one = (status: Status) => ({ results: [resultOf('a/x', { status, message: 'because' })] })
const known = { reason: 'r', was: 'fail' as const }

describe('a check', () => {
  it.each<[Status, Status, string | undefined, boolean]>([
    ['pass', 'pass', undefined, false],
    ['pass', 'fail', 'broken', true],
    ['pass', 'warn', 'broken', true],
    ['warn', 'fail', 'broken', true],
    ['not-applicable', 'fail', 'broken', true],
    ['fail', 'pass', 'mended', false],
    ['fail', 'warn', 'changed', false],
    ['fail', 'not-applicable', 'changed', false],
    ['pass', 'not-testable', 'changed', false],
    ['pass', 'error', 'changed', false],
  ])('from %s to %s is %s', (before, after, kind, worse) => {
    const diff = diffOf(one(before), one(after))
    expect(diff.checks.map((change) => change.kind)).toEqual(kind ? [kind] : [])
    expect(diff.worse).toBe(worse)
  })

  it('that is known stands as it was found', () => {
    const excused = { results: [resultOf('a/x', 'known', { known })] }
    expect(diffOf(excused, one('fail')).checks).toEqual([])
    expect(diffOf(one('pass'), excused).worse).toBe(true)
  })

  it('that only one run has is new or removed, which is no change of the server', () => {
    const diff = diffOf({ results: [resultOf('a/old', 'pass')] }, { results: [resultOf('a/new', 'fail')] })
    expect(diff.checks.map(({ id, kind }) => [id, kind])).toEqual([
      ['a/new', 'new'],
      ['a/old', 'removed'],
    ])
    expect(diff.worse).toBe(false)
  })

  it('is paired by revision where it ran at several, and whatever the revision where it ran once', () => {
    const at = (revision: '2025-06-18' | '2025-11-25', status: Status) => resultOf('a/x', status, { revision })
    const several = diffOf(
      { results: [at('2025-06-18', 'fail'), at('2025-11-25', 'pass')] },
      { results: [at('2025-06-18', 'fail'), at('2025-11-25', 'fail')] },
    )
    expect(several.checks).toMatchObject([{ revision: '2025-11-25', kind: 'broken' }])
    expect(diffOf({ results: [at('2025-06-18', 'pass')] }, { results: [at('2025-11-25', 'pass')] }).checks).toEqual([])
  })
})

describe('servers', () => {
  const named = (name: string, url: string, status: Status) => ({
    target: { name, url },
    results: [resultOf('a/x', status)],
  })

  it('are paired by name, in whatever order', () => {
    const before = { parts: [named('one', 'http://h:1/', 'pass'), named('two', 'http://h:2/', 'fail')] }
    const after = { parts: [named('two', 'http://h:4/', 'fail'), named('one', 'http://h:3/', 'pass')] }
    expect(diffOf(before, after).checks).toEqual([])
  })

  it('whose port is another one are still the same', () => {
    const at = (url: string) => ({ target: { url }, results: [resultOf('a/x', 'pass')] })
    expect(diffOf({ parts: [at('http://h:1/')] }, { parts: [at('http://h:2/')] })).toMatchObject({
      comparable: true,
      checks: [],
    })
  })

  it('that cannot be judged any more are worse', () => {
    const obstacle = { kind: 'unreachable' as const, message: 'It is gone.' }
    const diff = diffOf(one('pass'), { target: { obstacle }, results: [] })
    expect(diff).toMatchObject({ worse: true, sentence: '1 server can no longer be judged.' })
  })

  it('that say something else of themselves are told of', () => {
    const facts = (version: string, capabilities: object) => ({
      target: { facts: factsOf({ serverInfo: { name: 'w', version }, capabilities }) },
      results: [],
    })
    const both = { tools: {}, logging: {} }
    const diff = diffOf(
      { ...facts('1', both), results: [resultOf('a/x', 'pass')] },
      { ...facts('2', { logging: {}, tools: {} }), results: [resultOf('a/x', 'pass')] },
    )
    expect(diff.facts).toEqual([{ target: 'http://127.0.0.1:3000/mcp', fact: 'version', before: '1', after: '2' }])
  })
})

/** A load whose every time is `factor` times that of the usual one, over twenty seconds. */
function load(factor: number, changes: Partial<Load> = {}): Load {
  const series = Array.from({ length: 21 }, (_, at) => {
    const wave = factor * (1 + 0.04 * Math.sin(at * 2.1))
    return secondOf(at, { count: Math.round(4800 / wave), p50: 2 * wave, p99: 8 * wave })
  })
  const phase = phaseOf(Math.round(96_000 / factor), { rate: 4800 / factor, latency: latencyOf(2 * factor) })
  return measured({ seconds: 20, phases: { 'tools/call': phase }, series, ...changes })
}

const loads = (...all: Load[]): RunShape => ({ results: [], parts: [], loads: all })
const shownIn = (before: RunShape, after: RunShape) =>
  diffOf(before, after).loads.flatMap((one) =>
    one.figures.filter(({ change }) => change !== 'not-shown').map(({ figure, change }) => `${figure} ${change}`),
  )

describe('a load', () => {
  it('that is twice as slow is worse in everything', () => {
    expect(shownIn(loads(load(1)), loads(load(2)))).toEqual(['p50 worse', 'p95 worse', 'p99 worse', 'rate worse'])
    expect(diffOf(loads(load(1)), loads(load(2)))).toMatchObject({
      worse: true,
      sentence: '4 figures of the load got worse.',
    })
  })

  it('that is twice as fast is better, and nothing is worse', () => {
    const diff = diffOf(loads(load(2)), loads(load(1)))
    expect(diff.worse).toBe(false)
    expect(diff.loads[0]!.figures.map(({ change }) => change)).toEqual([
      'better',
      'better',
      'better',
      'better',
      'not-shown',
    ])
  })

  it('that is a tenth slower shows nothing by one pair, which the report says', () => {
    const diff = diffOf(loads(load(1)), loads(load(1.1)))
    expect(diff.worse).toBe(false)
    expect(diff.loads[0]!.caveat).toMatch(/^One load on each side: .* only large changes show/)
  })

  it('that is a tenth slower time and again is worse', () => {
    const several = (factor: number) => loads(...[0.99, 1, 1.01, 1].map((one) => load(one * factor)))
    expect(shownIn(several(1), several(1.15))).toContain('p50 worse')
    expect(diffOf(several(1), several(1.15)).loads[0]).toMatchObject({ loads: [4, 4] })
    expect(diffOf(several(1), several(1.15)).loads[0]!.caveat).toBeUndefined()
  })

  it('of a few seconds says that it cannot tell', () => {
    const short = (factor: number) => ({ ...load(factor), series: load(factor).series.slice(0, 5) })
    const diff = diffOf(loads(short(1)), loads(short(3)))
    expect(diff.worse).toBe(false)
    expect(diff.loads[0]!.caveat).toMatch(/^A pair of loads of less than 8 s cannot show/)
  })

  it('whose generator was the limit says nothing of times', () => {
    const limited = load(2)
    limited.generator = { ...limited.generator, limited: true }
    expect(diffOf(loads(load(1)), loads(limited))).toMatchObject({ worse: false })
  })

  it('that fails more is worse', () => {
    const failing = load(1, {
      phases: {
        'tools/call': phaseOf(90_000, { failed: 6000, errors: { timeout: 6000 }, rate: 4800, latency: latencyOf(2) }),
      },
    })
    expect(shownIn(loads(load(1)), loads(failing))).toEqual(['errors worse'])
  })

  it('that got no answer at all is worse', () => {
    const dead = load(1, { phases: { 'tools/call': phaseOf(0, { failed: 10, errors: { transport: 10 }, rate: 0 }) } })
    expect(shownIn(loads(load(1)), loads(dead))).toEqual(['rate worse', 'errors worse'])
  })

  it('that is another load is not compared', () => {
    const diff = diffOf(loads(load(1)), loads(load(3, { connections: 50 })))
    expect(diff.worse).toBe(false)
    expect(diff.loads[0]).toMatchObject({
      figures: [],
      caveat: 'Not the same load: closed loop, 10 connections, 20 s before, closed loop, 50 connections, 20 s after.',
    })
  })
})

describe('reports', () => {
  const nasty = 'a\u001b[31m | b <script> @team https://evil.example'
  const facts = (version: string) => ({ facts: factsOf({ serverInfo: { name: 'weather', version } }) })
  const diff = diffOf(
    { target: facts('1.2'), results: [resultOf('a/x', 'pass'), resultOf('a/y', 'fail')], loads: [load(1)] },
    {
      target: facts('1.3'),
      results: [resultOf('a/x', { status: 'fail', message: nasty }), resultOf('a/y', 'pass')],
      loads: [load(2)],
    },
  )

  it('at 80 columns', () =>
    expect(renderTerminalDiff(diff, { columns: 80, color: false })).toMatchInlineSnapshot(`
    "WORSE  1 check got worse, 4 figures of the load got worse. 1 check mended.
      2026-01-02 03:04:05 (0.0.0) → 2026-01-02 03:04:05 (0.0.0)

    Got worse
      a/x  pass → fail  2025-11-25
        a\\x1b[31m | b <script> @team https://evil.example

    Mended
      a/y  fail → pass  2025-11-25

    What is known of the server
      version: 1.2 → 1.3

    Load http://127.0.0.1:3000/mcp, steady stateful per-connection
      phase       figure   before    after  ratio  95 % interval
      tools/call  p50     2.00 ms  4.00 ms   2.00   1.60 to 2.50  worse
      tools/call  p95     3.80 ms  7.60 ms   2.00   1.43 to 2.79  worse
      tools/call  p99     8.00 ms  16.0 ms   2.00   1.15 to 3.48  worse
      tools/call  rate    4,800/s  2,400/s   0.50   0.40 to 0.62  worse
      One load on each side: the intervals allow for what differs between any two
      runs, so that only large changes show; several loads on each side, or compare,
      tell more.
    "
  `))
  it('as Markdown, in which nothing from a server is markup', () =>
    expect(renderMarkdownDiff(diff)).toMatchInlineSnapshot(`
      "## mcp-gauntlet diff: worse

      1 check got worse, 4 figures of the load got worse. 1 check mended.

      ### Got worse

      | check | revision | change | found |
      |---|---|---|---|
      | a/x | 2025-11-25 | pass → fail | a\\\\x1b\\[31m \\| b &lt;script> @​team https&#58;//evil.example |

      ### Mended

      | check | revision | change | found |
      |---|---|---|---|
      | a/y | 2025-11-25 | fail → pass |  |

      ### What is known of the server

      | target | fact | before | after |
      |---|---|---|---|
      | http&#58;//127.0.0.1:3000/mcp | version | 1.2 | 1.3 |

      ### Load http&#58;//127.0.0.1:3000/mcp, steady stateful per-connection

      | phase | figure | before | after | ratio | 95 % interval |  |
      |---|---|---|---|---|---|---|
      | tools/call | p50 | 2.00 ms | 4.00 ms | 2.00 | 1.60 to 2.50 | worse |
      | tools/call | p95 | 3.80 ms | 7.60 ms | 2.00 | 1.43 to 2.79 | worse |
      | tools/call | p99 | 8.00 ms | 16.0 ms | 2.00 | 1.15 to 3.48 | worse |
      | tools/call | rate | 4,800/s | 2,400/s | 0.50 | 0.40 to 0.62 | worse |

      One load on each side: the intervals allow for what differs between any two runs, so that only large changes show; several loads on each side, or compare, tell more.
      "
    `))
  it('no line is wider than the screen', () => {
    const lines = renderTerminalDiff(diff, { columns: 80, color: false }).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})
