import { describe, expect, it } from 'vitest'
import { danglingReference, dialectOf, schemaProblems, valueProblems } from './json-schema.js'

const forecast = {
  type: 'object',
  properties: {
    place: { type: 'string', minLength: 1 },
    days: { type: 'integer', minimum: 1, maximum: 7 },
    unit: { anyOf: [{ $ref: '#/$defs/unit' }, { type: 'null' }] },
  },
  required: ['place', 'days'],
  additionalProperties: false,
  $defs: { unit: { type: 'string', enum: ['C', 'F'] } },
}

describe('schemaProblems', () => {
  it.each([
    ['properties as a list', { type: 'object', properties: [] }],
    ['required as null', { type: 'object', required: null }],
    ['a type nobody knows', { type: 'object', properties: { a: { type: 'decimal' } } }],
    ['a tuple as draft-07 wrote it', { type: 'object', properties: { a: { items: [{ type: 'string' }] } } }],
    ['null', null],
  ])('finds %s', (_, schema) => {
    expect(schemaProblems(schema)).not.toEqual([])
  })

  it('judges by the declared dialect, and not at all by an unknown one', () => {
    const tuple = { type: 'object', properties: { a: { items: [{ type: 'string' }] } } }
    expect(schemaProblems({ $schema: 'http://json-schema.org/draft-07/schema#', ...tuple })).toEqual([])
    expect(schemaProblems({ $schema: 'https://example.com/own', ...tuple })).toEqual([])
    expect(dialectOf({ $schema: 'https://json-schema.org/draft/2019-09/schema' })).toBe('2019-09')
  })

  it('tolerates keywords and formats of others', () => {
    expect(
      schemaProblems({
        type: 'object',
        nullable: true,
        id: 'x',
        properties: { id: { type: 'string', format: 'colour' } },
      }),
    ).toEqual([])
  })
})

describe('valueProblems', () => {
  it('tells where a value departs', () => {
    expect(valueProblems(forecast, { place: 'Oslo', days: 9 })).toEqual(['/days: must be <= 7'])
    expect(valueProblems(forecast, { place: 'Oslo', days: 3 })).toEqual([])
  })

  it('does not fetch, and does not hang on a slow pattern', () => {
    expect(valueProblems({ $ref: 'https://example.com/schema.json' }, {})).toBeUndefined()
    const started = performance.now()
    expect(valueProblems({ properties: { a: { pattern: '^(a+)+$' } } }, { a: `${'a'.repeat(60)}!` })).toEqual([])
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

it('knows a reference that leads nowhere', () => {
  expect(danglingReference({ properties: { a: { $ref: '#/$defs/none' } } })).toBe('#/$defs/none')
  expect(danglingReference(forecast)).toBeUndefined()
})
