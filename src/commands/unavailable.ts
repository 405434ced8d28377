import { assembleRun } from '../report/assemble.js'
import { visible } from '../report/clean.js'
import type { Gate, Run } from '../report/run.js'
import { TargetUnavailable } from '../target/unavailable.js'
import { version } from '../version.js'
import type { Terminal } from './terminal.js'

/** The Run of a server that did not come up; shows the last lines it printed. Whatever else was thrown is thrown on. */
export function runOfUnavailable(error: unknown, startedAt: Date, terminal: Terminal, gate?: Gate): Run {
  if (!(error instanceof TargetUnavailable)) throw error
  const { url, obstacle } = error
  tellLastLines(error, terminal)
  return assembleRun({
    version,
    startedAt,
    ms: Date.now() - startedAt.getTime(),
    parts: [{ part: { target: { url, obstacle }, count: 0, requests: 0 }, results: [] }],
    ...(gate ? { gate } : {}),
    ...(terminal.signal.aborted ? { interrupted: true } : {}),
  })
}

/** Shows the last lines that a server printed which did not come up. */
export function tellLastLines({ output }: TargetUnavailable, terminal: Terminal): void {
  if (output === '') return
  const lines = output.split('\n').map((line) => `  | ${visible(line)}\n`)
  terminal.err(`The last lines it printed:\n${lines.join('')}`)
}
