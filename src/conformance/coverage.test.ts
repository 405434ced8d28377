import { describe, expect, it } from 'vitest'
import { checkOf } from '../../test/support/conformance.js'
import { catalogue } from '../protocol/catalogue.js'
import { leftOut } from '../protocol/left-out.js'
import type { Requirement } from '../protocol/requirement.js'
import { coverage, tierOf } from './coverage.js'

const counted = catalogue.filter((row) => row.level !== 'MAY')

describe('coverage', () => {
  it('of no checks: nothing is covered, everything is open or left out', () => {
    const found = coverage([])
    expect(found).toMatchObject({ checks: 0, covered: 0, total: counted.length })
    expect(found.open.length + found.leftOut.length).toBe(counted.length)
  })

  it('counts a rule once, however many checks judge it', () => {
    const found = coverage([checkOf('a/1'), checkOf('a/2')])
    expect(found).toMatchObject({ checks: 2, covered: 1 })
    expect(found.areas.find((line) => line.name === 'ping')).toMatchObject({ covered: 1 })
    expect(found.open).not.toContain('ping-answered')
  })

  it('does not count permissions', () => {
    const may = catalogue.find((row) => row.level === 'MAY')!
    expect(coverage([checkOf('a/1', { requirement: may.id })]).covered).toBe(0)
  })

  it('a rule that is judged after all is not left out', () => {
    const id = Object.keys(leftOut).find((one) => counted.some((row) => row.id === one))
    if (!id) return
    expect(coverage([]).leftOut.map((one) => one.id)).toContain(id)
    expect(coverage([checkOf('a/1', { requirement: id })]).leftOut.map((one) => one.id)).not.toContain(id)
  })

  it('areas and tiers add up to the whole; every line is consistent', () => {
    const found = coverage([checkOf('a/1')])
    for (const lines of [found.areas, found.tiers]) {
      expect(lines.reduce((sum, line) => sum + line.total, 0)).toBe(found.total)
      expect(lines.reduce((sum, line) => sum + line.covered, 0)).toBe(found.covered)
    }
    for (const line of [...found.areas, ...found.tiers, ...found.revisions]) {
      expect(line.covered + line.leftOut, line.name).toBeLessThanOrEqual(line.total)
    }
  })
})

it.each([
  [[], 'URL only'],
  [['sse'], 'URL only'],
  [['tool'], 'named tool'],
  [['auth', 'tool'], 'one token'],
  [['https'], 'one token'],
  [['auth', 'second-identity'], 'second identity'],
])('needs %j: %s', (needs, tier) => expect(tierOf({ needs } as unknown as Requirement)).toBe(tier))
