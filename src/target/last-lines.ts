import { stripVTControlCharacters } from 'node:util'

/** The most that is kept of what a command prints, in characters. */
const mostKept = 64 * 1024

/** Keeps the end of what a command prints, however much that is. */
export class LastLines {
  private kept = ''

  /** Takes in what was printed; more than the bound pushes the oldest out. */
  add(text: string): void {
    this.kept += text
    if (this.kept.length > 2 * mostKept) this.kept = this.kept.slice(-mostKept)
  }

  /** The last lines, each cut at `width` characters; carriage returns break lines, colours and empty lines are left out. */
  last(lines = 20, width = 400): string {
    const all = stripVTControlCharacters(this.kept)
      .split(/[\r\n]+/)
      .filter((line) => line.trim() !== '')
    return all
      .slice(-lines)
      .map((line) => (line.length > width ? `${line.slice(0, width)}…` : line))
      .join('\n')
  }
}
