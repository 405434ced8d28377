import { describe, expect, it } from 'vitest'
import { breachesOf, withFreeText } from './arguments.js'

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
