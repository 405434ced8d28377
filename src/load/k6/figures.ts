import { figuresMark } from './marks.js'
import type { ToldPlan } from './script-plan.js'

/** What one runner saw: plain JSON, the same whether it comes from a file or from printed lines. Runs in Node and in k6. */
export interface RunnerFigures {
  /** The form of this document. */
  k6Figures: 1
  /** A name of its own, so that nobody is counted twice. */
  runner: string
  plan: ToldPlan
  /** Which part of the load it made, such as `0:1/4`. */
  segment: string
  /** Seconds from the start of the test to its end. */
  seconds: number
  /** When the measured time began, in ms since the epoch; absent where it never did. */
  startedAt?: number
  /** Counts by counter and tag; a counter without tags counts under the empty one. Zeros are left out. */
  counts: Record<string, Record<string, number>>
}

/** What k6 hands to handleSummary, as far as it is read. */
interface K6Summary {
  state: { testRunDurationMs: number }
  setup_data?: { segment?: string }
  metrics: Record<string, { values: Record<string, number> }>
}

/** The figures of a runner from k6's summary. */
export function figuresOf(plan: ToldPlan, { state, setup_data: data, metrics }: K6Summary): RunnerFigures {
  const counts: RunnerFigures['counts'] = {}
  for (const [name, { values }] of Object.entries(metrics)) {
    const [, counter = '', tag = ''] = /^(\w+)(?:\{\w+:(.*)\})?$/.exec(name) ?? []
    if (!values.count || !/^(mcp_(?!threshold)|dropped_iterations|data_)/.test(counter)) continue
    counts[counter] ??= {}
    counts[counter][tag] = values.count
  }
  const startedAt = metrics.mcp_clock?.values.min
  return {
    k6Figures: 1,
    runner: Math.random().toString(36).slice(2, 10),
    plan,
    segment: data?.segment ?? '0:1',
    seconds: state.testRunDurationMs / 1000,
    ...(startedAt ? { startedAt } : {}),
    counts,
  }
}

/** Lines of logs are cut or split when they are long. */
const longest = 8000

/** Figures as lines of printable ASCII, each with the runner, its number and how many there are. */
export function linesOf(figures: RunnerFigures): string[] {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  const text = JSON.stringify(figures).replace(/[^\u0020-\u007e]/g, escaped)
  const pieces = Math.ceil(text.length / longest)
  return Array.from({ length: pieces }, (_, at) => {
    const piece = text.slice(at * longest, (at + 1) * longest)
    return `${figuresMark} ${figures.runner} ${at + 1}/${pieces} ${piece}`
  })
}
