import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { checkOf } from '../../test/support/conformance.js'
import { capacityOf, comparisonOf, eventful, measured, trialOf } from '../../test/support/loads.js'
import { resultOf, runOf } from '../../test/support/runs.js'
import { deadUrl } from '../../test/support/servers.js'
import { judge } from '../commands/check.js'
import type { Terminal } from '../commands/terminal.js'
import { expect as rule } from '../conformance/expect.js'
import { loadChecks } from '../conformance/registry.js'
import { resolveTarget } from '../target/resolve.js'
import type { Run } from './run.js'

const schema = JSON.parse(readFileSync(new URL('run.schema.json', import.meta.url), 'utf8'))

/** The schema as it stands, and a copy in which an undescribed member is an error: so that it cannot lag behind run.ts. */
const published = compile(schema)
const exact = compile(closed({ ...schema, $id: `${schema.$id}:exact` }))

function compile(document: object) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false })
  formatsPlugin.default(ajv)
  return ajv.compile(document)
}

function closed(node: any): any {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
  return 'properties' in node && node.type === 'object' ? { ...copy, additionalProperties: false } : copy
}

function problems(run: unknown): unknown[] {
  const stored = JSON.parse(JSON.stringify(run))
  return [published, exact]
    .flatMap((validate) => (validate(stored) ? [] : (validate.errors ?? [])))
    .map(({ instancePath, message, params }) => [instancePath, message, params])
}

const terminal: Terminal = {
  out: () => {},
  err: () => {},
  columns: 80,
  color: false,
  live: false,
  env: {},
  cwd: '/',
  signal: new AbortController().signal,
}

describe('a real Run fits the schema', () => {
  const failing = checkOf('a/fails', {
    hint: 'mend it',
    run: async (client) => {
      const reply = await client.request('ping')
      rule(false, 'broken', { any: ['value'] }, reply.response)
    },
  })

  it.each(['reference:stateful?auth=oauth', 'reference:stateless?response=json', 'reference:sse', 'reference:dual'])(
    '%s',
    async (text) => {
      const suite = (await loadChecks()).filter((check) => check.suite === 'initialize').slice(0, 4)
      const target = await resolveTarget(text)
      const run = await judge([target], [...suite, failing], {}, {}, { terminal, quiet: true, gate: { strict: true } })
      expect(problems(run)).toEqual([])
      expect(run.results.at(-1)!.exchanges.length).toBeGreaterThan(0)
    },
  )

  it('of a server that cannot be reached', async () => {
    const run = await judge([await resolveTarget(await deadUrl())], [failing], {}, {}, { terminal, quiet: true })
    expect(problems(run)).toEqual([])
    expect(run.verdict.exitCode).toBe(4)
  })

  it('interrupted, with every status', () => {
    const statuses = ['pass', 'fail', 'warn', 'not-applicable', 'not-testable', 'error', 'known'] as const
    expect(
      problems(runOf({ results: statuses.map((status) => resultOf(`a/${status}`, status)), interrupted: true })),
    ).toEqual([])
  })
})

describe('a Run held to a baseline fits the schema', () => {
  const entry = {
    check: 'a/b',
    target: 'reference:stateful',
    revision: '2025-11-25',
    reason: 'r',
    expires: '2027-01-31',
  } as const
  const known = { reason: 'r', expires: '2027-01-31', was: 'fail', expired: true } as const
  it.each(['known', 'stale', 'expired', 'not-judged'] as const)('%s', (state) =>
    expect(
      problems(
        runOf({
          results: [resultOf('a/b', 'fail', { known })],
          baseline: {
            file: 'known.yaml',
            entries: [
              { ...entry, state },
              { check: 'a/c', reason: 'r', state },
            ],
          },
        }),
      ),
    ).toEqual([]),
  )
})

it('a Run held to a stored one fits the schema', () => {
  const figure = {
    phase: 'ping',
    figure: 'rate',
    before: 2,
    after: null,
    ratio: 2,
    low: 1,
    high: 3,
    change: 'worse',
  } as const
  const load = { name: 'here', loads: [1, 2] as [number, number], figures: [figure], caveat: 'c' }
  const previous = { file: 'main.json', startedAt: '2026-01-01T00:00:00.000Z', loads: [load] }
  expect(problems(runOf({ loads: [measured()], previous }))).toEqual([])
})

describe('a Run of loads fits the schema', () => {
  const limited = trialOf({ leaves: true, loop: 'open', rate: 800, limited: 'it was slow', obstacle: 'no answer' })
  it.each<[string, Parameters<typeof runOf>[0]]>([
    ['a plain load', { loads: [measured()] }],
    [
      'one that has everything to tell',
      { loads: [eventful({ capacity: capacityOf(), interrupted: true, obstacle: 'gone' })] },
    ],
    [
      'comparisons',
      { comparisons: [comparisonOf({ trials: [trialOf(), limited], interrupted: true, obstacle: 'x' })] },
    ],
  ])('%s', (_, shape) => expect(problems(runOf(shape))).toEqual([]))
})

describe('what is no Run does not fit', () => {
  const run = runOf({ results: [resultOf('a/x', 'pass')] })
  const [result] = run.results
  const phase = measured().phases['tools/call']!
  it.each<[string, object]>([
    ['another schema', { ...run, schema: 2 }],
    ['a status nobody knows', { ...run, results: [{ ...result, outcome: { status: 'maybe' } }] }],
    ['an id without a suite', { ...run, results: [{ ...result, id: 'x' }] }],
    ['a missing verdict', { ...run, verdict: undefined }],
    ['a negative time', { ...run, ms: -1 }],
    ['a load without phases', { ...run, loads: [{ ...measured(), phases: undefined }] }],
    [
      'a failure nobody knows',
      { ...run, loads: [measured({ phases: { ping: { ...phase, errors: { odd: 1 } as object } } })] },
    ],
    [
      'a comparison of other metrics',
      { ...run, comparisons: [comparisonOf({ trials: [trialOf({ values: [{}] as any })] })] },
    ],
    [
      'headers of another form',
      {
        ...run,
        results: [{ ...result, exchanges: [{ request: { method: 'GET', url: 'u', headers: [['a']] }, ms: 1 }] }],
      },
    ],
  ])('%s', (_, value) => expect(published(JSON.parse(JSON.stringify(value)))).toBe(false))

  it('but members that are added later do', () => {
    const later: Run & { added: number } = { ...run, added: 1 }
    expect(published(JSON.parse(JSON.stringify(later)))).toBe(true)
    expect(exact(JSON.parse(JSON.stringify(later)))).toBe(false)
  })
})
