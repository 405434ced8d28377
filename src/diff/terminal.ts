import { Chalk, type ChalkInstance } from 'chalk'
import { changeLines } from '../report/changes-terminal.js'
import { oneLine, visible } from '../report/clean.js'
import type { Screen } from '../report/terminal.js'
import { wrap } from '../report/wrap.js'
import type { CheckChange } from './checks.js'
import type { RunDiff } from './diff.js'
import type { FactChange } from './facts.js'
import { factWords, kinds, stepWords } from './words.js'

/** What changed, for people: the sentence first, then what got worse. */
export function renderTerminalDiff(diff: RunDiff, screen: Screen): string {
  const paint = new Chalk({ level: screen.color ? 1 : 0 })
  const width = Math.max(40, Math.min(screen.columns, 100))
  const head = diff.worse ? paint.red.bold('WORSE') : paint.green.bold('NOT WORSE')
  const side = ({ startedAt, version }: RunDiff['before']) => `${startedAt.slice(0, 19).replace('T', ' ')} (${version})`
  const lines = [
    ...wrap(diff.sentence, width, '  ', `${head}  `, '  '),
    paint.dim(`  ${visible(`${side(diff.before)} → ${side(diff.after)}`)}`),
  ]
  for (const [kind, title] of kinds) {
    const found = diff.checks.filter((one) => one.kind === kind)
    if (found.length === 0) continue
    const color = kind === 'broken' ? paint.red : kind === 'mended' ? paint.green : paint.cyan
    lines.push('', color.bold(title), ...found.flatMap((one) => checkLines(one, paint, width)))
  }
  if (diff.facts.length > 0) lines.push('', paint.bold('What is known of the server'))
  lines.push(...diff.facts.flatMap((one) => factLines(one, diff.facts, width)))
  for (const load of diff.loads) lines.push('', ...changeLines(load, paint, width))
  return `${lines.join('\n')}\n`
}

function checkLines(change: CheckChange, paint: ChalkInstance, width: number): string[] {
  const { id, revision, target, message, kind } = change
  const where = [revision, target].filter(Boolean).join(' ')
  return [
    `  ${paint.bold(id)}  ${visible(stepWords(change))}${where ? `  ${paint.dim(visible(where))}` : ''}`,
    ...(message && kind !== 'mended' && kind !== 'new' ? wrap(oneLine(message, 200), width, '    ') : []),
  ]
}

function factLines({ target, fact, before, after }: FactChange, all: readonly FactChange[], width: number): string[] {
  const several = all.some((other) => other.target !== target)
  const name = several ? `${oneLine(target, 60)} ${fact}` : fact
  return wrap(`${name}: ${factWords(before)} → ${factWords(after)}`, width, '  ', '  ', '    ')
}
