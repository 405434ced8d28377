import { describe, expect, it } from 'vitest'
import { breachesOf, dividingByZero, withFarId, withFreeText } from './arguments.js'

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

describe('breachesOf', () => {
  it('breaks each rule once, and only where the given arguments fit', () => {
    const kinds = breachesOf(forecast, { place: 'Oslo', days: 3 }).map(({ kind, what }) => `${kind}: ${what}`)
    expect(kinds).toEqual(
      expect.arrayContaining([
        'missing: no "place"',
        'type: "days" = "gauntlet"',
        'bounds: "days" = 8',
        'bounds: "unit" = "gauntlet-none-of-these"',
      ]),
    )
    expect(kinds.filter((one) => one.startsWith('undeclared'))).toHaveLength(1)
    expect(breachesOf(forecast, {})).toEqual([])
  })
})

it('puts a text where free text may stand', () => {
  expect(withFreeText(forecast, { place: 'Oslo', days: 3 }, 'canary')).toEqual([
    { argument: 'place', arguments: { place: 'canary', days: 3 } },
  ])
})

describe('withFarId', () => {
  const schema = {
    type: 'object',
    properties: {
      book_id: { type: 'string', pattern: '^b[0-9]+$' },
      id: { type: 'integer' },
      shelfId: { type: 'integer', maximum: 20 },
      amount: { type: 'integer' },
      userId: { type: 'string' },
    },
  }

  it('changes the numbers of ids that free text does not fit, and no other', () => {
    const given = { book_id: 'b12', id: 3, shelfId: 4, amount: 5, userId: 'u1' }
    expect(withFarId(schema, given)).toEqual([
      { argument: 'book_id', arguments: { ...given, book_id: 'b987650123' } },
      { argument: 'id', arguments: { ...given, id: 987650123 } },
    ])
  })

  it('changes nothing that was not given', () => {
    expect(withFarId(schema, {})).toEqual([])
  })
})

describe('dividingByZero', () => {
  const numbers = (...names: string[]) => ({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'number' }])),
  })

  it('puts zero where a divisor may stand, and nowhere else', () => {
    expect(dividingByZero(numbers('a', 'b'), { a: 6, b: 3 })).toEqual([{ argument: 'b', arguments: { a: 6, b: 0 } }])
    const named = ['num2', 'number_2', 'Divisor', 'denominator', 'right', 'divideBy']
    for (const name of named) expect(dividingByZero(numbers(name), { [name]: 3 }), name).toHaveLength(1)
    for (const name of ['a', 'days', 'count', 'interval', 'limit', 'numerator', 'bytes'])
      expect(dividingByZero(numbers(name), { [name]: 3 }), name).toEqual([])
  })

  it('chooses the operation that divides, and writes a formula', () => {
    const operation = { type: 'string', enum: ['add', 'divide'] }
    const calculator = { ...numbers('a', 'b'), properties: { ...numbers('a', 'b').properties, operation } }
    const divided = { operation: 'divide', a: 6, b: 0 }
    expect(dividingByZero(calculator, { operation: 'add', a: 6, b: 3 })[0]!.arguments).toEqual(divided)
    const formula = { type: 'object', properties: { expression: { type: 'string' } } }
    expect(dividingByZero(formula, { expression: '1+1' })[0]!.arguments).toEqual({ expression: '1/0' })
  })

  it('keeps to what the schema allows', () => {
    const positive = { type: 'object', properties: { b: { type: 'number', exclusiveMinimum: 0 } } }
    expect(dividingByZero(positive, { b: 3 })).toEqual([])
    expect(dividingByZero(undefined, {})).toEqual([])
  })
})
