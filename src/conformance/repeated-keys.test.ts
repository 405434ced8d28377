import { expect, it } from 'vitest'
import { repeatedKeys } from './repeated-keys.js'

it.each([
  ['{"inputRequests":{"a":1,"a":2}}', ['a']],
  ['{"r":{"inputRequests":{"a":{"b":[1,{"c":1}],"b":2},"\\u0061":{}}}}', ['a']],
  ['{"inputRequests":{"a":{"x":"a"},"b":["a","a",{"a":1}],"c":"{\\"a\\":1,"}}', []],
  ['{"a":1,"a":2,"inputRequests":{}}', []],
  ['{"inputRequests":[{"a":1},{"a":2}]}', []],
  ['{"inputRequests":', []],
  ['no JSON', []],
])('finds what stands twice in %s', (text, keys) => {
  expect(repeatedKeys(text, 'inputRequests')).toEqual(keys)
})
