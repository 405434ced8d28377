import { oneLine } from './clean.js'
import { msUnit, percent, perSecond, plural, seconds, whole } from './figures.js'
import type { CapacityStats, Load, StreamStats, ThresholdOutcome } from './load.js'
import { refusalWords } from './load-surroundings.js'
import { carrying, dueIn, type Failing, failings, silentAtEnd, totals } from './load-totals.js'
import { actualText, excess } from './threshold-text.js'

/** What one load means for the gate; `nothing` means that there is nothing to judge by. */
export type LoadGrade = 'held' | 'broken' | 'nothing' | 'unreachable'

/** The judgement of one load: a grade and a sentence that names the worst. */
export interface LoadFinding {
  grade: LoadGrade
  sentence: string
}

/**
 * Judges one load from its document alone. Without a good answer it never holds; a server that went silent before the end breaks the gate,
 * whatever the thresholds say; a threshold that nothing was measured for is not held.
 */
export function judgeLoad(load: Load): LoadFinding {
  const { good, failed } = totals(load)
  if (good === 0) return withoutAnswer(load, failed)
  const broken = load.thresholds.filter((one) => !one.held && one.actual !== null)
  const silent = load.capacity ? 0 : silentAtEnd(load)
  if (load.obstacle || silent > 0)
    return { grade: 'broken', sentence: oneLine(load.obstacle ?? silence(load, silent), 400) }
  if (broken.length > 0) return { grade: 'broken', sentence: `${breach(load, broken)}${limit(load)}` }
  const open = load.thresholds.find((one) => !one.held)
  const streams = load.streams
  if (streams && streams.held === 0 && streams.refused > 0)
    return { grade: 'nothing', sentence: `No event stream could be held: ${refusalWords(streams)}.` }
  if (open)
    return { grade: 'nothing', sentence: `${oneLine(open.text)} cannot be judged: nothing was measured for it.` }
  if (load.capacity)
    return { grade: capacityGrade(load.capacity), sentence: `${capacitySentence(load.capacity)}${limit(load)}` }
  return { grade: 'held', sentence: `${summary(load, good, failed)}${limit(load)}` }
}

function capacityGrade({ held, broke }: CapacityStats): LoadGrade {
  if (held !== undefined) return 'held'
  return broke === undefined ? 'nothing' : 'broken'
}

/** What a capacity search found, in one sentence. */
function capacitySentence({ held, broke, objective }: CapacityStats): string {
  const wanted = oneLine(objective.join(' and '), 200)
  if (held === undefined && broke === undefined) return `No step of the capacity search came to its end (${wanted}).`
  if (held === undefined) return `Not even ${perSecond(broke!)} requests per second kept ${wanted}.`
  if (broke === undefined)
    return `It carries at least ${perSecond(held)} requests per second, the most that was tried, with ${wanted}.`
  return `It carries ${perSecond(held)} requests per second with ${wanted}; ${perSecond(broke)} broke it.`
}

function withoutAnswer(load: Load, failed: number): LoadFinding {
  const found = failings(load)
  const away = found.length > 0 && found.every(({ kind }) => kind === 'transport')
  const grade = away ? 'unreachable' : 'nothing'
  if (load.obstacle) return { grade, sentence: oneLine(load.obstacle, 400) }
  const first = found[0]
  const reason = first ? ` ${firstWords(first)}` : ''
  if (failed > 0) return { grade, sentence: `No request got a good answer: all ${whole(failed)} failed.${reason}` }
  const waiting =
    load.inFlightAtEnd > 0 ? ` ${plural(load.inFlightAtEnd, 'request')} had no answer when time was up.` : ''
  return { grade, sentence: `Nothing was measured: no request was answered.${reason}${waiting}` }
}

function firstWords({ phase, kind, example }: Failing): string {
  return `The first (${phase}, ${kind})${example ? `: ${sentence(oneLine(example.message, 160))}` : ' gave no reason.'}`
}

function silence(load: Load, silent: number): string {
  const after = seconds(Math.max(load.series.length - silent, 1))
  return `The server answered no more after ${after}: the last ${seconds(silent)} brought no good answer.`
}

function breach(load: Load, broken: readonly ThresholdOutcome[]): string {
  const worst = [...broken].sort((one, other) => excess(other) - excess(one))[0]!
  const many =
    broken.length > 1 ? `${broken.length} of ${load.thresholds.length} thresholds are broken; the worst: ` : ''
  const about = /\berrors\b/.test(worst.text) ? commonest(load) : ''
  return `${many}${oneLine(worst.text)} is broken: it was ${actualText(worst)}${about}.`
}

function commonest(load: Load): string {
  const names = carrying(load).map(([name]) => name)
  const kinds = failings(load).filter(({ phase }) => names.includes(phase))
  const first = kinds.sort((one, other) => other.count - one.count)[0]
  if (!first) return ''
  const words = first.example ? ` ("${oneLine(first.example.message, 120)}")` : ''
  return kinds.length > 1 ? `, mostly ${first.kind}${words}` : `, all of it ${first.kind}${words}`
}

function summary(load: Load, good: number, failed: number): string {
  const thresholds = load.thresholds.length
  const held =
    thresholds === 0
      ? ''
      : thresholds === 1
        ? `${oneLine(load.thresholds[0]!.text)} held: `
        : `${thresholds === 2 ? 'Both' : `All ${thresholds}`} thresholds held: `
  const worst = carrying(load).map(([, { latency }]) => latency?.p99 ?? 0)
  const share = failed > 0 ? `${whole(failed)} failed (${percent(failed, good + failed)})` : 'none failed'
  const unsent =
    load.dropped > 0 ? ` But ${percent(load.dropped, dueIn(load))} of the requests that were due never went out.` : ''
  const streams = load.streams && load.streams.refused + load.streams.dropped > 0 ? ` ${streamWords(load.streams)}` : ''
  return `${held}${plural(good, 'good answer')} in ${seconds(load.seconds)}, ${share}, p99 ${msUnit(Math.max(...worst))}.${unsent}${streams}`
}

function streamWords(streams: StreamStats): string {
  const { asked, held, refused, dropped } = streams
  const lost = dropped > 0 ? `, ${whole(dropped)} were dropped by the server` : ''
  return `${whole(held)} of ${whole(asked)} event streams were held${lost}${refused > 0 ? `; the next was refused: ${refusalWords(streams)}` : ''}.`
}

function limit(load: Load): string {
  return load.generator.limited ? ' Mind what is said of the generator below.' : ''
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
