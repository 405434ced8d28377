import { knownWords } from './baseline.js'
import { oneLine, visible } from './clean.js'
import { curlOf } from './curl.js'
import type { Result, Run } from './run.js'

/**
 * What a test that stands for one check comes to, over all revisions and eras it was judged at. `known`: it fails as the baseline says.
 * `message` is why it fails or was skipped; `expected` and `actual` are JSON values, absent where a difference says nothing.
 */
export interface TestOutcome {
  state: 'pass' | 'fail' | 'known' | 'skip'
  message: string
  expected?: unknown
  actual?: unknown
  /** Warnings that do not fail the gate. */
  warnings: string[]
}

/** The outcome of one check as a test runner tells of it: a pure function of the Run. */
export function testOutcome(run: Run, id: string): TestOutcome {
  const results = run.results.filter((result) => result.id === id)
  const of = (...statuses: string[]) => results.filter(({ outcome }) => statuses.includes(outcome.status))
  const failing = of('fail', 'error', ...(run.gate.strict ? ['warn'] : []))
  const untested = of('not-testable')
  const warnings = run.gate.strict ? [] : of('warn').map(findingText)
  const broken = [...failing, ...(run.gate.requireComplete ? untested : [])]
  if (broken.length > 0) return { ...found('fail', broken), warnings }
  const stale = run.baseline?.entries.some((entry) => entry.check === id && entry.state === 'stale')
  if (stale)
    return { state: 'fail', message: `${id} passes now: take its entry out of ${run.baseline!.file}`, warnings }
  const known = of('known')
  if (known.length > 0) return { ...found('known', known), warnings }
  if (of('pass', 'warn').length > 0) return { state: 'pass', message: '', warnings }
  const [reason] = [...untested, ...results]
  return { state: 'skip', message: reason ? skipped(reason) : 'the run ended before it', warnings }
}

function found(state: 'fail' | 'known', [first, ...others]: readonly Result[]): Omit<TestOutcome, 'warnings'> {
  const { expected, actual } = first!.outcome
  const also = others.map((one) => `also at ${one.revision ?? 'no revision'}: ${headline(one)}`)
  const compared = expected === undefined && actual === undefined ? {} : { expected, actual }
  return { state, message: [findingText(first!), ...also].join('\n'), ...compared }
}

function skipped({ outcome: { status, message = 'no reason given' } }: Result): string {
  return `${status === 'not-testable' ? 'not testable' : 'not applicable'}: ${oneLine(message, 300)}`
}

function headline({ id, outcome }: Result): string {
  return `${id}: ${visible(outcome.message ?? outcome.status)}`
}

/** A finding in lines: what was found, the rule, its source, and how to mend and repeat it. */
function findingText(result: Result): string {
  const { outcome, keyword, revision, known } = result
  const { remedy } = outcome
  const exchange = result.exchanges.at(-1)
  const fields: [string, string | undefined][] = [
    ['rule', `${result.rule} (${[keyword, revision].filter(Boolean).join(', ')})`],
    ['known', known && knownWords(known)],
    ['hint', result.hint],
    ['cause', remedy && visible(`${remedy.cause} (${remedy.layer}). ${remedy.fix} ${remedy.link}`)],
    ['repeat', exchange && visible(curlOf(exchange)).replaceAll('\n', ' ')],
    ['source', result.link],
  ]
  const lines = fields.flatMap(([name, text]) => (text ? [`  ${name.padEnd(7)} ${text}`] : []))
  return [headline(result), ...lines].join('\n')
}
