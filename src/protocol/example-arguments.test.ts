import { expect, it } from 'vitest'
import { exampleArguments } from './example-arguments.js'

const of = (property: unknown, more = {}) =>
  exampleArguments({ type: 'object', properties: { it: property }, required: ['it'], ...more }).it

it.each<[unknown, unknown]>([
  [{ type: 'string' }, '<it>'],
  [{ type: 'string', examples: ['Oslo'] }, 'Oslo'],
  [{ type: 'string', default: 'Bergen' }, 'Bergen'],
  [{ enum: ['a', 'b'] }, 'a'],
  [{ const: 7 }, 7],
  [{ type: 'string', format: 'date' }, '2026-01-31'],
  [{ type: ['null', 'integer'], minimum: 3 }, 3],
  [{ type: 'boolean' }, false],
  [{ type: 'array', items: { type: 'number' } }, []],
  [{ type: 'array', minItems: 1, items: { type: 'number' } }, [1]],
  [{ anyOf: [{ type: 'null' }, { type: 'number' }] }, 1],
  [{ type: 'object', properties: { x: { type: 'string' }, y: {} }, required: ['x'] }, { x: '<x>' }],
  [{ $ref: '#/$defs/city' }, 'Oslo'],
  [{ $ref: '#/$defs/none' }, null],
])('%j: %j', (property, value) => expect(of(property, { $defs: { city: { default: 'Oslo' } } })).toEqual(value))

it('only what is required, and nothing where there is no schema', () => {
  expect(exampleArguments({ type: 'object', properties: { a: { type: 'string' } } })).toEqual({})
  expect(exampleArguments(undefined)).toEqual({})
  expect(exampleArguments('nonsense')).toEqual({})
})

it('ends where a schema holds itself', () => {
  const schema = { type: 'object', properties: { it: { $ref: '#' } }, required: ['it'] }
  expect(JSON.stringify(exampleArguments(schema)).length).toBeLessThan(200)
  expect(exampleArguments({ $ref: '#/a', a: { $ref: '#/a' } })).toEqual({})
})
