import type { CompareEvent } from '../load/compare.js'
import { visible } from '../report/clean.js'
import { plural, seconds } from '../report/figures.js'
import { loopWords, sharing } from '../report/load-shape.js'
import { fitting, secondWords } from './load-progress.js'
import type { Terminal } from './terminal.js'

/** Shows on stderr how a comparison proceeds: a line per trial, and on a screen one line rewritten every second. */
export function compareProgress(
  terminal: Terminal,
  quiet: boolean,
  names: readonly string[],
): (event: CompareEvent) => void {
  if (quiet) return () => {}
  let at = ''
  let failed = 0
  const rewrite = (text = '') => terminal.live && terminal.err(`\r\u001b[K${text}`)
  return (event) => {
    if (event.type === 'trial') {
      const { plan, index, of } = event
      const shape = plan.leaves ? 'sessions left open' : `${loopWords(plan)}, ${sharing[plan.session]}`
      rewrite()
      terminal.err(
        `  trial ${index + 1} of ${of}: ${shape}, ${plural(plan.rounds, 'round')} of ${seconds(plan.seconds)} each\n`,
      )
    }
    if (event.type === 'round') {
      failed = 0
      at = `${event.round === 0 ? 'warming up' : `round ${event.round} of ${event.rounds}`}, ${visible(names[event.target] ?? '')}`
    }
    if (event.type === 'load' && event.event.type === 'second') {
      const { row, secondsLeft } = event.event
      failed += row.failed
      rewrite(fitting(secondWords(row, at, failed, secondsLeft), terminal.columns - 1))
    }
    if (event.type === 'done') rewrite()
  }
}
