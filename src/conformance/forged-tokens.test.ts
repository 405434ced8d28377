import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { alteredTokens, extendedTokens, shortenedTokens } from './forged-tokens.js'

const decode = (text: string) => Buffer.from(text, 'base64url').toString('hex')

describe('mutated tokens', () => {
  it('differ from the good one also for lenient base64 decoders, whatever its length', () => {
    for (let size = 16; size < 80; size++) {
      const secret = createHmac('sha512', String(size)).update('x').digest().subarray(0, size)
      for (const token of [secret.toString('base64url'), secret.toString('base64')]) {
        const bad = { ...alteredTokens(token), ...extendedTokens(token), ...shortenedTokens(token) }
        for (const [name, one] of Object.entries(bad)) expect([name, decode(one)]).not.toEqual([name, decode(token)])
      }
    }
  })
})
