import { expect, it } from 'vitest'
import { rowsOf } from './rows.js'

it('a row is a second of one stage', () => {
  expect(rowsOf([{ seconds: 2.5 }, { seconds: 1 }])).toEqual([
    { stage: 0, from: 0, to: 1 },
    { stage: 0, from: 1, to: 2 },
    { stage: 0, from: 2, to: 2.5 },
    { stage: 1, from: 2.5, to: 3 },
    { stage: 1, from: 3, to: 3.5 },
  ])
})

it('long profiles have wider rows, and no more than 300', () => {
  const rows = rowsOf([{ seconds: 1000 }])
  expect(rows.length).toBe(250)
  expect(rows.at(-1)).toEqual({ stage: 0, from: 996, to: 1000 })
})

it('a rest of less than a tenth is no row', () => {
  expect(rowsOf([{ seconds: 2.05 }]).map(({ to }) => to)).toEqual([1, 2.05])
})
