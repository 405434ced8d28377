import { expect, it } from 'vitest'
import { patience } from './patience.js'

it.each([
  ['nothing has failed yet', 0, 0, 5000],
  ['a few answers failed to come', 4, 0, 2000],
  ['many answers failed to come', 12, 0, 1000],
  ['many failed, but others take long', 12, 600, 2400],
  ['answers take long', 0, 2000, 8000],
  ['answers take very long', 12, 9000, 30_000],
])('%s', (_what, vain, slowest, bound) => {
  const waiting = patience(5000)
  for (let i = 0; i < vain; i++) waiting.inVain()
  waiting.answered(slowest)
  expect(waiting.bound()).toBe(bound)
})

it('is never longer than what was asked for', () => {
  const waiting = patience(5000, true)
  waiting.answered(9000)
  expect(waiting.bound()).toBe(5000)
})

it('can be raised for a slow server', () => {
  const waiting = patience(5000)
  waiting.raise(15_000)
  expect(waiting.bound()).toBe(15_000)
})

it('is tired once several answers failed to come', () => {
  const waiting = patience(5000)
  for (let i = 0; i < 3; i++) waiting.inVain()
  expect(waiting.tired()).toBe(false)
  waiting.inVain()
  expect(waiting.tired()).toBe(true)
})

it('a slow tool is no reason to wait longer for anything else', () => {
  const waiting = patience(5000)
  waiting.answered(4000, 'tool')
  waiting.answered(10)
  expect([waiting.bound('other'), waiting.bound('tool'), waiting.bound()]).toEqual([5000, 16_000, 16_000])
})
