/** Breaks text into lines of at most `width` columns: the first line starts with `first`, the others with `next`. Longer words stand alone. */
export function wrap(text: string, width: number, indent = '', first = indent, next = indent): string[] {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = next
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return empty ? lines : [...lines, line]
}
