import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Result, Run, Status } from '../../src/report/run.js'
import { capacityOf, comparisonOf, eventful, measured } from './loads.js'
import { resultOf, runOf } from './runs.js'

/** A histogram of microseconds as runs store it: `count` answers around a median in ms, with a tail. */
export function histogramOf(count: number, median: number): string {
  const histogram = build({ highestTrackableValue: 3_600_000_000, numberOfSignificantValueDigits: 3 })
  for (let at = 0; at < count; at++)
    histogram.recordValue(Math.round(median * 1000 * (0.5 + at / count) + 4000 / (count - at)))
  return encodeIntoCompressedBase64(histogram)
}

/** A run in which everything happened that a report can show: every status, causes, a baseline, loads, comparisons. */
export function wholeRun(): Run {
  const exchange = {
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:3000/mcp',
      headers: [['authorization', '[redacted]']] as [string, string][],
      body: '{"jsonrpc":"2.0"}',
    },
    response: {
      status: 421,
      headers: [['content-type', 'text/plain']] as [string, string][],
      body: 'Invalid Host header',
    },
    ms: 3.2,
  }
  const remedy = {
    fingerprint: 'host-guard',
    layer: 'the SDK' as const,
    cause: 'A guard refuses the host',
    fix: 'Allow the public host.',
    link: 'https://example.com/1',
  }
  const broken = (id: string): Result =>
    resultOf(
      id,
      {
        status: 'fail',
        message: 'refused',
        expected: { status: 200 },
        actual: 'HTTP 421',
        cause: 'A guard refuses the host',
        remedy: remedy as any,
      },
      { hint: 'Allow it.', exchanges: [exchange] },
    )
  const results: Result[] = [
    broken('initialize/is-answered'),
    broken('session/is-issued'),
    resultOf(
      'auth/no-token',
      { status: 'fail', message: 'let in', expected: 401, actual: 200 },
      { exchanges: [exchange] },
    ),
    resultOf('tools-call/slow', { status: 'warn', message: 'slow' }),
    resultOf('streams/odd', { status: 'error', message: 'our own trouble' }),
    resultOf(
      'jsonrpc/id',
      { status: 'known', message: 'ids differ' },
      { known: { reason: 'to be mended', expires: '2027-01-01', was: 'fail' } },
    ),
    ...(['pass', 'not-testable', 'not-applicable'] as Status[]).map((status) =>
      resultOf(`ping/${status}`, { status, message: `why ${status}` }),
    ),
  ]
  const load = eventful({ histograms: { 'tools/call': histogramOf(48_210, 2) } })
  const series = load.series.map((second) =>
    second.failed > 0 ? { ...second, errors: { 'http-status': 10, transport: 2 } } : second,
  )
  const run = runOf({
    parts: [
      { target: { name: 'reference:stateful' }, results },
      {
        target: { name: 'reference:stateless' },
        results: [broken('initialize/is-answered'), resultOf('session/is-issued', 'pass')],
      },
    ],
    loads: [
      { ...load, series },
      measured({
        target: { url: 'http://127.0.0.1:3001/mcp' },
        capacity: capacityOf(),
        histograms: { 'tools/call': histogramOf(9000, 3) },
      }),
    ],
    comparisons: [comparisonOf()],
  })
  return {
    ...run,
    baseline: {
      file: 'baseline.yaml',
      entries: [
        { check: 'ping/pass', reason: 'was broken', state: 'stale' },
        { check: 'jsonrpc/id', reason: 'to be mended', expires: '2027-01-01', state: 'known' },
      ],
    },
  }
}

/** A run of ten parts with four hundred results each. */
export function largeRun(): Run {
  const statuses: Status[] = ['pass', 'pass', 'pass', 'not-applicable', 'pass', 'not-testable', 'pass', 'fail']
  const parts = Array.from({ length: 10 }, (_, part) => ({
    target: { name: `reference:part-${part}` },
    results: Array.from({ length: 400 }, (_, at) =>
      resultOf(`suite-${at % 25}/a-check-with-a-name-of-usual-length-${at}`, {
        status: at < 8 ? statuses[at]! : statuses[at % 7]!,
        message: 'a message of the usual length, which says why',
      }),
    ),
  }))
  return runOf({ parts })
}

/** The published runs, by the name of their folder. */
export function publishedRun(name: string): Run {
  return JSON.parse(readFileSync(join(resolve(import.meta.dirname, '../..'), 'reports', name, 'run.json'), 'utf8'))
}
