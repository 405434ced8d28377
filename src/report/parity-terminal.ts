import type { ChalkInstance } from 'chalk'
import { oneLine, visible } from './clean.js'
import { plural } from './figures.js'
import type { Difference, Parity, StrayText } from './parity.js'
import { asideOf } from './parity-verdict.js'
import { table } from './table.js'
import { wrap } from './wrap.js'

/** A comparison of two forms for people: who was compared, the differences as a table, and what else there is to know. */
export function parityLines(parity: Parity, paint: ChalkInstance, width: number): string[] {
  const { original, converted, differences } = parity
  const lines = [
    paint.bold('Parity'),
    ...wrap(visible(sideLine(original)), width, '  ', '  original    ', '              '),
    ...wrap(visible(sideLine(converted)), width, '  ', '  conversion  ', '              '),
  ]
  const counted = differences.filter(({ state }) => state === 'differs')
  if (counted.length > 0) lines.push('', ...tableOf(counted, paint, width))
  for (const [state, title] of [
    ['volatile', 'Varies by itself, so not counted'],
    ['ignored', 'Ignored, as you asked'],
  ] as const) {
    const rest = differences.filter((one) => one.state === state)
    if (rest.length > 0) lines.push('', paint.bold(title), ...rest.map(({ path }) => paint.dim(`  ${visible(path)}`)))
  }
  const notes = notesOf(parity)
  if (notes.length > 0)
    lines.push('', paint.bold('Notes'), ...notes.flatMap((note) => wrap(visible(note), width, '  ')))
  return lines
}

function sideLine({ where, serverInfo, revision, modern }: Parity['original' | 'converted']): string {
  const { name, version } = (serverInfo ?? {}) as { name?: unknown; version?: unknown }
  const called = name === undefined ? '' : oneLine([name, version].filter(Boolean).join(' '), 60)
  return [oneLine(where, 200), called, revision, modern ? 'no handshake' : ''].filter(Boolean).join(' · ')
}

/** Name, then what each form has, then the path as `--ignore` takes it. */
function tableOf(differences: readonly Difference[], paint: ChalkInstance, width: number): string[] {
  const room = Math.max(12, Math.floor((width - 6) * 0.28))
  const rows = differences.map((one) => [oneLine(one.name, 80), ...excerpts(one, room)])
  const [head = '', ...body] = table([['difference', 'original', 'conversion'], ...rows], width, '  ', [1, 2])
  return [
    paint.dim(head),
    ...body.flatMap((line, at) => [line, paint.dim(`    ${visible(differences[at]!.path)}`)]),
    paint.dim(`  ${asideOf(differences) || plural(differences.length, 'difference')}`),
  ]
}

/** Both values in so many characters; long ones from where they begin to differ. */
function excerpts({ kind, original, converted }: Difference, room: number): [string, string] {
  const [was, is] = [original, converted].map((value) => JSON.stringify(value) ?? '')
  if (kind === 'missing') return [oneLine(was, room - 1), '(none)']
  if (kind === 'added') return ['(none)', oneLine(is, room - 1)]
  const same = [...was!].findIndex((char, at) => char !== is![at])
  const from = Math.max(was!.length, is!.length) > room && same > room / 3 ? same - Math.floor(room / 4) : 0
  const cut = (text: string) => oneLine(from > 0 ? `…${text.slice(from)}` : text, room - 1)
  return [cut(was!), cut(is!)]
}

function notesOf({ original, leftOut }: Parity): string[] {
  const { stray, stderr, end } = original
  return [
    ...(stray.lines > 0
      ? [`The original wrote ${told(stray)} to stdout that no JSON-RPC message is: its clients stumble over that.`]
      : []),
    ...(stderr.lines > 0 ? [`The original wrote ${told(stderr)} to stderr.`] : []),
    ...(end !== undefined && end !== 'exit code 0' ? [`The original ended with ${end}.`] : []),
    ...leftOut.map((one) => `Not compared: ${one}.`),
  ]
}

function told({ lines, examples }: StrayText): string {
  return `${plural(lines, 'line')} (${examples
    .slice(0, 2)
    .map((one) => JSON.stringify(oneLine(one, 80)))
    .join(', ')}${lines > 2 ? ', …' : ''})`
}
