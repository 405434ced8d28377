import { expect, it } from 'vitest'
import { type Flaw, nameFlaws, requestFlaws, valueFlaws } from './header-flaws.js'

const methods = ['server/discover', 'tools/list', 'tools/call']
const call = { method: 'tools/call', params: { name: 'Sql' } }

it.each<[Flaw, (string | null)[]]>([
  ['method missing', [null]],
  ['method other', ['server/discover']],
  ['case', ['TOOLS/CALL']],
  ['bytes', ['tools/call\u00e9']],
  ['name missing', []],
])('%s changes the method of a request to %j', (flaw, values) => {
  expect(requestFlaws(call, flaw, methods).map(({ headers }) => headers['mcp-method'])).toEqual(values)
})

it('a single method has no sibling, yet other names to be mistaken for', () => {
  const flaws = requestFlaws({ method: 'server/discover' }, 'method other', ['server/discover'])
  expect(flaws.map(({ headers }) => headers['mcp-method'])).toEqual([
    '',
    'server',
    'server/discover/x',
    'gauntlet/unknown',
  ])
})

it.each<[Flaw, (string | null)[]]>([
  ['name missing', [null, '']],
  ['name other', ['none', '=?base64?bm9uZQ==?=', 'U3Fs', '%53ql', 'Sqlx', 'Sq', 'other']],
  ['case', ['=?BASE64?U3Fs?=', 'SQL', 'sql']],
  ['base64', ['=?base64?!!!?=', '=?base64?/w==?=']],
  ['method missing', []],
])('%s changes a name to %j', (flaw, values) => {
  const flaws = nameFlaws(call, flaw, 'Sql', [7, 'Sql', 'ö', 'other'], 'none')
  expect(flaws.map(({ headers }) => headers['mcp-name'])).toEqual(values)
})

it('a URI is given with a slash more, and with its scheme in capitals', () => {
  const uri = 'memo://notes'
  const read = { method: 'resources/read', params: { uri } }
  const values = (flaw: Flaw) => nameFlaws(read, flaw, uri, [], 'none').map(({ headers }) => headers['mcp-name'])
  expect(values('name other')).toContain('memo://notes/')
  expect(values('case')).toContain('MEMO://notes')
})

it('a header that is there twice has the right value first, then last', () => {
  const other = 'gauntlet/other'
  expect(requestFlaws(call, 'mcp-method twice', methods).map(({ headers }) => headers['mcp-method'])).toEqual([
    ['tools/call', other],
    [other, 'tools/call'],
  ])
  expect(nameFlaws(call, 'mcp-name twice', 'Sql', [], 'none').map(({ headers }) => headers['mcp-name'])).toEqual([
    ['Sql', 'none'],
    ['none', 'Sql'],
  ])
})

it('never gives the value that is right', () => {
  for (const flaw of ['case', 'name other'] as const)
    for (const { headers } of nameFlaws(call, flaw, 'sql', ['sql'], 'none')) expect(headers['mcp-name']).not.toBe('sql')
})

it('a lenient decoder takes junk and a lack of padding for the text', () => {
  expect(valueFlaws('ab')['lenient base64']).toEqual(['=?base64?!!!YWI=?=', '=?base64?YWI?='])
  expect(valueFlaws('abc')['lenient base64']).toEqual(['=?base64?!!!YWJj?='])
})
