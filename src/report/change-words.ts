import type { FigureChange } from './changes.js'
import { ms, percent, perSecond } from './figures.js'

/** One side of a figure. */
export function figureWords(figure: FigureChange['figure'], value: number | null): string {
  if (value === null) return '–'
  if (figure === 'errors') return percent(value, 1)
  return figure === 'rate' ? `${perSecond(value)}/s` : `${ms(value)} ms`.replace('s ms', ' s')
}

/** The ratio and its interval as a table shows them. */
export function ratioWords({ ratio, low, high }: FigureChange): [ratio: string, interval: string] {
  const text = (value: number) => (value < 9.995 ? value.toFixed(2) : value < 999.5 ? value.toFixed(0) : '>999')
  return [
    ratio === undefined ? '–' : text(ratio),
    low === undefined || high === undefined ? '–' : `${text(low)} to ${text(high)}`,
  ]
}

/** What a change of a figure amounts to. */
export const amounts: Record<FigureChange['change'], string> = {
  worse: 'worse',
  better: 'better',
  'not-shown': 'not shown',
}

/** The figures worth a line: those of phases with answers, and failures where there were any. */
export function tellingFigures(figures: readonly FigureChange[]): FigureChange[] {
  return figures.filter(({ figure, before, after }) => figure !== 'errors' || (before ?? 0) > 0 || (after ?? 0) > 0)
}
