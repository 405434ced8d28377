import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkOf } from '../../test/support/conformance.js'
import { loadChecks, type Selection, select } from './registry.js'

describe('select', () => {
  const checks = [checkOf('a/one'), checkOf('a/one-more'), checkOf('b/two'), checkOf('b/slow', { slow: true })]
  const rows: [what: string, selection: Selection, chosen: string[], unmatched?: string[]][] = [
    ['everything that is not slow', {}, ['a/one', 'a/one-more', 'b/two']],
    ['a suite', { suites: ['a'] }, ['a/one', 'a/one-more']],
    ['several suites', { suites: ['b', 'a'] }, ['a/one', 'a/one-more', 'b/two']],
    ['an id is a prefix as well', { only: ['a/one'] }, ['a/one', 'a/one-more']],
    ['a prefix', { only: ['b/'] }, ['b/two']],
    ['suites and prefixes together', { suites: ['a'], only: ['a/one-'] }, ['a/one-more']],
    ['slow ones when asked for', { slow: true, suites: ['b'] }, ['b/two', 'b/slow']],
    ['a slow one named in full needs no flag', { only: ['b/slow'] }, ['b/slow']],
    ['a suite that is none', { suites: ['a', 'zzz'] }, ['a/one', 'a/one-more'], ['zzz']],
    ['the start of a suite is no suite', { suites: ['a', 'a/'] }, ['a/one', 'a/one-more'], ['a/']],
    ['a prefix that fits nothing', { only: ['a/zzz'] }, [], ['a/zzz']],
  ]
  it.each(rows)('%s', (_, selection, chosen, unmatched = []) => {
    const found = select(checks, selection)
    expect([found.chosen.map((check) => check.id), found.unmatched]).toEqual([chosen, unmatched])
  })
})

describe('loadChecks', () => {
  const root = new URL('../../suites/', import.meta.url)

  it('finds a check in every file of every suite; the path is the id', async () => {
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    const ids = files
      .filter((file) => /^(?!load\/)[^/]+\/[^/]+(?<!\.test)\.ts$/.test(file))
      .map((file) => file.slice(0, -3))
    const checks = await loadChecks()
    expect(checks.map((check) => check.id).sort()).toEqual(ids.sort())
    for (const check of checks) expect(check.id.startsWith(`${check.suite}/`)).toBe(true)
  })

  it('puts the suites users name first in front, everything else by name', async () => {
    const suites = [...new Set((await loadChecks()).map((check) => check.suite))]
    const leading = ['initialize', 'session', 'tools-list', 'tools-call', 'sse-fallback', 'auth'].filter((one) =>
      suites.includes(one),
    )
    expect(suites.slice(0, leading.length)).toEqual(leading)
    expect(suites.slice(leading.length)).toEqual(suites.slice(leading.length).sort())
  })
})
