import { expect, it } from 'vitest'
import { evenly } from './sample.js'

it.each([
  [10, 3, [0, 3, 6]],
  [7, 6, [0, 1, 2, 3, 4, 5]],
  [3, 3, [0, 1, 2]],
  [2, 6, [0, 1]],
  [0, 6, []],
])('of %i things at most %i', (length, most, chosen) => {
  expect(evenly([...Array(length).keys()], most)).toEqual(chosen)
})
