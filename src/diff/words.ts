import { oneLine } from '../report/clean.js'
import type { CheckChange } from './checks.js'

/** The kinds of changes in the order reports show them, worst first. */
export const kinds: readonly (readonly [kind: CheckChange['kind'], title: string])[] = [
  ['broken', 'Got worse'],
  ['mended', 'Mended'],
  ['changed', 'Changed'],
  ['new', 'Only in the later run'],
  ['removed', 'Only in the earlier run'],
]

/** From what to what, in words. */
export function stepWords({ before, after }: CheckChange): string {
  return before && after ? `${before} → ${after}` : (after ?? before)!
}

/** A value of a fact in one line. */
export function factWords(value: unknown): string {
  return value === null || value === undefined ? 'none' : oneLine(value, 120)
}
