import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { dependencies, licencesFile, licencesIn, licencesPage, permissive } from './licences.js'

it('docs/licences.md is what package-lock.json says: npm run docs writes it anew', () => {
  expect(readFileSync(licencesFile, 'utf8')).toBe(licencesPage())
})

it('every package that is installed along has a permissive licence', () => {
  const others = dependencies().filter(({ licence }) => !licencesIn(licence).every((one) => permissive.has(one)))
  expect(others).toEqual([])
  expect(dependencies().filter(({ direct }) => direct).length).toBeGreaterThan(10)
})

it.each([
  ['(MIT AND Zlib)', ['MIT', 'Zlib']],
  ['MIT OR GPL-2.0', ['MIT', 'GPL-2.0']],
])('%s names %j', (expression, named) => expect(licencesIn(expression)).toEqual(named))
