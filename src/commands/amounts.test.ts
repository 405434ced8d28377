import { expect, it } from 'vitest'
import { UsageError } from '../usage-error.js'
import { oneOf, parseDuration, parseRate } from './amounts.js'

it.each([
  ['30s', 30],
  ['500ms', 0.5],
  ['1m30s', 90],
  ['1m 30s', 90],
  ['1.5h', 5400],
])('parseDuration %s', (text, value) => expect(parseDuration(text, '--duration')).toBeCloseTo(value, 9))

it.each(['', '30', '0s', '-5s', '5x', 's', '5s5', '25h', '1e3s', 'x5s'])('%j is no duration', (text) => {
  expect(() => parseDuration(text, '--duration')).toThrow(UsageError)
})

it.each([
  ['200/s', 200],
  ['200', 200],
  ['0.5/s', 0.5],
  ['90/m', 1.5],
  ['90 / m', 1.5],
])('parseRate %s', (text, value) => expect(parseRate(text, '--rate')).toBeCloseTo(value, 9))

it.each(['', '0', '-1', '1/h', 'fast', '2e6', '1000001/s'])('%j is no rate', (text) => {
  expect(() => parseRate(text, '--rate')).toThrow(/^--rate/)
})

it('oneOf names what there is', () => {
  expect(oneOf('b', ['a', 'b'], '--x')).toBe('b')
  expect(() => oneOf('d', ['a', 'b', 'c'], '--x')).toThrow(/^--x d: choose a, b or c$/)
})
