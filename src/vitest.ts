import { afterAll, beforeAll, describe, type TestContext, test } from 'vitest'
import { type CheckOptions, check } from './api.js'
import { planBaseline } from './commands/baseline.js'
import { chooseChecks } from './commands/check.js'
import type { LoadedCheck } from './conformance/check.js'
import type { Run } from './report/run.js'
import { testOutcome } from './report/test-outcome.js'
import { deadline } from './wire/deadline.js'

/** Options of `conformance`: those of `check`, and how long the run may take. */
export interface ConformanceOptions extends CheckOptions {
  /** The longest time for all checks together in ms, 5 minutes by default; `timeout` is that for one answer. */
  runTimeout?: number | undefined
}

/**
 * Registers one vitest test per check, grouped by suite. The checks run once, before the first of these tests: a broken MUST fails its test with
 * expected and actual, what does not apply or could not be tested is skipped with the reason, what the baseline lists is `test.fails`. Warnings are
 * annotations, or with `strict` failures. A server that cannot be reached fails the group with one sentence. The address may be a function, called
 * after the `beforeAll` hooks above it.
 *
 * ```ts
 * import { conformance } from 'mcp-gauntlet/vitest'
 *
 * conformance('http://localhost:3000/mcp', { tools: { get_weather: { location: 'Oslo' } }, baseline: 'known.yaml' })
 * ```
 */
export function conformance(url: string | (() => string | Promise<string>), options: ConformanceOptions = {}): void {
  const { runTimeout = 300_000, ...rest } = options
  const called = new Error()
  Error.captureStackTrace(called, conformance)
  describe(rest.name ?? (typeof url === 'string' ? url : 'MCP conformance'), async () => {
    const { suites, only, slow } = rest
    const chosen = await chooseChecks({
      ...(suites ? { suite: suites.join(',') } : {}),
      ...(only ? { only } : {}),
      ...(slow ? { slow } : {}),
    })
    const excused = await excusedIds(rest.baseline)
    const stop = new AbortController()
    let run: Run | undefined
    beforeAll(async () => {
      const { signal, release } = deadline(runTimeout, stop.signal, rest.signal)
      run = await check(typeof url === 'string' ? url : await url(), { ...rest, signal }).finally(release)
      if (run.verdict.name === 'unreachable' || run.verdict.name === 'interrupted')
        throw failure(run.verdict.sentence, called)
    }, runTimeout + 30_000)
    afterAll(() => stop.abort())
    for (const suite of new Set(chosen.map((one) => one.suite)))
      describe(suite, () => {
        for (const one of chosen.filter((other) => other.suite === suite)) {
          const register = excused.has(one.id) ? test.fails : test
          register(nameOf(one), async (context) => tell(context, run!, one.id, called))
        }
      })
  })
}

function nameOf({ id, suite, title }: LoadedCheck): string {
  return `${id.slice(suite.length + 1)}: ${title}`
}

/** The checks that the baseline excuses today: these are registered as failing. */
async function excusedIds(file: string | undefined): Promise<Set<string>> {
  const plan = await planBaseline(file === undefined ? {} : { baseline: file }, { cwd: process.cwd() })
  const today = new Date().toISOString().slice(0, 10)
  const alive = (plan?.entries ?? []).filter(({ expires }) => expires === undefined || today <= expires)
  return new Set(alive.map((entry) => entry.check))
}

/** Ends the test of one check as its outcome says. Only what is known fails as foreseen: what is new beside it, or stale, is a failure. */
async function tell(context: TestContext, run: Run, id: string, called: Error): Promise<void> {
  const { state, message, warnings, ...compared } = testOutcome(run, id)
  for (const warning of warnings) await context.annotate(warning, 'warning')
  if (state === 'skip') context.skip(message)
  // Read-only in vitest's types alone: whether a failure is the known one is not known before the run.
  const task = context.task as { fails?: boolean }
  task.fails = state === 'known'
  if (state === 'pass') return
  throw failure(message, called, compared)
}

/** An error that points at the call of `conformance`: nothing is wrong in what lies between. */
function failure(message: string, called: Error, compared: { expected?: unknown; actual?: unknown } = {}): Error {
  const error = Object.assign(new Error(message), { name: 'AssertionError', ...compared })
  error.stack = `AssertionError: ${message}\n${called.stack?.split('\n').slice(1).join('\n')}`
  return error
}
