import { expect, it } from 'vitest'
import { rowCounts, secondsOfRows, stretchOf } from './stretches.js'

const counts = {
  mcp_rows_0: { '': 7, '0.20': 3, '1.20': 4 },
  mcp_rows_1: { '0.20': 10, '0.30': 1 },
  mcp_failed_rows: { '': 5, '1.timeout': 2, '1.rpc-error': 1, '11.timeout': 2 },
}

it('a row has its own counts alone', () => {
  expect(rowCounts(counts, 0)).toEqual({ buckets: { 20: 3 }, errors: {} })
  expect(rowCounts(counts, 1)).toEqual({ buckets: { 20: 4 }, errors: { timeout: 2, 'rpc-error': 1 } })
  expect(stretchOf([rowCounts(counts, 0), rowCounts(counts, 1)])).toMatchObject({ count: 7, failed: 3 })
})

it('rows of the same second are one', () => {
  const rows = [
    { stage: 0, from: 0, to: 0.5 },
    { stage: 1, from: 0.5, to: 1 },
  ]
  const [second, ...more] = secondsOfRows(rows, [rowCounts(counts, 0), rowCounts(counts, 1)])
  expect([second?.count, second?.failed, more.length]).toEqual([7, 3, 0])
})

it('a row of several seconds is dealt out to them without loss', () => {
  const seconds = secondsOfRows(
    [{ stage: 0, from: 0, to: 4 }],
    [{ buckets: { 20: 10, 30: 1 }, errors: { timeout: 2 } }],
  )
  expect(seconds.map(({ count }) => count)).toEqual([3, 3, 3, 2])
  expect(seconds.map(({ failed }) => failed)).toEqual([1, 1, 0, 0])
})
