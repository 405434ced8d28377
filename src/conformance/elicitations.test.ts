import { expect, it } from 'vitest'
import { depthOf } from './elicitations.js'

const member = (schema: unknown) => ({ type: 'object', properties: { a: schema } })
const choice = [{ const: 'a', title: 'A' }]

it.each([
  { type: 'string', format: 'email' },
  { type: 'integer', minimum: 1 },
  { type: 'boolean', default: true },
  { type: 'string', enum: ['a'], enumNames: ['A'] },
  { type: 'string', oneOf: choice },
  { type: 'array', items: { type: 'string', enum: ['a'] } },
  { type: 'array', items: { anyOf: choice } },
])('takes %j for flat', (schema) => {
  expect(depthOf(member(schema))).toBeUndefined()
})

it.each([
  member({ type: 'object', properties: {} }),
  member({ type: 'array', items: { type: 'string' } }),
  member({ type: 'array', items: { type: 'object', properties: {} } }),
  member({ type: ['string', 'null'] }),
  member({ anyOf: [{ type: 'string' }, { type: 'null' }] }),
  member({ $ref: '#/$defs/a' }),
  member({ type: 'string', oneOf: [{ type: 'string' }] }),
  member('string'),
  { type: 'object' },
  { type: 'string', properties: {} },
  { ...member({ type: 'string' }), allOf: [] },
])('takes %j for more', (schema) => {
  expect(depthOf(schema)).toBeTypeOf('string')
})
