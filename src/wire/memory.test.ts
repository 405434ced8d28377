import { expect, it } from 'vitest'
import { Memory } from './memory.js'

it('an answer may be smaller once very much has come', () => {
  const memory = new Memory(4 << 20)
  memory.ended(24 << 20)
  expect(memory.bytes).toBe(4 << 20)
  memory.ended(1)
  expect(memory.bytes).toBe(1 << 20)
  expect(new Memory(1000).bytes).toBe(1000)
})

it('streams have room for many events, and not for any number of them', () => {
  const memory = new Memory(1000)
  for (let event = 1; event < 30_000; event++) memory.hasRoom()
  expect([memory.hasRoom(), new Memory(1000).hasRoom()]).toEqual([false, true])
})
