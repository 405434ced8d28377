import { describe, expect, it } from 'vitest'
import { capacityOf, comparisonOf, eventful, measured } from '../../test/support/loads.js'
import { resultOf, runOf } from '../../test/support/runs.js'
import { formats, isFormat, type Render } from './formats.js'
import { isRun } from './is-run.js'

const run = runOf({
  results: [resultOf('a/x', { status: 'fail', message: 'x' }), resultOf('a/y', 'pass')],
  loads: [measured(), eventful({ capacity: capacityOf() })],
  comparisons: [comparisonOf()],
})
const [load] = run.loads

describe('isRun', () => {
  it('knows a Run, also read back from its JSON', () => {
    expect(isRun(run)).toBe(true)
    expect(isRun(JSON.parse(formats.json(run)))).toBe(true)
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'run'],
    ['a list', []],
    ['another schema', { ...run, schema: 2 }],
    ['no results', { ...run, results: undefined }],
    ['a result that is none', { ...run, results: [null] }],
    ['a result without an outcome', { ...run, results: [{ id: 'a/x', exchanges: [] }] }],
    ['a result without exchanges', { ...run, results: [{ ...run.results[0], exchanges: undefined }] }],
    ['a part without a target', { ...run, parts: [{}] }],
    ['no verdict', { ...run, verdict: undefined }],
    ['a verdict without counts', { ...run, verdict: { ...run.verdict, counts: undefined } }],
    ['no gate', { ...run, gate: undefined }],
    ['no loads', { ...run, loads: undefined }],
    ['a load that is none', { ...run, loads: [null] }],
    ['a load without phases', { ...run, loads: [{ ...load, phases: undefined }] }],
    ['a load whose phase is none', { ...run, loads: [{ ...load, phases: { ping: null } }] }],
    ['a comparison that is none', { ...run, comparisons: [{}] }],
    ['a comparison whose trial is none', { ...run, comparisons: [comparisonOf({ trials: [null] as any })] }],
    ['no start', { ...run, startedAt: undefined }],
  ])('%s is no Run', (_, value) => expect(isRun(value)).toBe(false))
})

it('every format renders a Run that was stored and read back, the same way each time', async () => {
  const stored = JSON.parse(formats.json(run))
  for (const render of Object.values<Render>(formats)) {
    const text = await render(stored, { columns: 80, color: false })
    expect(text).toBe(await render(run, { columns: 80, color: false }))
    expect(text.endsWith('\n')).toBe(true)
  }
})

it('isFormat knows the formats and nothing that objects inherit', () => {
  expect(['terminal', 'json', 'junit', 'toString', '__proto__', ''].map(isFormat)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
