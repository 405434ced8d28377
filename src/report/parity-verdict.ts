import { oneLine } from './clean.js'
import { plural } from './figures.js'
import type { LoadFinding } from './load-verdict.js'
import type { Difference, Parity } from './parity.js'

/** Judges one comparison of two forms: it holds when no difference counts. */
export function judgeParity(parity: Parity): LoadFinding {
  if (parity.obstacle) return { grade: 'unreachable', sentence: oneLine(parity.obstacle, 900) }
  const counted = parity.differences.filter(({ state }) => state === 'differs')
  if (counted.length > 0) {
    const first = counted.slice(0, 3).map(({ name, kind }) => `${name} ${kinds[kind]}`)
    const more = counted.length > 3 ? `, and ${counted.length - 3} more` : ''
    return {
      grade: 'broken',
      sentence: `${plural(counted.length, 'difference')} between the STDIO original and its conversion: ${oneLine(first.join(', '), 300)}${more}.`,
    }
  }
  const beside = asideOf(parity.differences)
  return {
    grade: 'held',
    sentence: `The conversion does what the STDIO original does: ${plural(parity.compared, 'value')} compared, no difference${beside ? ` (${beside})` : ''}.`,
  }
}

/** What became of something in the conversion, as it ends a sentence. */
export const kinds: Record<Difference['kind'], string> = { missing: 'is missing', added: 'is new', changed: 'differs' }

/** Differences that do not count, in words; empty where there are none. */
export function asideOf(differences: readonly Difference[]): string {
  const count = (state: Difference['state']) => differences.filter((one) => one.state === state).length
  return [
    ...(count('ignored') > 0 ? [`${count('ignored')} ignored`] : []),
    ...(count('volatile') > 0 ? [`${count('volatile')} that vary by themselves`] : []),
  ].join(', ')
}
