import type { ChalkInstance } from 'chalk'
import { oneLine, visible } from './clean.js'
import type { ComparedMetric, ComparedValue, Comparison, Trial } from './comparison.js'
import { interval, letter, ratioSentence, subjects } from './comparison-words.js'
import { ms, percent, perSecond, plural, seconds, whole } from './figures.js'
import { loopWords, sharing } from './load-shape.js'
import { type Cell, table } from './table.js'
import { wrap } from './wrap.js'

/** A comparison for people: who was compared on what, then a table of ratios per trial with a plain sentence per row. */
export function comparisonLines(comparison: Comparison, paint: ChalkInstance, width: number): string[] {
  const { targets, method, tool, trials, workers } = comparison
  const head = targets.flatMap(({ name, url, mode, revision }, at) => [
    paint.bold(`${letter(at)}  ${visible(name ? `${name}  ${url}` : url)}`),
    paint.dim(`   ${[mode, revision && visible(revision)].filter(Boolean).join(' · ')}`),
  ])
  const what = `${oneLine(tool ? `${method} of ${tool}` : method, 80)} on each in turn (${turns(targets.length)}), ${seconds(comparison.seconds)} in all${workers > 1 ? ` · ${workers} workers` : ''}`
  const notes = [
    comparison.interrupted ? 'Ended early by the user: what stands below is what was finished until then.' : '',
    comparison.obstacle ? oneLine(comparison.obstacle, 400) : '',
  ]
  return [
    ...head,
    ...wrap(what, width, '   '),
    ...notes.filter(Boolean).flatMap((text) => wrap(text, width, '  ').map((line) => paint.yellow(line))),
    ...trials.flatMap((trial) => ['', ...trialLines(trial, comparison, paint, width)]),
  ]
}

/** The order of the rounds: there and back. */
function turns(count: number): string {
  const letters = Array.from({ length: count }, (_, at) => letter(at))
  return [...letters, ...letters.toReversed(), '…'].join(' ')
}

function trialLines(trial: Trial, comparison: Comparison, paint: ChalkInstance, width: number): string[] {
  const names = subjects(comparison)
  const sessionless = comparison.targets.map(({ mode }) => mode !== 'stateful')
  const what = [
    trial.leaves ? `sessions left open on purpose, to see what one costs` : loopWords(trial),
    trial.leaves ? plural(trial.connections, 'connection') : sharing[trial.session],
    `${plural(trial.rounds, 'round')} of ${seconds(trial.seconds)} each`,
  ]
  const warned = [trial.obstacle, trial.limited]
  return [
    ...wrap(what.join(' · '), width, '  ').map((line) => paint.bold(line)),
    ...warned.flatMap((text) => (text ? wrap(oneLine(text, 400), width, '  ').map((line) => paint.yellow(line)) : [])),
    ...valueLines(trial, names, sessionless, paint, width),
    ...sideLines(trial, names, width),
  ]
}

const titles: Record<ComparedMetric, string> = {
  throughput: 'answers per s',
  p50: 'p50 in ms',
  p95: 'p95 in ms',
  p99: 'p99 in ms',
  'server-cpu': 'server CPU ms per answer',
  'session-memory': 'server KiB per session',
}

function valueLines(
  { values }: Trial,
  names: readonly string[],
  sessionless: readonly boolean[],
  paint: ChalkInstance,
  width: number,
): string[] {
  const measured = values.filter((one) => one.values.some((value) => value !== null))
  if (measured.length === 0) return []
  const others = names.map((_, at) => at).slice(1)
  // Their intervals have no room beside each other: each stands with its sentence.
  const several = others.length > 1
  const heads = [
    '',
    ...names.map((_, at) => letter(at)),
    ...others.flatMap((at) => [`${letter(at)}/A`, ...(several ? [] : ['95 % interval'])]),
  ]
  const rows = measured.map((one) => [
    titles[one.metric],
    ...one.values.map((value) => figure(one, value)),
    ...others.flatMap((at) => {
      const ratio = one.ratios[at]
      const [factor, range] = ratio ? [ratio.ratio.toFixed(2), interval(ratio)] : ['–', '–']
      return several ? [factor] : [factor, range]
    }),
  ])
  const [head, ...lines] = table([heads.map((text): Cell => ({ text, paint: paint.dim })), ...rows], width, '    ')
  const sentences = measured.map((one) =>
    others.flatMap((at) => {
      const without = one.metric === 'session-memory' && sessionless[at] ? `${names[at]} keeps no sessions` : undefined
      const words = ratioSentence(one, at, names) ?? without
      const ratio = one.ratios[at]
      const range = ratio?.low === undefined ? '' : `/A ${interval(ratio)}`
      return words ? wrap(`${several ? `${letter(at)}${range}: ` : ''}${words}`, width, '      ') : []
    }),
  )
  return [head!, ...lines.flatMap((line, at) => [line, ...sentences[at]!.map((words) => paint.cyan(words))])]
}

function figure({ unit }: ComparedValue, value: number | null): string {
  if (value === null) return '–'
  return unit === '/s' ? perSecond(value) : ms(value)
}

/** What went wrong on each side: only where something did. */
function sideLines({ sides }: Trial, names: readonly string[], width: number): string[] {
  return sides.flatMap(({ good, failed, dropped, example }, at) => {
    if (failed === 0 && dropped === 0) return []
    const words = [
      failed > 0
        ? `${whole(failed)} failed (${percent(failed, good + failed)})${example ? `, the first: ${oneLine(example, 200)}` : ''}`
        : '',
      dropped > 0 ? `${whole(dropped)} due requests were never sent` : '',
    ]
    return wrap(`${names[at]}: ${words.filter(Boolean).join('; ')}`, width, '    ')
  })
}
