import type { LoadEvent } from '../load/plan.js'
import { oneLine } from '../report/clean.js'
import { msUnit, perSecond, plural, seconds, whole } from '../report/figures.js'
import type { SecondStats, StageStats } from '../report/load.js'
import type { Terminal } from './terminal.js'

/**
 * Shows on stderr how a load proceeds: on a screen one line, rewritten every second, and a line per finished stage where there are several;
 * elsewhere the line per stage alone.
 */
export function loadProgress(terminal: Terminal, quiet: boolean): (event: LoadEvent) => void {
  if (quiet) return () => {}
  let failed = 0
  const wipe = () => terminal.live && terminal.err('\r\u001b[K')
  const say = (text: string) => {
    wipe()
    terminal.err(`${text}\n`)
  }
  return (event) => {
    if (event.type === 'opened' && event.sessions > 0)
      say(`  ${plural(event.sessions, 'session')} opened in ${seconds(event.seconds)}`)
    if (event.type === 'second') {
      failed += event.row.failed
      const words = secondWords(event.row, event.stage, failed, event.secondsLeft)
      if (terminal.live) terminal.err(`\r\u001b[K${fitting(words, terminal.columns - 1)}`)
    }
    if (event.type === 'stage' && (event.of > 1 || !terminal.live)) say(stageLine(event.stage, event.index, event.of))
    if (event.type === 'done') wipe()
  }
}

/** What there is to say of a second, the least important last. */
export function secondWords(row: SecondStats, stage: string, failed: number, left: number): string[] {
  return [
    `  ${oneLine(stage, 24)}`,
    `${seconds(Math.max(0, Math.round(left)))} left`,
    `${perSecond(row.count)}/s`,
    row.p99 === undefined ? 'no answer' : `p99 ${msUnit(row.p99)}`,
    `${whole(failed)} failed`,
    plural(row.connections, 'connection'),
    ...(row.waiting > 0 ? [`${whole(row.waiting)} waiting`] : []),
    ...(row.streams === undefined ? [] : [plural(row.streams, 'stream')]),
  ]
}

/** As many of the words as fit. */
export function fitting(words: readonly string[], width: number): string {
  const line = words.join('  ')
  return line.length <= width || words.length === 1 ? line.slice(0, width) : fitting(words.slice(0, -1), width)
}

function stageLine({ name, achieved, failed, latency, seconds: took }: StageStats, index: number, of: number): string {
  const number = of > 1 ? ` (${index + 1} of ${of})` : ''
  const p99 = latency ? `p99 ${msUnit(latency.p99)}` : 'no good answer'
  return `  ${oneLine(name || 'stage', 40)}${number}: ${perSecond(achieved)}/s over ${seconds(took)}, ${p99}, ${whole(failed)} failed`
}
