import { assembleRun } from '../report/assemble.js'
import { visible } from '../report/clean.js'
import type { Gate, Run } from '../report/run.js'
import { TargetUnavailable } from '../target/unavailable.js'
import { version } from '../version.js'
import type { Terminal } from './terminal.js'

/** The Run of a server that did not come up; shows the last lines it printed. Whatever else was thrown is thrown on. */
export function runOfUnavailable(error: unknown, startedAt: Date, terminal: Terminal, gate?: Gate): Run {
  if (!(error instanceof TargetUnavailable)) throw error
  const { url, obstacle, output } = error
  if (output) {
    const lines = output.split('\n').map((line) => `  | ${visible(line)}\n`)
    terminal.err(`The last lines it printed:\n${lines.join('')}`)
  }
  return assembleRun({
    version,
    startedAt,
    ms: Date.now() - startedAt.getTime(),
    parts: [{ part: { target: { url, obstacle }, count: 0, requests: 0 }, results: [] }],
    ...(gate ? { gate } : {}),
    ...(terminal.signal.aborted ? { interrupted: true } : {}),
  })
}
