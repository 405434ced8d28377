import { afterEach, describe, expect, it, vi } from 'vitest'
import { Slots } from './slots.js'

const rows: [what: string, open: unknown[], came: unknown[], filled: unknown[][]][] = [
  ['each response goes to its request, in any order', [1, 2], [2, 1], [[1], [2]]],
  ['ids of two types are told apart where both are waited for', [1, '1'], ['1', 1], [[1], ['1']]],
  ['a number sent back as a string is still the answer', [1, 2], ['2'], [[], ['2']]],
  ['a mangled id goes to the oldest request: it must not look like silence', [1, 2], ['zzz'], [['zzz'], []]],
  ['so does null, the id of an error that could not be placed', [1], [null], [[null]]],
  ['a second response with the same id goes to nobody who has his', [1], [1, 1], [[1]]],
  ['a slot for whatever comes', [undefined], [null], [[null]]],
  ['a slot for whatever comes takes no answer another waits for', [undefined, 2], [2], [[], [2]]],
]

describe('Slots', () => {
  afterEach(() => void vi.useRealTimers())

  it.each(rows)('%s', (_, open, came, filled) => {
    vi.useFakeTimers()
    const slots = new Slots()
    const all = open.map((id) => slots.open(id))
    for (const id of came) slots.fill({ id, result: {} })
    vi.advanceTimersByTime(1000)
    expect(all.map((slot) => slot.messages.map((message) => message.id))).toEqual(filled)
  })

  it('a late answer to a request that is no longer waited for goes to nobody', () => {
    const slots = new Slots()
    slots.close(slots.open(1))
    const next = slots.open(2)
    slots.fill({ id: 1, result: {} })
    expect(next.messages).toEqual([])
  })

  it('an answer to another stream is taken for the own one only where its owner has not got it too', async () => {
    const [mine, theirs] = [new Slots(), new Slots()]
    const [one, two] = ['of mine', 'of theirs'].map((id, index) => [mine, theirs][index]!.open(id))
    for (const stream of [mine, theirs]) stream.fill({ id: 'of theirs', result: {} })
    await one!.filled(1100)
    expect([one!.messages.length, two!.messages.length]).toEqual([0, 1])
    const three = theirs.open('later')
    theirs.fill({ id: 'of mine', result: {} })
    await three.filled(5000)
    expect(three.messages).toEqual([{ id: 'of mine', result: {} }])
  })

  it('filled resolves at once when the answer came before it was asked for', async () => {
    const slots = new Slots()
    const slot = slots.open(1)
    slots.fill({ id: 1, result: {} })
    await slot.filled(60_000)
    expect(slot.messages).toHaveLength(1)
  })

  it('filled resolves when the answer comes, and when it does not come in time', async () => {
    const slots = new Slots()
    const slot = slots.open(1)
    const waiting = slot.filled(60_000)
    slots.fill({ id: 1, result: {} })
    await waiting
    const other = slots.open(2)
    await other.filled(5)
    expect([slot.messages.length, other.messages.length]).toEqual([1, 0])
  })
})
