import { expect, it } from 'vitest'
import type { HeaderList } from '../wire/headers.js'
import { type Credential, credentialOf, looksLikeJwt, withToken } from './given.js'

const rows: [header: HeaderList[number], credential: Credential][] = [
  [['Authorization', 'Bearer abc'], { header: 'Authorization', scheme: 'Bearer', token: 'abc' }],
  [['authorization', 'Basic  dXNlcg=='], { header: 'authorization', scheme: 'Basic', token: 'dXNlcg==' }],
  [['Authorization', 'abc'], { header: 'Authorization', token: 'abc' }],
  [['Proxy-Authorization', 'Bearer abc'], { header: 'Proxy-Authorization', scheme: 'Bearer', token: 'abc' }],
  [['X-API-Key', 'abc'], { header: 'X-API-Key', token: 'abc' }],
  [['X-API-Key', 'two words'], { header: 'X-API-Key', token: 'two words' }],
  [['Cookie', 'sid=abc; a=b'], { header: 'Cookie', token: 'sid=abc; a=b' }],
]
it.each(rows)('credentialOf %j', (header, credential) => {
  expect(credentialOf(header)).toEqual(credential)
  expect(withToken(credential, 'new')).toEqual([[header[0], credential.scheme ? `${credential.scheme} new` : 'new']])
})

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const head = part({ alg: 'ES256', typ: 'JWT' })
it.each<[what: string, token: string, jwt: boolean]>([
  ['a signed token', `${head}.${part({ sub: 'a' })}.c2ln`, true],
  ['one without a signature', `${head}.${part({})}.`, true],
  ['two parts', `${head}.${part({})}`, false],
  ['five parts: an encrypted token', `${head}.a.b.c.d`, false],
  ['a head without alg', `${part({ typ: 'JWT' })}.a.b`, false],
  ['a head that is no object', `${part(5)}.a.b`, false],
  ['a head that is null', `${part(null)}.a.b`, false],
  ['a head that is no JSON', 'abc.def.ghi', false],
  ['an opaque token', 'gho_16C7e42F292c6912E7710c838347Ae178B4a', false],
  ['nothing', '', false],
])('looksLikeJwt: %s', (_, token, jwt) => expect(looksLikeJwt(token)).toBe(jwt))
