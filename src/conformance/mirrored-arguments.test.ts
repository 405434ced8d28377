import { expect, it } from 'vitest'
import { withArgument } from './mirrored-arguments.js'

it.each<[string, Record<string, unknown>, string[], unknown, object]>([
  ['sets', { a: 1 }, ['b'], 2, { a: 1, b: 2 }],
  ['replaces', { a: 1, b: 1 }, ['a'], null, { b: 1, a: null }],
  ['takes away', { a: 1, b: 1 }, ['a'], undefined, { b: 1 }],
  ['reaches below', { a: { b: 1, c: 1 } }, ['a', 'b'], 2, { a: { b: 2, c: 1 } }],
  ['makes what lies between', {}, ['a', 'b'], 2, { a: { b: 2 } }],
])('%s an argument', (_, args, path, value, expected) => {
  const before = structuredClone(args)
  expect(withArgument(args, path, value)).toEqual(expected)
  expect(args).toEqual(before)
})
