import type { AssessEvent } from '../conformance/assess.js'
import { visible } from '../report/clean.js'
import { factsLine } from '../report/terminal.js'
import type { Terminal } from './terminal.js'

/** Shows on stderr how a run proceeds: one line rewritten in place on a screen, one line per target elsewhere. */
export function progressOf(terminal: Terminal, quiet: boolean, name: string): (event: AssessEvent) => void {
  if (quiet) return () => {}
  let failed = 0
  return (event) => {
    if (event.type === 'detected' && event.facts && !event.obstacle)
      terminal.err(`${visible(`${name}: ${factsLine(event.facts)}`)}\n`)
    if (event.type === 'result' && terminal.live) {
      if (event.result.outcome.status === 'fail') failed++
      const line = `  ${event.done}/${event.total} checks${failed ? `, ${failed} failed` : ''}  ${event.result.id}`
      terminal.err(`\r\u001b[K${line.slice(0, terminal.columns - 1)}`)
    }
    if (event.type === 'part' && terminal.live) terminal.err('\r\u001b[K')
  }
}
