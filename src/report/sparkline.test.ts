import { expect, it } from 'vitest'
import { sparkline } from './sparkline.js'

it.each<[(number | undefined)[], number, string]>([
  [[], 10, ''],
  [[0, 0], 10, '▁▁'],
  [[0, 50, 100], 10, '▁▅█'],
  [[1, undefined, 2], 10, '▅ █'],
  [[1, 2, 8, 4, 0], 3, '▃█▁'],
  [[undefined, undefined, 3], 2, ' █'],
])('%j in %i columns', (values, width, bars) => expect(sparkline(values, width)).toBe(bars))

it('shows the least of some where that is the worst', () => {
  expect(sparkline([8, 1, 8, 8], 2, Math.min)).toBe('▂█')
})
