import { describe, expect, it } from 'vitest'
import type { Client } from './client.js'
import { whileListed } from './lists.js'
import { Violation } from './violation.js'

function listing(...uris: string[]): Client {
  const resources = uris.map((uri) => ({ uri }))
  return { request: async () => ({ response: { result: { resources } } }) } as unknown as Client
}

const refused = async () => {
  throw new Violation('refused', 'a result', 'an error')
}

describe('whileListed', () => {
  it('accuses where the item is refused as often as it is asked for, and still listed', async () => {
    await expect(whileListed(listing('a:1'), 'resources/list', 'a:1', refused)).rejects.toThrow('refused')
  })

  it('is silent where the item was taken from the list, or is served the second time', async () => {
    await whileListed(listing('a:2'), 'resources/list', 'a:1', refused)
    let asked = 0
    await whileListed(listing('a:1'), 'resources/list', 'a:1', async () => {
      if (asked++ === 0) await refused()
    })
    expect(asked).toBe(2)
  })
})
