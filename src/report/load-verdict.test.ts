import { describe, expect, it } from 'vitest'
import { capacityOf, eventful, measured, phaseOf, secondOf, stageOf } from '../../test/support/loads.js'
import { type RunShape, resultOf, runOf } from '../../test/support/runs.js'
import type { FailureKind, Load, PhaseStats } from './load.js'
import type { VerdictName } from './run.js'

const failing = (kind: FailureKind, message: string, count = 100, good = 0): Record<string, PhaseStats> => ({
  'tools/call': phaseOf(good, {
    failed: count,
    errors: { [kind]: count },
    examples: { [kind]: { second: 0.2, message } },
  }),
})
const held = { text: 'rate(errors)<1%', held: true, actual: 0 }
const errors = { text: 'rate(errors)<1%', held: false, actual: 34 }
const slow = { text: 'p(99)<250ms', held: false, actual: 412 }
const slower = { text: 'tools/call:p(95)<10ms', held: false, actual: 143 }
const course = (...counts: number[]) =>
  counts.map((count, second) => secondOf(second, { count, connections: count > 0 ? 10 : 0 }))

const loads: [what: string, changes: Partial<Load>, code: number, name: VerdictName, sentence: RegExp][] = [
  [
    'its threshold held',
    {},
    0,
    'pass',
    /^rate\(errors\)<1% held: 48,210 good answers in 10 s, none failed, p99 7\.92 ms\.$/,
  ],
  ['several held', { thresholds: [held, held] }, 0, 'pass', /^Both thresholds held: /],
  ['none was set', { thresholds: [] }, 0, 'pass', /^48,210 good answers/],
  [
    'some failed, but fewer than allowed',
    { phases: failing('timeout', 'no answer', 20, 9980) },
    0,
    'pass',
    /9,980 good answers in 10 s, 20 failed \(0\.20 %\)/,
  ],
  [
    'the server has no event streams to hold',
    {
      streams: {
        asked: 1,
        held: 0,
        refused: 1,
        dropped: 0,
        events: 0,
        firstRefusal: { held: 0, status: 405, message: 'no' },
      },
    },
    3,
    'incomplete',
    /^No event stream could be held: HTTP 405, no\.$/,
  ],
  [
    'some event streams were refused',
    { streams: eventful().streams! },
    0,
    'pass',
    /\. 180 of 200 event streams were held; the next was refused: HTTP 503, too many streams\.$/,
  ],
  [
    'all event streams were held for a while',
    { streams: { asked: 9, held: 9, refused: 0, dropped: 4, events: 9 } },
    0,
    'pass',
    /\. 9 of 9 event streams were held, 4 were dropped by the server\.$/,
  ],
  [
    'the rate that was asked for was not reached',
    { dropped: 48_210 },
    0,
    'pass',
    /p99 7\.92 ms\. But 50\.0 % of the requests that were due never went out\.$/,
  ],
  ['one is broken', { thresholds: [held, slow] }, 1, 'fail', /^p\(99\)<250ms is broken: it was 412 ms\.$/],
  [
    'the worst of several is named',
    { thresholds: [held, slow, slower] },
    1,
    'fail',
    /^2 of 3 thresholds are broken; the worst: tools\/call:p\(95\)<10ms is broken: it was 143 ms\.$/,
  ],
  [
    'too many errors: what they were',
    { thresholds: [errors], phases: failing('rpc-error', 'overloaded', 340, 660) },
    1,
    'fail',
    /it was 34\.0 %, all of it rpc-error \("overloaded"\)\.$/,
  ],
  [
    'the generator was the limit',
    { generator: { ...measured().generator, limited: true, sentence: 'x' } },
    0,
    'pass',
    /p99 7\.92 ms\. Mind what is said of the generator below\.$/,
  ],
  [
    'nothing was measured for a threshold',
    { thresholds: [held, { text: 'initialize:p(95)<1ms', held: false, actual: null }] },
    3,
    'incomplete',
    /^initialize:p\(95\)<1ms cannot be judged/,
  ],
  [
    'the server was gone at the end, though too little could fail to break a threshold',
    { series: course(5000, 5000, 0, 0), reconnects: { failed: 12, closed: 0 } },
    1,
    'fail',
    /^The server answered no more after 2 s: the last 2 s brought no good answer\.$/,
  ],
  [
    'it hung at the end',
    { series: [secondOf(0), secondOf(1), secondOf(2, { count: 0 }), secondOf(3, { count: 0 })], inFlightAtEnd: 10 },
    1,
    'fail',
    /^The server answered no more after 2 s/,
  ],
  [
    'a pause at the end of a load that is slow anyway',
    {
      series: [secondOf(0), secondOf(1, { count: 0 }), secondOf(2, { count: 0 })],
      inFlightAtEnd: 10,
      phases: { 'tools/call': phaseOf(4, { latency: { ...phaseOf(1).latency!, max: 1500 } }) },
    },
    0,
    'pass',
    /./,
  ],
  [
    'a load that ends with nothing to do',
    { series: [secondOf(0), secondOf(1, { count: 0, connections: 0 })] },
    0,
    'pass',
    /./,
  ],
  [
    'a ramp down to nothing after connections were lost',
    {
      series: course(5000, 0),
      reconnects: { failed: 12, closed: 0 },
      stages: [stageOf('down', { connections: 0 })],
    },
    0,
    'pass',
    /./,
  ],
  ['an obstacle in the middle', { obstacle: 'The server was gone after 3 s.' }, 1, 'fail', /^The server was gone/],
  [
    'every request failed',
    { phases: failing('http-status', 'HTTP 500'), thresholds: [errors] },
    3,
    'incomplete',
    /^No request got a good answer: all 100 failed\. The first \(tools\/call, http-status\): HTTP 500\.$/,
  ],
  [
    'sessions could not be opened',
    {
      phases: {
        initialize: phaseOf(0, {
          failed: 10,
          errors: { 'rpc-error': 10 },
          examples: { 'rpc-error': { second: 0, message: 'no room' } },
        }),
      },
    },
    3,
    'incomplete',
    /^Nothing was measured: no request was answered\. The first \(initialize, rpc-error\): no room\.$/,
  ],
  [
    'it never answered',
    { phases: { 'tools/call': phaseOf(0) }, inFlightAtEnd: 10 },
    3,
    'incomplete',
    /no request was answered\. 10 requests had no answer when time was up\.$/,
  ],
  ['good handshakes alone are no good answers', { phases: { initialize: phaseOf(10) } }, 3, 'incomplete', /./],
  [
    'nothing got through',
    { phases: failing('transport', 'connect ECONNREFUSED') },
    4,
    'unreachable',
    /all 100 failed\. .*ECONNREFUSED\.$/,
  ],
  [
    'a capacity search with a knee',
    { capacity: capacityOf() },
    0,
    'pass',
    /^It carries 800 requests per second with p\(99\)<100ms and rate\(errors\)<1%; 900 broke it\.$/,
  ],
  [
    'one that nothing broke',
    { capacity: capacityOf({ broke: undefined as never }) },
    0,
    'pass',
    /^It carries at least 800 .*, the most that was tried/,
  ],
  [
    'one that nothing held',
    { capacity: capacityOf({ held: undefined as never }) },
    1,
    'fail',
    /^Not even 900 requests/,
  ],
  [
    'one that finished no step',
    { capacity: capacityOf({ held: undefined as never, broke: undefined as never }) },
    3,
    'incomplete',
    /^No step/,
  ],
  [
    'one that ends in silence',
    { capacity: capacityOf(), series: course(5, 0, 0), reconnects: { failed: 3, closed: 0 } },
    0,
    'pass',
    /./,
  ],
  ['an obstacle before the first answer', { phases: {}, obstacle: 'Only SSE.' }, 3, 'incomplete', /^Only SSE\.$/],
]

const verdict = (shape: RunShape) => {
  const { name, exitCode, sentence } = runOf(shape).verdict
  return { outcome: [exitCode, name], sentence }
}

it.each(loads)('a load: %s', (_, changes, code, name, words) => {
  const { outcome, sentence } = verdict({ loads: [measured(changes)] })
  expect(outcome).toEqual([code, name])
  expect(sentence).toMatch(words)
  expect(sentence).not.toMatch(/\n/)
})

it('what a server says cannot play with the terminal', () => {
  const { sentence } = verdict({ loads: [measured({ phases: failing('rpc-error', '\u001b[2Jgone\u202e') })] })
  expect(sentence).toContain('\\x1b[2Jgone\\u202e')
})

describe('several', () => {
  const broken = measured({ thresholds: [slow], target: { url: 'http://b/', name: 'b' } })
  const silent = measured({ phases: {} })
  const lost = measured({ phases: failing('transport', 'no') })
  const rows: [what: string, shape: RunShape, code: number, sentence: RegExp][] = [
    ['all hold: each has its sentence', { loads: [measured(), measured()] }, 0, /^http.*: rate.*\. http.*: rate/],
    ['one is broken: it alone is told', { loads: [measured(), broken] }, 1, /^b: p\(99\)<250ms is broken/],
    ['a broken one goes before one without an answer', { loads: [silent, broken] }, 1, /^b: /],
    ['one that is away goes before all', { loads: [broken, lost] }, 4, /failed/],
    ['one without an answer', { loads: [measured(), silent] }, 3, /Nothing was measured/],
    ['checks and a load', { results: [resultOf('a/x', 'pass')], loads: [measured()] }, 0, /^No rule .*\. rate\(err/],
    [
      'broken checks and a broken load',
      { results: [resultOf('a/x', 'fail')], loads: [broken] },
      1,
      /^1 check found a broken MUST\. p\(99\)/,
    ],
    ['an error of ours and a load', { results: [resultOf('a/x', 'error')], loads: [measured()] }, 3, /^1 check could/],
    ['interrupted', { loads: [broken], interrupted: true }, 130, /^Interrupted after 10 s of load; /],
    [
      'interrupted after checks too',
      { results: [resultOf('a/x', 'pass')], loads: [broken], interrupted: true },
      130,
      /^Interrupted after 1 check and 10 s of load; /,
    ],
  ]
  it.each(rows)('%s', (_, shape, code, words) => {
    const { outcome, sentence } = verdict(shape)
    expect(outcome[0]).toBe(code)
    expect(sentence).toMatch(words)
  })
})
