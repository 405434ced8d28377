import { expect, it } from 'vitest'
import { table } from './table.js'

const rows = [
  ['name', 'good', 'p50'],
  ['tools/call', '1,204', '1.98'],
]

it.each([
  [80, ['  name         good   p50', '  tools/call  1,204  1.98']],
  [23, ['  name        good  p50', '  tools/call 1,204 1.98']],
  [21, ['  name      good  p50', '  tools/c… 1,204 1.98']],
  [5, ['  name      good  p50', '  tools/c… 1,204 1.98']],
])('in %i columns', (width, lines) => expect(table(rows, width)).toEqual(lines))

it('columns that stand left, and paint that does not move them', () => {
  const red = { text: 'broken', paint: (text: string) => `<${text}>` }
  expect(
    table(
      [
        [red, 'a', '1'],
        ['held', 'bcd', '22'],
      ],
      80,
      '',
      [1],
    ),
  ).toEqual(['<broken>  a     1', 'held    bcd  22'])
})

it('nothing of nothing', () => expect(table([], 80)).toEqual([]))
