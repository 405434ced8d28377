import { expect, it } from 'vitest'
import { parseJson } from './jsonrpc.js'

const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`

it.each([
  ['depth within the bound', nested(500), true],
  ['more depth', nested(1001), false],
  ['brackets within a text', JSON.stringify('[{'.repeat(600_000)), true],
  ['brackets after an escaped quote', JSON.stringify(`"${'[{'.repeat(600_000)}`), true],
  ['as many lists as may be', `[${'[],'.repeat(199_998)}1]`, true],
  ['more lists', `[${'[],'.repeat(200_000)}1]`, false],
  ['as many members as may be', `[${'1,'.repeat(600_000)}1]`, true],
  ['more members', `[${'1,'.repeat(600_001)}1]`, false],
])('%s', (_, text, read) => {
  expect(parseJson(text)).toEqual(read ? JSON.parse(text) : undefined)
})
