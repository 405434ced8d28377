import { assembleRun } from '../../src/report/assemble.js'
import type { Previous } from '../../src/report/changes.js'
import type { Comparison } from '../../src/report/comparison.js'
import type { Load } from '../../src/report/load.js'
import type { Baseline, Gate, Outcome, Result, Run, Status, Target } from '../../src/report/run.js'
import { factsOf } from './conformance.js'

/** A result of one check, changed as told. */
export function resultOf(id: string, outcome: Status | Outcome, changes: Partial<Result> = {}): Result {
  return {
    id,
    title: `the title of ${id}`,
    requirement: 'ping-answered',
    keyword: 'MUST',
    level: 'MUST',
    rule: 'ping is answered promptly with an empty result',
    link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping',
    revision: '2025-11-25',
    outcome: typeof outcome === 'string' ? { status: outcome } : outcome,
    ms: 12.5,
    requests: 1,
    exchanges: [],
    ...changes,
  }
}

/** What a run is made of when only its results matter. */
export interface RunShape {
  results?: Result[]
  target?: Partial<Target>
  /** In place of `results` and `target`: several targets. */
  parts?: { target?: Partial<Target>; results: Result[] }[]
  loads?: Load[]
  comparisons?: Comparison[]
  gate?: Gate
  baseline?: Baseline
  previous?: Previous
  interrupted?: boolean
}

/** A whole Run of one second. */
export function runOf({
  results = [],
  target = {},
  parts,
  loads,
  comparisons,
  gate,
  baseline,
  previous,
  interrupted,
}: RunShape): Run {
  const own = parts ?? [{ target, results }]
  return assembleRun({
    version: '0.0.0',
    startedAt: new Date('2026-01-02T03:04:05.678Z'),
    ms: 1234.5,
    parts: own.map((part) => ({
      part: {
        target: {
          url: 'http://127.0.0.1:3000/mcp',
          facts: factsOf({ serverInfo: { name: 'weather', version: '1.2' } }),
          ...part.target,
        },
        count: part.results.length,
        requests: 7,
      },
      results: part.results,
    })),
    ...(loads ? { loads } : {}),
    ...(comparisons ? { comparisons } : {}),
    ...(gate ? { gate } : {}),
    ...(baseline ? { baseline } : {}),
    ...(previous ? { previous } : {}),
    ...(interrupted ? { interrupted } : {}),
  })
}
