import type { ChalkInstance } from 'chalk'
import { oneLine, visible } from './clean.js'
import { ms, percent, perSecond, plural, seconds, whole } from './figures.js'
import type { Latency, Load, ThresholdOutcome } from './load.js'
import { whatWasRun } from './load-shape.js'
import { capacityLines, stageLines } from './load-stages.js'
import { surroundings } from './load-surroundings.js'
import { failings, insideOf, totals } from './load-totals.js'
import type { Run } from './run.js'
import { sparkline } from './sparkline.js'
import { type Cell, table } from './table.js'
import { actualText } from './threshold-text.js'
import { wrap } from './wrap.js'

/** One load for people: what was run, whether it held, what was measured, what went wrong, and what limited it. */
export function loadLines(load: Load, paint: ChalkInstance, width: number): string[] {
  const { name, url } = load.target
  const blocks = [
    [
      paint.bold(visible(name ? `${name}  ${url}` : url)),
      ...wrap(whatWasRun(load), width, '  '),
      ...warnings(load, paint, width),
    ],
    thresholdLines(load, paint, width),
    phaseLines(load, paint, width),
    overTime(load, width),
    stageLines(load, paint, width),
    capacityLines(load, paint, width),
    failureLines(load, paint, width),
    surroundings(load, width),
  ]
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))
}

/** The thresholds of a run as words: `2 thresholds held`, `1 of 3 thresholds broken`; where there are none, what was done. */
export function loadTally({ loads, comparisons = [] }: Pick<Run, 'loads' | 'comparisons'>): string {
  const all = loads.flatMap((load) => load.thresholds)
  const broken = all.filter(({ held, actual }) => !held && actual !== null).length
  if (broken > 0) return `${broken} of ${plural(all.length, 'threshold')} broken`
  const open = all.filter(({ held }) => !held).length
  if (open > 0) return `${open} of ${plural(all.length, 'threshold')} not judged`
  if (all.length > 0) return `${plural(all.length, 'threshold')} held`
  const trials = comparisons.reduce((sum, one) => sum + one.trials.length, 0)
  const rates = loads.flatMap((load) => load.capacity?.held ?? [])
  if (rates.length > 0) return `${rates.map(perSecond).join(', ')} requests/s`
  return loads.length > 0 ? plural(loads.length, 'load') : comparisons.length > 0 ? plural(trials, 'trial') : ''
}

function warnings(load: Load, paint: ChalkInstance, width: number): string[] {
  const { limited, sentence } = load.generator
  const words = [
    load.interrupted ? endedEarly(load) : '',
    load.obstacle ? oneLine(load.obstacle, 400) : '',
    limited
      ? oneLine(sentence ?? 'The generator was the limit: the figures say more of it than of the server.', 400)
      : '',
  ]
  return words.filter(Boolean).flatMap((text) => wrap(text, width, '  ').map((line) => paint.yellow(line)))
}

function endedEarly({ seconds: measured }: Load): string {
  return measured > 0
    ? 'Ended early by the user: the figures are those of the time until then.'
    : 'Ended by the user before the measured time began.'
}

function thresholdLines({ thresholds }: Load, paint: ChalkInstance, width: number): string[] {
  const rows = thresholds.map((one): Cell[] => [
    standing(one, paint),
    oneLine(one.text, Math.max(20, width - 32)),
    actualText(one),
  ])
  return table(rows, width, '  ', [1])
}

function standing({ held, actual }: ThresholdOutcome, paint: ChalkInstance): Cell {
  if (held) return { text: 'held', paint: paint.green }
  return actual === null ? { text: 'open', paint: paint.yellow } : { text: 'BROKEN', paint: paint.red.bold }
}

/** Phases whose own names would crowd out the figures. */
const shortNames: Record<string, string> = { 'notifications/initialized': 'initialized' }

const timeNames = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max']

function times(latency: Latency | undefined): string[] {
  if (!latency) return timeNames.map(() => '–')
  const { p50, p90, p95, p99, p999, max } = latency
  return [p50, p90, p95, p99, p999, max].map(ms)
}

function phaseLines(load: Load, paint: ChalkInstance, width: number): string[] {
  const phases = Object.entries(load.phases)
  if (phases.length === 0) return []
  const heads = ['times in ms', 'good', 'per s', 'failed', ...timeNames].map((text) => ({ text, paint: paint.dim }))
  const rows = phases.flatMap(([name, stats]): Cell[][] => [
    [
      oneLine(shortNames[name] ?? name, 60),
      whole(stats.count),
      perSecond(stats.rate),
      stats.failed > 0 ? { text: whole(stats.failed), paint: paint.red } : '0',
      ...times(stats.latency),
    ],
    ...insideOf(load, name, stats).map(([what, latency]) => [`  ${what}`, '', '', '', ...times(latency)]),
  ])
  return table([heads, ...rows], width)
}

/** The run in little bars, where it lasted long enough to have a course. */
function overTime({ series }: Load, width: number): string[] {
  if (series.length < 4) return []
  const rows: [
    name: string,
    values: (number | undefined)[],
    show: (value: number) => string,
    pick?: typeof Math.min,
  ][] = [
    ['answers/s', series.map((row) => row.count), perSecond, Math.min],
    ['failed/s', some(series.map((row) => row.failed)), perSecond],
    ['p99 in ms', series.map((row) => row.p99), ms],
    ['waiting', some(series.map((row) => row.waiting)), whole],
    ['streams', series.map((row) => row.streams), whole, Math.min],
    ['server CPU', series.map((row) => row.serverCpu), (value) => `${Math.round(value * 100)} %`],
    ['server MiB', series.map((row) => row.serverRss), ms],
  ]
  return rows.flatMap(([name, values, show, pick]) => {
    const known = values.filter((value) => value !== undefined)
    if (known.length === 0) return []
    const [least, most] = [show(Math.min(...known)), show(Math.max(...known))]
    const range = least === most ? least : `${least} to ${most}`
    return [`  ${name.padEnd(12)}${sparkline(values, width - 40, pick)}  ${range}`]
  })
}

/** Nothing where all is zero. */
function some(values: number[]): number[] {
  return values.some((value) => value > 0) ? values : []
}

function failureLines(load: Load, paint: ChalkInstance, width: number): string[] {
  const found = failings(load)
  if (found.length === 0) return []
  const { good, failed } = totals(load)
  const lines = [
    `  ${paint.red.bold('Failures')}${failed > 0 ? paint.dim(`  ${percent(failed, good + failed)} of the requests`) : ''}`,
  ]
  for (const { phase, kind, count, example } of found) {
    lines.push(`    ${paint.bold(`${oneLine(phase, 40)}  ${kind}`)}  ${whole(count)}`)
    if (!example) continue
    const field = (name: string, text: string) =>
      wrap(oneLine(text, 240), width, '', `      ${name.padEnd(9)}`, ' '.repeat(15))
    const status =
      example.status === undefined || example.message.includes(String(example.status))
        ? ''
        : ` (HTTP ${example.status})`
    lines.push(...field('first', `at ${seconds(example.second)}: ${example.message}${status}`))
    if (example.request) lines.push(...field('sent', inShort(example.request)))
    if (example.response) lines.push(...field('received', inShort(example.response)))
  }
  return lines
}

/** An HTTP message without its header fields, which stand in the Run document. */
function inShort(message: string): string {
  const [, first, body] = /^([^\r\n]*)\r?\n.*?\r?\n\r?\n(.*)$/s.exec(message) ?? []
  return first === undefined ? message.replaceAll('\r\n', '\n') : `${first} … ${body}`
}
