import type { ChalkInstance } from 'chalk'
import { entryName, knownWords } from './baseline.js'
import { oneLine } from './clean.js'
import { plural } from './figures.js'
import type { Result, Run } from './run.js'
import { wrap } from './wrap.js'

/** What became of the baseline: how many of its entries excuse something, and each one that is stale or has expired. */
export function baselineLines({ baseline }: Run, paint: ChalkInstance, width: number): string[] {
  if (!baseline) return []
  const { file, entries } = baseline
  const of = (state: string) => entries.filter((entry) => entry.state === state)
  const counts = [
    plural(entries.length, 'entry', 'entries'),
    ...(['known', 'stale', 'expired', 'not-judged'] as const)
      .filter((state) => of(state).length > 0)
      .map((state) => `${of(state).length} ${state.replace('-', ' ')}`),
  ]
  const lines = ['', `${paint.bold('Baseline')} ${oneLine(file)}: ${counts.join(', ')}`]
  const told = [
    ...of('stale').map((entry) => `${entryName(entry)}: passes now; take it out (${oneLine(entry.reason)})`),
    ...of('expired').map(
      (entry) => `${entryName(entry)}: expired on ${entry.expires}, still broken (${oneLine(entry.reason)})`,
    ),
  ]
  for (const text of told) lines.push(...wrap(text, width, '  ', '  ', '    ').map((line) => paint.red(line)))
  return lines
}

/** What is known to fail, a line or two for each: it is excused, so its details stand in the other formats. */
export function knownLines(results: readonly Result[], paint: ChalkInstance, width: number): string[] {
  const known = results.filter(({ outcome }) => outcome.status === 'known')
  if (known.length === 0) return []
  const lines = known.flatMap((result) =>
    wrap(
      [result.id, result.revision, result.known && `– ${knownWords(result.known)}`].filter(Boolean).join(' '),
      width,
      '  ',
      '  ',
      '    ',
    ),
  )
  return ['', paint.cyan.bold('Known'), ...lines]
}
