import type { ChalkInstance } from 'chalk'
import { amounts, figureWords, ratioWords, tellingFigures } from './change-words.js'
import type { LoadChange, Previous } from './changes.js'
import { oneLine } from './clean.js'
import { type Cell, table } from './table.js'
import { wrap } from './wrap.js'

/** The loads of a run beside those of a stored one. */
export function previousLines({ file, startedAt, loads }: Previous, paint: ChalkInstance, width: number): string[] {
  const words = `${oneLine(file)} of ${startedAt.slice(0, 10)}`
  if (loads.length === 0) return ['', ...wrap(`No load of this run is one of ${words}.`, width, '  ')]
  return ['', paint.bold(`Against ${words}`), ...loads.flatMap((load) => changeLines(load, paint, width))]
}

/** One load in two runs, as a table of its figures. */
export function changeLines(
  { name, loads, figures, caveat }: LoadChange,
  paint: ChalkInstance,
  width: number,
): string[] {
  const [before, after] = loads
  const color = { worse: paint.red, better: paint.green, 'not-shown': paint.dim }
  const rows = tellingFigures(figures).map((one): Cell[] => [
    one.phase,
    one.figure,
    figureWords(one.figure, one.before),
    figureWords(one.figure, one.after),
    ...ratioWords(one),
    { text: amounts[one.change], paint: color[one.change] },
  ])
  const head = ['phase', 'figure', 'before', 'after', 'ratio', '95 % interval', '']
  return [
    `${paint.bold(`Load ${oneLine(name, 80)}`)}${before > 1 || after > 1 ? paint.dim(`  ${before} before, ${after} after`) : ''}`,
    ...(rows.length > 0 ? table([head, ...rows], width, '  ', [1, 6]) : []),
    ...(caveat ? wrap(oneLine(caveat, 400), width, '  ').map((line) => paint.dim(line)) : []),
  ]
}
