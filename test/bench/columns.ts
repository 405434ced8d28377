/** Prints a table: a title, heads and rows; numbers to the right, with two digits after the point where they are small. */
export function printTable(title: string, heads: string[], rows: (string | number | undefined)[][]): void {
  const lines = [heads, ...rows.map((row) => row.map(text))]
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  console.log(`\n${title}`)
  for (const line of lines)
    console.log(
      `  ${line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')}`,
    )
}

function text(cell: string | number | undefined): string {
  if (cell === undefined) return '–'
  if (typeof cell === 'string' || Number.isInteger(cell)) return String(cell)
  return cell < 100 ? cell.toFixed(2) : cell.toFixed(0)
}
