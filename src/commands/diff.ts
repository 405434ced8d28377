import { resolve } from 'node:path'
import { diffRuns } from '../diff/diff.js'
import { renderMarkdownDiff } from '../diff/markdown.js'
import { renderTerminalDiff } from '../diff/terminal.js'
import { exitCodes } from '../report/verdict.js'
import { UsageError } from '../usage-error.js'
import { oneOf } from './amounts.js'
import { readRun } from './read-run.js'
import { saveText } from './save-text.js'
import type { Terminal } from './terminal.js'

/** The formats of `diff`. */
export const diffFormats = ['terminal', 'json', 'markdown'] as const

/** `mcp-gauntlet diff <a.json> <b.json>`: what changed between two stored runs. Returns 1 where something got worse. */
export function diffCommand(
  [before = '', after = '']: readonly string[],
  flags: { as?: string },
  terminal: Terminal,
): number {
  const [name = '', file] = (flags.as ?? 'terminal').split(/=(.*)/s)
  const format = oneOf(name, diffFormats, '--as')
  const diff = diffRuns(readRun(before, terminal.cwd), readRun(after, terminal.cwd))
  if (!diff.comparable)
    throw new UsageError(
      `${before} and ${after} have no server and no load in common; give two runs of the same server`,
    )
  const screen = file ? { columns: 100, color: false } : terminal
  const text = {
    terminal: () => renderTerminalDiff(diff, screen),
    json: () => `${JSON.stringify(diff, null, 2)}\n`,
    markdown: () => renderMarkdownDiff(diff),
  }[format]()
  if (file) saveText(resolve(terminal.cwd, file), text)
  else terminal.out(text)
  return diff.worse ? exitCodes.failed : exitCodes.held
}
