import { expect, it } from 'vitest'
import { encodedValue, mirroredValue } from './header-value.js'
import { mirroredParameters, parameterHeaders, ToolHeaders, valueAt } from './tool-headers.js'

it.each([
  ['us-west1', 'us-west1'],
  ['', ''],
  ['two words', 'two words'],
  ['Hello, 世界', '=?base64?SGVsbG8sIOS4lueVjA==?='],
  [' padded ', '=?base64?IHBhZGRlZCA=?='],
  ['line1\nline2', '=?base64?bGluZTEKbGluZTI=?='],
  ['=?base64?literal?=', '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
  ['=?BASE64?x?=', '=?BASE64?x?='],
])('%j is mirrored as %j, as the examples of the spec show', (text, value) => expect(mirroredValue(text)).toBe(value))

it('a plain value can be encoded as well', () => expect(encodedValue('abc')).toBe('=?base64?YWJj?='))

const inputSchema = {
  type: 'object',
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    query: { type: 'string' },
    where: { type: 'object', properties: { day: { type: 'integer', 'x-mcp-header': 'Day' } } },
    flag: { type: 'boolean', 'x-mcp-header': 'Flag' },
    list: { type: 'array', items: { type: 'string', 'x-mcp-header': 'Unreachable' } },
    empty: { type: 'string', 'x-mcp-header': '' },
    broken: { type: 'string', 'x-mcp-header': 'two words' },
    typed: { type: 'string', 'x-mcp-header': 7 },
    either: { anyOf: [{ properties: { x: { type: 'string', 'x-mcp-header': 'Hidden' } } }] },
  },
}

it('parameters are found through properties alone, unusable annotations are left out', () => {
  const found = mirroredParameters(inputSchema).map(({ name, path }) => [name, path.join('.')])
  expect(found).toEqual([
    ['Region', 'region'],
    ['Day', 'where.day'],
    ['Flag', 'flag'],
  ])
  expect(mirroredParameters('no schema')).toEqual([])
  expect(mirroredParameters({ properties: { a: null } })).toEqual([])
})

it('values travel as text; what is absent or null has no header', () => {
  const parameters = mirroredParameters(inputSchema)
  expect(parameterHeaders(parameters, { region: 'Ödland', where: { day: -7 }, flag: false })).toEqual([
    ['mcp-param-Region', '=?base64?w5ZkbGFuZA==?='],
    ['mcp-param-Day', '-7'],
    ['mcp-param-Flag', 'false'],
  ])
  expect(parameterHeaders(parameters, { region: null, where: 'text' })).toEqual([])
  expect(parameterHeaders(parameters, undefined)).toEqual([])
  expect(valueAt({ a: {} }, ['a', 'toString'])).toBeUndefined()
})

it('tools are listed once, when a call needs one that is not known', async () => {
  const headers = new ToolHeaders()
  let asked = 0
  const list = async () => {
    asked++
    headers.learn({ tools: [{ name: 'sql', inputSchema }, 'no tool', { name: 7 }] })
  }
  await headers.know('sql', list)
  await headers.know('sql', list)
  await headers.know('other', list)
  expect(asked).toBe(1)
  expect(headers.of('sql', { flag: true })).toEqual([['mcp-param-Flag', 'true']])
  expect(headers.of('other', { flag: true })).toEqual([])
  headers.learn('nonsense')
})
