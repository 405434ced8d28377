import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keysIn } from './issuer-keys.js'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const ed = generateKeyPairSync('ed25519').publicKey
const jwk = (key: typeof rsa, more = {}) => ({ ...key.export({ format: 'jwk' }), ...more })
const setOf = (...keys: unknown[]) => JSON.stringify({ keys })

describe('the keys of a set', () => {
  it.each([
    ['RSA', rsa],
    ['EC', ec],
    ['OKP', ed],
  ])('of type %s are given in the forms that servers keep', (_type, key) => {
    const [found] = keysIn(setOf(jwk(key, { kid: 'one' })))
    const pem = key.export({ type: 'spki', format: 'pem' }).toString()
    expect(found!.jwk.kid).toBe('one')
    expect(found!.forms).toMatchObject({ PEM: pem, 'PEM without the last line break': pem.slice(0, -1) })
    expect(Object.values(found!.forms).every((form) => form.length > 0)).toBe(true)
  })

  it('leave out what encrypts, what is secret and what is no key', () => {
    const secret = { kty: 'oct', k: 'c2VjcmV0' }
    expect(keysIn(setOf(jwk(rsa, { use: 'enc' }), secret, { kty: 'EC' }, null, 'key'))).toEqual([])
    for (const text of ['', '[]', '{}', '{"keys":1}', '<html>']) expect(keysIn(text)).toEqual([])
  })
})
