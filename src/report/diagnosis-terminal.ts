import type { ChalkInstance } from 'chalk'
import { visible } from './clean.js'
import { curlOf } from './curl.js'
import type { Diagnosis, Step, StepState } from './diagnosis.js'
import { wrap } from './wrap.js'

const marks: Record<StepState, string> = {
  holds: 'ok',
  broken: 'BROKEN',
  'not-given': 'STOP',
  'not-reached': '-',
  'not-needed': '-',
}

/** The way to a server as a funnel: one line a step, and under the broken one whose it is, the fix and how to see it. */
export function diagnosisLines({ url, name, steps }: Diagnosis, paint: ChalkInstance, width: number): string[] {
  const head = paint.bold(visible(name ? `${name}  ${url}` : url))
  return [head, ...steps.flatMap((step) => stepLines(step, paint, width))]
}

function stepLines(step: Step, paint: ChalkInstance, width: number): string[] {
  const { state, title, found, notes = [], remedy, exchange } = step
  const stopped = state === 'broken' || state === 'not-given'
  const color = state === 'holds' ? paint.green : stopped ? paint.red.bold : paint.dim
  const mark = marks[state].padEnd(7)
  const said = state === 'not-reached' ? 'not reached' : visible(found ?? '')
  const [first = '', ...rest] = wrap(said, width, '', `  ${mark}${title.padEnd(11)}`, ' '.repeat(20))
  const lines = [first.replace(mark, color(mark)), ...rest]
  if (state === 'not-reached') return lines.map((line) => paint.dim(line))
  for (const note of notes) lines.push(...wrap(visible(note), width, '', '         note       ', ' '.repeat(20)))
  if (remedy)
    lines.push(
      ...wrap(`${remedy.cause}.`, width, '', '         cause      ', ' '.repeat(20)),
      `         whose      ${remedy.layer}`,
      ...wrap(remedy.fix, width, '', '         fix        ', ' '.repeat(20)),
      `         ${paint.dim(remedy.link)}`,
    )
  if (stopped && exchange) lines.push(`         ${paint.dim(visible(curlOf(exchange)).replaceAll('\n', ' '))}`)
  return lines
}
