/** Breaks text into lines of at most `width` columns: the first line starts with `first`, the others with `next`. Longer words stand alone; a no-break blank holds two together. */
export function wrap(text: string, width: number, indent = '', first = indent, next = indent): string[] {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(/[^\S\u00a0]+/).filter(Boolean)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = next
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return (empty ? lines : [...lines, line]).map((one) => one.replaceAll('\u00a0', ' '))
}
