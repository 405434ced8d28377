import type { Previous } from './changes.js'
import type { Comparison } from './comparison.js'
import type { Diagnosis } from './diagnosis.js'
import type { Load } from './load.js'
import type { Parity } from './parity.js'
import type { Baseline, Gate, Part, Result, Run } from './run.js'
import { verdictOf } from './verdict.js'

/** What a run is made of before it has a verdict. */
export interface Ingredients {
  version: string
  startedAt: Date
  ms: number
  seed?: string
  parts: { part: Omit<Part, 'from'>; results: Result[] }[]
  loads?: Load[]
  comparisons?: Comparison[]
  diagnoses?: Diagnosis[]
  parities?: Parity[]
  gate?: Gate
  baseline?: Baseline
  previous?: Previous
  interrupted?: boolean
}

/** Puts a Run document together and gives it its verdict. */
export function assembleRun(ingredients: Ingredients): Run {
  const parts: Part[] = []
  const results: Result[] = []
  for (const { part, results: own } of ingredients.parts) {
    parts.push({ ...part, from: results.length })
    results.push(...own)
  }
  const loads = ingredients.loads ?? []
  const gate = ingredients.gate ?? {}
  const comparisons = ingredients.comparisons ? { comparisons: ingredients.comparisons } : {}
  const diagnoses = ingredients.diagnoses ? { diagnoses: ingredients.diagnoses } : {}
  const parities = ingredients.parities ? { parities: ingredients.parities } : {}
  const baseline = ingredients.baseline ? { baseline: ingredients.baseline } : {}
  const previous = ingredients.previous ? { previous: ingredients.previous } : {}
  const interrupted = ingredients.interrupted ? { interrupted: true as const } : {}
  const judged = {
    ...{ parts, results, loads },
    ...comparisons,
    ...diagnoses,
    ...parities,
    gate,
    ...baseline,
    ...previous,
    ...interrupted,
  }
  return {
    schema: 1,
    tool: { name: 'mcp-gauntlet', version: ingredients.version },
    startedAt: ingredients.startedAt.toISOString(),
    ms: ingredients.ms,
    ...(ingredients.seed === undefined ? {} : { seed: ingredients.seed }),
    ...judged,
    verdict: verdictOf(judged),
  }
}

/** What a part is called where there are several: by name or URL, and by its era where one URL was judged in two. */
export function partName(run: Run, part: Part): string {
  const called = ({ target }: Part) => target.name ?? target.url
  const alike = run.parts.filter((other) => called(other) === called(part))
  const era = part.target.facts?.modern ? 'without handshake' : 'with handshake'
  return alike.length > 1 && part.target.facts?.otherEra ? `${called(part)} (${era})` : called(part)
}

/** The results of one part. */
export function resultsOf(run: Run, part: Part): Result[] {
  return run.results.slice(part.from, part.from + part.count)
}
