import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadChecks } from '../../src/conformance/registry.js'
import { pageOf } from '../../src/report/page-of.js'
import { pages } from './pages.js'
import { suites } from './suites.js'

const folder = join(import.meta.dirname, '../../docs/checks')

it('docs/checks is what the checks say: npm run docs writes it anew', async () => {
  const now = await pages()
  expect(readdirSync(folder).sort()).toEqual([...now.keys()].sort())
  for (const [file, text] of now) expect(readFileSync(join(folder, file), 'utf8'), file).toBe(text)
})

it('every check has a heading where its page is said to be, once, and every link within the pages leads somewhere', async () => {
  const now = await pages()
  for (const { id } of await loadChecks()) {
    const [file = '', heading] = pageOf(id).replace('docs/checks/', '').split('#')
    expect(
      now
        .get(file)!
        .split('\n')
        .filter((line) => line === `## ${heading}`),
    ).toHaveLength(1)
  }
  for (const text of now.values())
    for (const [, file = '', anchor] of text.matchAll(/\]\(([\w-]+\.md)(?:#([\w-]+))?\)/g))
      expect(now.get(file)).toContain(anchor ? `## ${anchor}\n` : '# ')
})

it('no words are left for suites that are gone', async () => {
  const names = new Set((await loadChecks()).map(({ suite }) => suite))
  expect(Object.keys(suites).filter((name) => !names.has(name))).toEqual([])
})
