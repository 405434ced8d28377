import { visible } from './clean.js'
import type { ComparedMetric, ComparedTarget, ComparedValue, Comparison, Ratio, Trial } from './comparison.js'

/** The names of the compared servers as sentences say them: their own where those are short and differ, else A, B, C. */
export function subjects({ targets }: Comparison): string[] {
  const names = targets.map(({ name, url }) => visible(name ?? url))
  const usable = names.every((name) => name.length <= 32) && new Set(names).size === names.length
  return usable ? names : targets.map((_, at) => letter(at))
}

/** Whether a server takes part in a trial: where sessions are left open, only those that keep any do. */
export function takesPart({ leaves }: Pick<Trial, 'leaves'>, { mode }: Pick<ComparedTarget, 'mode'>): boolean {
  return !leaves || mode === 'stateful'
}

/** A, B, C … */
export function letter(at: number): string {
  return String.fromCharCode(65 + at)
}

const more: Record<ComparedMetric, [verb: string, rest: string]> = {
  throughput: ['carries', 'as much'],
  p50: ['takes', 'as long at p50'],
  p95: ['takes', 'as long at p95'],
  p99: ['takes', 'as long at p99'],
  'server-cpu': ['needs', 'as much CPU per answer'],
  'session-memory': ['keeps', 'as much memory per session'],
}

/** What the ratio of target `at` to the first one says, in plain words; undefined where there is none. */
export function ratioSentence(
  { metric, ratios }: ComparedValue,
  at: number,
  names: readonly string[],
): string | undefined {
  const found = ratios[at]
  if (!found) return undefined
  const { ratio, low, high, shown } = found
  const [verb, rest] = more[metric]
  const [who, ends] =
    ratio >= 1 ? [names[at]!, [low, high, ratio]] : [names[0]!, [high, low, ratio].map((one) => one && 1 / one)]
  const [from, to, middle] = ends
  if (from === undefined || to === undefined)
    return `${who} ${verb} ${factors(middle!)} times ${rest} in the one round there was: that shows nothing yet`
  return shown ? `${who} ${verb} ${factors(from, to)} times ${rest}` : 'no difference shown'
}

/** One or two factors, with as many digits as it takes to tell them from 1 and from each other: `1.04 to 1.12`, `1.4 to 1.6`, `12`. */
function factors(from: number, to = from): string {
  const digits = from < 1.1 || to - from < 0.1 ? 2 : to < 9.95 ? 1 : 0
  const [low, high] = [from.toFixed(digits), to.toFixed(digits)]
  return low === high ? low : `${low} to ${high}`
}

/** The interval of a ratio as the table shows it. */
export function interval({ low, high }: Ratio): string {
  return low === undefined || high === undefined ? '–' : `${low.toFixed(2)} to ${high.toFixed(2)}`
}
