import { expect, it } from 'vitest'
import { virtualPlan } from '../../test/support/virtual-load.js'
import { engineOptionsOf } from './generator-parts.js'

it('answers that are read at once stay within a quarter of a GiB, as far as each may have a MiB', () => {
  const bytes = (connections: number) => engineOptionsOf(virtualPlan(), connections).maxBytes / 2 ** 20
  expect([0, 1, 32, 64, 128, 256, 10_000].map(bytes)).toEqual([8, 8, 8, 4, 2, 1, 1])
})
