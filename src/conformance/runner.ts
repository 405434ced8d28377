import { requirement } from '../protocol/catalogue.js'
import { levelOf } from '../protocol/requirement.js'
import type { Revision } from '../protocol/revisions.js'
import type { Outcome, Result } from '../report/run.js'
import type { StartedProcess } from '../wire/uptime.js'
import { causeOf } from './cause.js'
import type { LoadedCheck } from './check.js'
import { revisionsFor } from './choose.js'
import { Client, type RunContext } from './client.js'
import { doubted, unseen } from './doubt.js'
import { Evidence } from './evidence.js'
import { lost, whenGone } from './gone-away.js'
import { unselected } from './gone-results.js'
import { unmet } from './needs.js'
import { outcomeOf } from './outcome.js'
import { type Job, pool, quietAfter, type Turn, widthFor } from './pool.js'
import { headOf } from './result-head.js'
import { Undecided } from './violation.js'

/** What the runner tells while it works. `results` comes last and holds one result per job, in the order of the checks. */
export type RunEvent =
  | { type: 'result'; result: Result; done: number; total: number }
  | { type: 'results'; results: Result[] }

/** How a run proceeds. */
export interface RunOptions {
  /** How many checks run side by side. By default 16, fewer on a strained server, more on one that makes each wait but not all. */
  concurrency?: number
  /** `auto`: each check once, at the newest revision of the server it applies to; `all`: at each of them; else just that one. */
  revision?: 'auto' | 'all' | Revision
  /** Ends the run early; checks not yet done become `not-testable`, or `error` where the run's own time was up. */
  signal?: AbortSignal
  /** The most ms that the whole run may take, detection included. Default: 15 minutes. */
  maxMs?: number
  /** Where all that the checks make up comes from. By default one that nobody can guess. */
  seed?: string
  /** The process that was started for the run: how it ended is told when the server goes away. */
  started?: StartedProcess
  /** The most ms a check may take. Default 60,000, 100,000 for a slow one, and more on a server that takes long to answer. */
  checkMs?: number
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
  for (const [group, width] of phases(jobs, options.concurrency ?? widthFor(context))) {
    const work = ({ job, early }: Turn) => (early ? begin(job, context, stop) : runJob(job, context, options, stop))
    for await (const [{ job }, result] of pool(group, width, quietAfter(context), work)) {
      if (!result) continue
      results.set(job, result)
      yield { type: 'result', result, done: results.size, total: jobs.length }
    }
    await context.shared.closed()
  }
  const extra = await unselected(jobs, context)
  for (const result of extra) yield { type: 'result', result, done: results.size, total: jobs.length }
  yield { type: 'results', results: [...jobs.map((job) => results.get(job)!), ...extra] }
}

/** Most checks run side by side, then each that needs the server for itself, then those that look back on the whole run, then what was noticed. */
function phases(jobs: readonly Job[], width: number): [Turn[], number][] {
  const of = (alone: boolean, last: boolean): Turn[] => {
    const some = jobs.filter(({ check }) => (check.alone ?? false) === alone && (check.last ?? false) === last)
    return some.filter(({ check }) => !check.watches).map((job) => ({ job }))
  }
  const early = jobs
    .filter(({ check }) => (check.last || check.alone) && check.early)
    .map((job) => ({ job, early: true }))
  // Calls of named tools and chains of handshakes take longest: begun first, they do not make a tail. The newest revision has most checks.
  const isLong = ({ check }: Job) => check.callsTools || check.opensChain || check.needs?.includes('tool')
  const turn = ({ job, early }: Turn) => (early || isLong(job) ? 0 : 1)
  const age = ({ job }: Turn, other: Turn) => (other.job.revision ?? '').localeCompare(job.revision ?? '')
  return [
    [[...of(false, false), ...early].sort((a, b) => turn(a) - turn(b) || age(a, b)), width],
    [of(true, false), 1],
    [of(false, true), width],
    [of(true, true), 1],
    [jobs.filter(({ check }) => check.watches).map((job) => ({ job })), 1],
  ]
}

function jobsOf(check: LoadedCheck, context: RunContext, wanted: 'auto' | 'all' | Revision): Job[] {
  const spoken = revisionsFor(check, context.facts)
  if (check.watches) return [jobOf(check, spoken[0])]
  if (wanted === 'all')
    return spoken.length > 0 ? [...spoken].reverse().map((revision) => jobOf(check, revision)) : [jobOf(check)]
  if (wanted !== 'auto')
    return [
      jobOf(
        check,
        spoken.find((one) => one === wanted),
      ),
    ]
  const older = check.atEachRevision && !context.facts.strained ? spoken.slice(1) : []
  return [{ ...jobOf(check, spoken[0]), older }]
}

function jobOf(check: LoadedCheck, revision?: Revision): Job {
  return { check, ...(revision ? { revision } : {}), evidence: new Evidence() }
}

/** Rejects when the run is interrupted; one listener for all checks. */
function interruption(signal: AbortSignal | undefined): Promise<never> {
  const stop = new Promise<never>((_, reject) => {
    const during = () => reject(stopped(signal!, 'during'))
    signal?.addEventListener('abort', during, { once: true })
  })
  stop.catch(() => {})
  return stop
}

/** What a check ends with that an early end of the run left without a verdict. */
function stopped(signal: AbortSignal, when: 'before' | 'during'): Undecided {
  if (signal.reason?.name === 'TimeoutError')
    return new Undecided('error', `the time of the run was up ${when} this check; give it more with --max-time`)
  return new Undecided('not-testable', `the run was interrupted ${when} this check`)
}

/** Does the early part of a check that will run later, if it will. */
async function begin(
  { check, revision, evidence }: Job,
  context: RunContext,
  stop: Promise<never>,
): Promise<undefined> {
  if (!revision || unmet(check.needs ?? [], context.facts, context.given)) return
  const client = clientFor({ check, revision, evidence }, context)
  try {
    await Promise.race([check.early?.(client), stop])
  } catch {
    // It is in `once`, where the check will find it.
  } finally {
    client.close()
  }
}

function clientFor({ check, revision, evidence, brief }: Job & { revision: Revision }, context: RunContext): Client {
  return new Client(
    context,
    { ...context.peer, record: evidence.record, life: context.peer.wire.uptime.life },
    revision,
    `${check.id} at ${revision}`,
    evidence.show,
    brief,
  )
}

async function runJob(job: Job, context: RunContext, options: RunOptions, stop: Promise<never>): Promise<Result> {
  const started = performance.now()
  const { wire } = context.peer
  const { life } = wire.uptime
  context.shared.liveOn(life)
  const { revision, evidence, outcome: judged } = await judgeEach(job, context, options, stop)
  evidence.close()
  job.evidence.close()
  if (finds(judged)) await wire.uptime.settled()
  const { made } = job.evidence
  const accounts = evidence.release()
  const wasCut = judged.status !== 'pass' && accounts.some((one) => wire.uptime.cut.has(one))
  const outlived = job.check.watches || (wire.uptime.life === life && !wasCut)
  const isFinding = finds(judged)
  const exchanges = isFinding || judged.status === 'error' ? accounts.map((account) => account()) : []
  const reason = isFinding && !job.check.watches ? unseen(accounts, exchanges, wire) : undefined
  const seen = reason ? doubted(judged, job.check, reason) : judged
  const outcome = wire.redact.value(outlived ? seen : outcomeOf(lost('during'), 'MUST'))
  const stands = finds(outcome)
  if (stands && !job.check.watches) Object.assign(outcome, causeOf(exchanges, context.obstacle))
  return {
    ...headOf(job.check, revision),
    outcome,
    ...(job.check.hint ? { hint: job.check.hint } : {}),
    ms: performance.now() - started,
    requests: made,
    exchanges: stands || outcome.status === 'error' ? exchanges.slice(-6) : [],
  }
}

const finds = ({ status }: Outcome): boolean => status === 'fail' || status === 'warn'

/** A check at one revision, and what came of it. */
type Judged = Pick<Job, 'revision' | 'evidence'> & { outcome: Outcome }

/** The outcome at the newest revision, or the first finding at an older one where that has none; side by side, since a tool may be slow. */
async function judgeEach(job: Job, context: RunContext, options: RunOptions, stop: Promise<never>): Promise<Judged> {
  const each = async (one: Job): Promise<Judged> => ({ ...one, outcome: await judge(one, context, options, stop) })
  const older = (job.older ?? []).map((revision) =>
    each({ ...job, revision, brief: true, evidence: new Evidence(job.evidence) }),
  )
  const [newest, ...rest] = (await Promise.all([each(job), ...older])) as [Judged, ...Judged[]]
  return [newest, ...rest].find(({ outcome }) => finds(outcome)) ?? newest
}

async function judge(job: Job, context: RunContext, options: RunOptions, stop: Promise<never>): Promise<Outcome> {
  const { check, revision, evidence, brief } = job
  const { uptime } = context.peer.wire
  const told = check.watches && uptime.life > context.shared.firstLife
  if (options.signal?.aborted && !told) return outcomeOf(stopped(options.signal, 'before'), 'MUST')
  const missing = unmet(check.needs ?? [], context.facts, context.given)
  if (missing) return missing
  if (!revision)
    return {
      status: 'not-applicable',
      message: `the rule belongs to revisions the server does not speak, or that were not asked for`,
    }
  if (uptime.over && !check.watches) return outcomeOf(lost('before'), 'MUST')
  const client = clientFor({ check, revision, evidence, ...(brief ? { brief } : {}) }, context)
  let timer: NodeJS.Timeout | undefined
  try {
    const bound = options.checkMs ?? Math.max(check.slow ? 100_000 : 60_000, 6 * context.peer.wire.waiting.timeoutMs)
    const late = new Promise<never>((_, reject) => {
      const over = () => reject(new Error(`not done within ${bound} ms`))
      // Where a server limits the rate of requests, checks wait for their turn.
      timer = setTimeout(() => {
        if (context.peer.wire.pace.refused > 0) timer = setTimeout(over, 4 * bound)
        else over()
      }, bound)
    })
    const ends = check.watches ? [] : [whenGone(uptime)]
    await Promise.race([check.run(client), late, ...(told ? [] : [stop]), ...ends])
    client.leave()
    return { status: 'pass' }
  } catch (thrown) {
    if (thrown instanceof Undecided) client.leave()
    return outcomeOf(thrown, levelOf(requirement(check.requirement)))
  } finally {
    clearTimeout(timer)
    client.close()
  }
}
