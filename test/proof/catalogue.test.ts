import { expect, it } from 'vitest'
import { coverage } from '../../src/conformance/coverage.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { catalogue, requirement } from '../../src/protocol/catalogue.js'
import { leftOut } from '../../src/protocol/left-out.js'

const checks = await loadChecks()

it('every check names a rule that exists and is no mere permission', () => {
  expect(checks.filter((check) => requirement(check.requirement).level === 'MAY').map((check) => check.id)).toEqual([])
})

it('rows are unique, and what is left out exists and is not judged', () => {
  expect(new Set(catalogue.map((row) => row.id)).size).toBe(catalogue.length)
  const judged = new Set(checks.map((check) => check.requirement))
  expect(Object.keys(leftOut).filter((id) => !requirement(id) || judged.has(id))).toEqual([])
})

it('every rule of the handshake revisions is judged or left out with a reason', () => {
  const later = new Set(catalogue.filter((row) => row.first === '2026-07-28').map((row) => row.id))
  expect(coverage(checks).open.filter((id) => !later.has(id))).toEqual([])
})

it('titles are unique', () => {
  const titles = checks.map((check) => check.title)
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
})
