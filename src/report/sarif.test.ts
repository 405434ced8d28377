import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Ajv } from 'ajv'
import { default as Draft4 } from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import { resultOf, runOf } from '../../test/support/runs.js'
import { wholeRun } from '../../test/support/whole-run.js'
import { renderSarif } from './sarif.js'

const schema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const ajv = new (Draft4 as unknown as typeof Ajv)({ strict: false, allErrors: true, unicodeRegExp: false })
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)
const valid = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))

function read(run: Parameters<typeof renderSarif>[0]) {
  const log = JSON.parse(renderSarif(run))
  expect(valid(log) ? [] : valid.errors).toEqual([])
  return log.runs[0]
}

it('keeps the official schema, with findings and without', () => {
  read(wholeRun())
  read(runOf({}))
  read(runOf({ target: { obstacle: { kind: 'unreachable', message: 'gone' } }, interrupted: true }))
})

it('failures are errors, warnings warnings, known failures suppressed with their reason; what passed is no result', () => {
  const { results } = read(wholeRun())
  const of = (id: string) => results.filter((result: any) => result.ruleId === id)
  expect(of('initialize/is-answered').map((result: any) => result.level)).toEqual(['error', 'error'])
  expect(of('tools-call/slow')[0].level).toBe('warning')
  expect(of('jsonrpc/id')[0].suppressions[0]).toEqual({
    kind: 'external',
    status: 'accepted',
    justification: 'to be mended (until 2027-01-01)',
  })
  expect(of('ping/pass')).toEqual([])
  expect(of('load/threshold')[0].message.text).toContain('tools/call:p(95)<3ms is broken')
  expect(of('baseline/stale')).toHaveLength(1)
})

it('every result has its rule, a place and a fingerprint that does not change with the port', () => {
  const at = (port: number) =>
    read(
      runOf({
        target: { url: `http://127.0.0.1:${port}/mcp` },
        results: [resultOf('auth/x', 'fail'), resultOf('auth/y', 'fail')],
      }),
    )
  const { results, tool } = at(3000)
  for (const result of results) expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
  const prints = (run: any) => run.results.map((result: any) => result.partialFingerprints['gauntletCheck/v1'])
  expect(prints(at(4000))).toEqual(prints(at(3000)))
  expect(new Set(prints(at(3000))).size).toBe(2)
  expect(results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'mcp-server/127.0.0.1-3000-mcp' },
    region: { startLine: 1 },
  })
})

it('only rules that guard something have a severity of security; at most ten tags each', () => {
  const { tool } = read(wholeRun())
  const severe = tool.driver.rules.filter((rule: any) => rule.properties['security-severity'])
  expect(severe.map((rule: any) => rule.id)).toEqual(['auth/no-token'])
  for (const rule of tool.driver.rules) expect(rule.properties.tags.length).toBeLessThanOrEqual(10)
})

it('what could not be tested is told, not hidden', () => {
  const notes = read(wholeRun()).invocations[0].toolExecutionNotifications
  expect(notes.map((note: any) => note.message.text)).toContain('Not testable (ping/not-testable): why not-testable')
})
