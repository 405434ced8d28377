import { failureKinds } from '../../report/load.js'
import { bucketOf, coarse, fine } from './buckets.js'

/** What both sides call things: the script, whose counters k6 adds up, and the report, which reads them. Runs in Node and in k6. */
export const names = {
  sent: 'mcp_sent',
  asked: 'mcp_sessions_asked',
  opened: 'mcp_sessions_opened',
  lost: 'mcp_sessions_lost',
  closed: 'mcp_sessions_closed',
  reconnects: 'mcp_reconnects',
  firstByte: 'mcp_first_byte',
  failures: 'mcp_failures',
  failedRows: 'mcp_failed_rows',
  /** In which form users were answered, once for each. */
  answers: 'mcp_answers',
  /** When the clock started, in ms since the epoch; a gauge. */
  clock: 'mcp_clock',
} as const

/** The phases around the measured one, in the order of their numbers; the measured one comes last. */
export const around = ['initialize', 'notifications/initialized', 'DELETE'] as const

/** The counter of a phase's response times, tagged by bucket. The measured phase has one per stage. */
export function phaseCounter(phase: string): string {
  return `mcp_${phase.replaceAll(/\W/g, '_').toLowerCase()}`
}

/** The same of the measured phase. */
export function stageCounter(stage: number): string {
  return `mcp_stage_${stage}`
}

/** How many rows share a counter: k6 looks through all tags of a counter for each answer, and each user holds every counter. */
export const rowsPerCounter = 4

/** The counter and the tag of a row's answers in a bucket. */
export function rowCounter(row: number): string {
  return `mcp_rows_${Math.floor(row / rowsPerCounter)}`
}

/** The tag of a bucket within a counter of several rows. */
export function rowTag(row: number, bucket: number): string {
  return `${row % rowsPerCounter}.${bucket}`
}

/** Every counter with the tags that it is read by. Buckets reach as far as an answer is waited for. */
export function taggedCounters(stages: number, rows: number, timeoutMs: number): [name: string, tags: string[]][] {
  const to = (last: number) => Array.from({ length: last + 1 }, (_, bucket) => String(bucket))
  const buckets = to(bucketOf(fine, timeoutMs * 1000))
  const kinds = (numbers: number) =>
    to(numbers - 1).flatMap((number) => failureKinds.map((kind) => `${number}.${kind}`))
  const perRow = to(bucketOf(coarse, timeoutMs * 1000))
  const rowCounters = to(Math.ceil(rows / rowsPerCounter) - 1).map((_, at) => at * rowsPerCounter)
  return [
    ...[...around.map(phaseCounter), names.firstByte].map((name): [string, string[]] => [name, buckets]),
    ...to(stages - 1).map((_, stage): [string, string[]] => [stageCounter(stage), buckets]),
    ...rowCounters.map((first): [string, string[]] => [
      rowCounter(first),
      to(rowsPerCounter - 1).flatMap((_, at) => perRow.map((bucket) => `${at}.${bucket}`)),
    ]),
    [names.answers, ['json', 'sse']],
    [names.failures, kinds(around.length + 1)],
    [names.failedRows, kinds(rows)],
  ]
}
