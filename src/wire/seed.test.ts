import { expect, it } from 'vitest'
import { freshSeed, Seed } from './seed.js'

it('the same seed gives the same to the same name, whatever others ask meanwhile', () => {
  const [one, other] = [new Seed('a'), new Seed('a')]
  other.bytes(8, 'somebody else')
  const three = (seed: Seed) => [seed.bytes(8, 'me'), seed.canary('me'), seed.bytes(300, 'me')]
  expect(three(one)).toEqual(three(other))
})

it('every call, every name and every seed gives something else', () => {
  const [one, other] = [new Seed('a'), new Seed('b')]
  const made = [one.canary('me'), one.canary('me'), one.canary('you'), other.canary('me'), new Seed().canary('me')]
  expect(new Set(made).size).toBe(made.length)
  expect(made[0]).toMatch(/^gauntlet-canary-[0-9a-f]{12}$/)
})

it('a seed that nobody gave cannot be guessed', () => {
  expect(freshSeed()).toMatch(/^[0-9a-f]{24}$/)
  expect(freshSeed()).not.toBe(freshSeed())
})
