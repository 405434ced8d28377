/** One cell: plain text, or text with the paint that is put on after it was aligned. */
export type Cell = string | { text: string; paint: (text: string) => string }

/**
 * Rows in columns, the first aligned left, the others right unless `left` names them. Where they do not fit, gaps narrow from two blanks to
 * one, then the first column is cut.
 */
export function table(
  rows: readonly (readonly Cell[])[],
  width: number,
  indent = '  ',
  left: readonly number[] = [],
): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => textOf(row[at]).length)))
  const rest = widths.slice(1).reduce((sum, one) => sum + one, 0) + indent.length
  const gaps = widths.length - 1
  const gap = rest + widths[0]! + 2 * gaps <= width ? 2 : 1
  const room = Math.max(8, width - rest - gap * gaps)
  widths[0] = Math.min(widths[0] ?? 0, room)
  return rows.map((row) => {
    const cells = row.map((cell, at) => {
      const text = at === 0 ? cut(textOf(cell), room) : textOf(cell)
      const aligned = at === 0 || left.includes(at) ? text.padEnd(widths[at]!) : text.padStart(widths[at]!)
      return typeof cell === 'string' ? aligned : cell.paint(aligned)
    })
    return `${indent}${cells.join(' '.repeat(gap))}`.trimEnd()
  })
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : (cell?.text ?? '')
}

function cut(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1)}…` : text
}
