import { describe, expect, it } from 'vitest'
import { changeHeaders, type HeaderChanges, type HeaderList, headerOf, isCredential, mediaType } from './headers.js'

describe('isCredential', () => {
  const credentials = [
    'Authorization',
    'authorization',
    'Proxy-Authorization',
    'Cookie',
    'Set-Cookie',
    'X-API-Key',
    'apikey',
    'api_key',
    'X-Auth-Token',
    'x-access-token',
    'X-Client-Secret',
    'x-amz-security-token',
    'X-Password',
  ]
  it.each(credentials)('%s carries a credential', (name) => expect(isCredential(name)).toBe(true))

  const plain = [
    'Accept',
    'Content-Type',
    'Host',
    'Origin',
    'Mcp-Session-Id',
    'MCP-Protocol-Version',
    'Last-Event-ID',
    'WWW-Authenticate',
    'Proxy-Authenticate',
  ]
  it.each(plain)('%s does not: a challenge says what is wanted, not what was given', (name) =>
    expect(isCredential(name)).toBe(false),
  )
})

describe('changeHeaders', () => {
  const base: HeaderList = [
    ['Accept', 'a'],
    ['content-type', 'b'],
  ]
  const rows: [what: string, changes: HeaderChanges | undefined, headers: HeaderList][] = [
    ['nothing', undefined, base],
    ['undefined leaves a field alone', { accept: undefined }, base],
    ['null takes it out, whatever its case', { ACCEPT: null }, [['content-type', 'b']]],
    [
      'a text sets it anew, in the new spelling',
      { accept: 'c' },
      [
        ['content-type', 'b'],
        ['accept', 'c'],
      ],
    ],
    [
      'a list sends it several times',
      { Accept: ['c', 'd'] },
      [
        ['content-type', 'b'],
        ['Accept', 'c'],
        ['Accept', 'd'],
      ],
    ],
    ['an empty list takes it out', { accept: [] }, [['content-type', 'b']]],
    [
      'an empty text is a value',
      { accept: '' },
      [
        ['content-type', 'b'],
        ['accept', ''],
      ],
    ],
  ]
  it.each(rows)('%s', (_, changes, headers) => {
    expect(changeHeaders(base, changes)).toEqual(headers)
    expect(base).toHaveLength(2)
  })
})

it('headerOf finds the first value, whatever the case', () => {
  const headers: HeaderList = [
    ['A', '1'],
    ['a', '2'],
  ]
  expect([headerOf(headers, 'a'), headerOf(headers, 'b')]).toEqual(['1', undefined])
})

it.each([
  ['application/json', 'application/json'],
  [' Application/JSON ; charset=utf-8', 'application/json'],
  [undefined, ''],
])('mediaType of %j is %j', (value, type) => expect(mediaType(value)).toBe(type))
