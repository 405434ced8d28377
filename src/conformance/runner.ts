import { requirement } from '../protocol/catalogue.js'
import { levelOf, linkOf } from '../protocol/requirement.js'
import type { Revision } from '../protocol/revisions.js'
import type { Outcome, Result } from '../report/run.js'
import type { Exchange } from '../wire/exchange.js'
import { causeOf } from './cause.js'
import type { LoadedCheck } from './check.js'
import { revisionsFor } from './choose.js'
import { Client, type RunContext } from './client.js'
import { unmet } from './needs.js'
import { outcomeOf } from './outcome.js'
import { Undecided } from './violation.js'

/** What the runner tells while it works. `results` comes last and holds one result per job, in the order of the checks. */
export type RunEvent =
  | { type: 'result'; result: Result; done: number; total: number }
  | { type: 'results'; results: Result[] }

/** How a run proceeds. */
export interface RunOptions {
  /** How many checks run side by side. Default 16; `assess` asks less of a strained server. */
  concurrency?: number
  /** `auto`: each check once, at the newest revision of the server it applies to; `all`: at each of them; else just that one. */
  revision?: 'auto' | 'all' | Revision
  /** Ends the run early; checks not yet done become `not-testable`. */
  signal?: AbortSignal
  /** The most ms a check may take. Default 60,000. */
  checkMs?: number
}

interface Job {
  check: LoadedCheck
  revision?: Revision
}

/** Runs checks against a server: each gets its own client, one result comes out per job whatever happens, in the order given. */
export async function* runChecks(
  checks: LoadedCheck[],
  context: RunContext,
  options: RunOptions = {},
): AsyncGenerator<RunEvent> {
  const jobs = checks.flatMap((check) => jobsOf(check, context, options.revision ?? 'auto'))
  const results = new Map<Job, Result>()
  const stop = interruption(options.signal)
  for (const [group, width] of phases(jobs, options.concurrency ?? 16)) {
    for await (const [job, result] of pool(group, width, (job) => runJob(job, context, options, stop))) {
      results.set(job, result)
      yield { type: 'result', result, done: results.size, total: jobs.length }
    }
  }
  yield { type: 'results', results: jobs.map((job) => results.get(job)!) }
}

/** Most checks run side by side, then each that needs the server for itself, then those that look back on the whole run. */
function phases(jobs: readonly Job[], width: number): [Job[], number][] {
  const of = (alone: boolean, last: boolean) =>
    jobs.filter(({ check }) => (check.alone ?? false) === alone && (check.last ?? false) === last)
  // Calls of named tools take longest: begun first, they do not make a tail.
  const callsTools = ({ check }: Job) => (check.needs?.includes('tool') ? 0 : 1)
  return [
    [of(false, false).sort((a, b) => callsTools(a) - callsTools(b)), width],
    [of(true, false), 1],
    [of(false, true), width],
    [of(true, true), 1],
  ]
}

function jobsOf(check: LoadedCheck, context: RunContext, wanted: 'auto' | 'all' | Revision): Job[] {
  const spoken = revisionsFor(check, context.facts)
  if (wanted === 'all')
    return spoken.length > 0 ? [...spoken].reverse().map((revision) => ({ check, revision })) : [{ check }]
  const revision = wanted === 'auto' ? spoken[0] : spoken.find((one) => one === wanted)
  return [revision ? { check, revision } : { check }]
}

async function* pool<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): AsyncGenerator<[T, R]> {
  const running = new Map<T, Promise<[T, R]>>()
  const queue = [...items]
  while (queue.length > 0 || running.size > 0) {
    while (queue.length > 0 && running.size < width) {
      const item = queue.shift()!
      running.set(
        item,
        work(item).then((result) => [item, result]),
      )
    }
    const [item, result] = await Promise.race(running.values())
    running.delete(item)
    yield [item, result]
  }
}

/** Rejects when the run is interrupted; one listener for all checks. */
function interruption(signal: AbortSignal | undefined): Promise<never> {
  const stop = new Promise<never>((_, reject) => {
    const during = () => reject(new Undecided('not-testable', 'the run was interrupted during this check'))
    signal?.addEventListener('abort', during, { once: true })
  })
  stop.catch(() => {})
  return stop
}

async function runJob(job: Job, context: RunContext, options: RunOptions, stop: Promise<never>): Promise<Result> {
  const started = performance.now()
  const exchanges: Exchange[] = []
  const outcome = context.peer.wire.redact.value(await judge(job, context, options, exchanges, stop))
  const cause = outcome.status === 'fail' || outcome.status === 'warn' ? causeOf(exchanges) : undefined
  if (cause) outcome.cause = cause
  const row = requirement(job.check.requirement)
  const kept = outcome.status === 'pass' || outcome.status.startsWith('not-') ? [] : exchanges.slice(-6)
  return {
    id: job.check.id,
    title: job.check.title,
    requirement: row.id,
    keyword: row.level,
    level: levelOf(row),
    rule: row.text,
    link: linkOf(row, job.revision),
    ...(job.revision ? { revision: job.revision } : {}),
    outcome,
    ...(job.check.hint ? { hint: job.check.hint } : {}),
    ms: performance.now() - started,
    requests: exchanges.length,
    exchanges: kept,
  }
}

async function judge(
  job: Job,
  context: RunContext,
  options: RunOptions,
  exchanges: Exchange[],
  stop: Promise<never>,
): Promise<Outcome> {
  const { check, revision } = job
  if (options.signal?.aborted) return { status: 'not-testable', message: 'the run was interrupted before this check' }
  const missing = unmet(check.needs ?? [], context.facts, context.given)
  if (missing) return missing
  if (!revision)
    return {
      status: 'not-applicable',
      message: `the rule belongs to revisions the server does not speak, or that were not asked for`,
    }
  let recording = true
  const record = (exchange: Exchange) => void (recording && exchanges.push(exchange))
  const client = new Client(context, { ...context.peer, record }, revision)
  let timer: NodeJS.Timeout | undefined
  try {
    const bound = options.checkMs ?? 60_000
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not done within ${bound} ms`)), bound)
    })
    await Promise.race([check.run(client), late, stop])
    return { status: 'pass' }
  } catch (thrown) {
    return outcomeOf(thrown, levelOf(requirement(check.requirement)))
  } finally {
    clearTimeout(timer)
    recording = false
    await client.close().catch(() => undefined)
  }
}
