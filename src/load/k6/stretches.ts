import type { Histogram } from 'hdr-histogram-js'
import { type FailureKind, failureKinds } from '../../report/load.js'
import { addHistogram, newHistogram } from '../histogram.js'
import { addErrors, emptyStretch, type StretchTally } from '../tally.js'
import { type Buckets, coarse, middleOf } from './buckets.js'
import type { RunnerFigures } from './figures.js'
import { names, rowCounter, rowTag } from './names.js'
import type { Row } from './rows.js'

/** Counts by tag. */
export type Tags = Record<string, number>

/** What was counted in a row: good answers by bucket, failures by kind. */
interface RowCounts {
  buckets: Tags
  errors: Partial<Record<FailureKind, number>>
}

/** The counts of a row. */
export function rowCounts(counts: RunnerFigures['counts'], row: number): RowCounts {
  const prefix = rowTag(row, 0).replace(/\d+$/, '')
  return { buckets: below(counts[rowCounter(row)], prefix), errors: errorsOf(counts[names.failedRows], row) }
}

/** The failures that are counted under a number, by kind. */
export function errorsOf(tags: Tags | undefined, number: number): Partial<Record<FailureKind, number>> {
  const own = below(tags, `${number}.`)
  return Object.fromEntries(failureKinds.flatMap((kind) => (own[kind] ? [[kind, own[kind]]] : [])))
}

/** The counts whose tags begin so, by what follows. */
function below(tags: Tags = {}, prefix: string): Tags {
  const own = Object.entries(tags).filter(([tag]) => tag.startsWith(prefix))
  return Object.fromEntries(own.map(([tag, count]) => [tag.slice(prefix.length), count]))
}

/** Times by bucket as a histogram: each is the middle of its bucket. */
export function histogramOf(tags: Tags = {}, buckets: Buckets): Histogram {
  const histogram = newHistogram()
  for (const [bucket, count] of Object.entries(tags))
    if (/^\d{1,4}$/.test(bucket)) histogram.recordValueWithCount(Math.round(middleOf(buckets, Number(bucket))), count)
  return histogram
}

/** Rows added up. */
export function stretchOf(rows: readonly RowCounts[]): StretchTally {
  const sum = emptyStretch()
  for (const { buckets, errors } of rows) {
    const latency = histogramOf(buckets, coarse)
    sum.count += latency.totalCount
    sum.failed += totalOf(errors)
    addErrors(sum.errors, errors)
    addHistogram(sum.latency, latency)
  }
  return sum
}

/** All counts together. */
export function totalOf(tags: Partial<Tags>): number {
  return Object.values(tags).reduce<number>((sum, count = 0) => sum + count, 0)
}

/** What ended in each second: the rows of the same second added up; a row of several is dealt out to them evenly. */
export function secondsOfRows(rows: readonly Row[], counts: readonly RowCounts[]): StretchTally[] {
  const seconds: RowCounts[][] = []
  rows.forEach(({ from, to }, index) => {
    const first = Math.floor(from + 1e-9)
    const width = Math.max(1, Math.round(to - first))
    const { buckets, errors } = counts[index]!
    for (let at = 0; at < width; at++) {
      const share = { buckets: dealt(buckets, at, width), errors: dealt(errors, at, width) }
      seconds[first + at] = [...(seconds[first + at] ?? []), share]
    }
  })
  return seconds.map(stretchOf)
}

/** The share at a place when counts are dealt to `of` places one by one, each count where the one before it ended. */
function dealt<Counts extends Partial<Tags>>(tags: Counts, place: number, of: number): Counts {
  if (of === 1) return tags
  let before = 0
  return Object.fromEntries(
    Object.entries(tags).map(([tag, count = 0]) => {
      const upTo = (end: number) => Math.floor((end + of - 1 - place) / of)
      const share = upTo(before + count) - upTo(before)
      before += count
      return [tag, share]
    }),
  ) as Counts
}
