import { oneLine, visible } from './clean.js'

/** Text from anywhere as plain words of one line of Markdown: no markup, no HTML, no link, no mention and no reference of GitHub's. */
export function plain(text: string, most = 600): string {
  return oneLine(text, most)
    .replace(/[\\`*_[\]<>|~&$!]|:(?=\/\/)/g, '\\$&')
    .replace(/[@#]|\bgh-(?=\d)/gi, '$&\u2060')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}\\.`)
    .replace(/^(\s*)([-+=#])/, '$1\\$2')
    .replace(/^(\s*\d+)(?=[.)](\s|$))/, '$1\\')
}

/** Text from anywhere as code of one line. */
export function code(text: unknown, most = 300): string {
  const line = oneLine(text, most).trim()
  if (line === '') return '` `'
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** Text from anywhere as a block of code. */
export function block(text: string, most = 4000): string {
  const shown = visible(text.replaceAll('\r\n', '\n'))
  const cut = shown.length > most ? `${shown.slice(0, most)}\n…` : shown
  const fence = '`'.repeat(Math.max(3, longestRun(cut) + 1))
  return `${fence}\n${cut}\n${fence}`
}

/** A table of cells that are Markdown already; what would end a cell is escaped, also within code. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[], right = false): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`
  const rule = heads.map((_, at) => (right && at > 0 ? '--:' : '---'))
  return [line(heads), line(rule), ...rows.map(line)].join('\n')
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}
