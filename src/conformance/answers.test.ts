import { expect, it } from 'vitest'
import { valueProblems } from '../protocol/json-schema.js'
import { answersTo, contentFor } from './answers.js'

const schema = {
  type: 'object',
  properties: {
    free: { type: 'string' },
    long: { type: 'string', minLength: 12, maxLength: 14 },
    short: { type: 'string', maxLength: 3 },
    mail: { type: 'string', format: 'email' },
    one: { type: 'string', enum: ['a', 'b'] },
    titled: {
      type: 'string',
      oneOf: [
        { const: 'a', title: 'A' },
        { const: 'b', title: 'B' },
      ],
    },
    several: { type: 'array', minItems: 2, items: { type: 'string', enum: ['a', 'b', 'c'] } },
    titledOnes: { type: 'array', items: { anyOf: [{ const: 'a', title: 'A' }] } },
    age: { type: 'integer', minimum: 18, maximum: 19 },
    share: { type: 'number', exclusiveMinimum: 0, maximum: 5 },
    below: { type: 'number', maximum: -5 },
    yes: { type: 'boolean', default: false },
    given: { type: 'string', default: 'x' },
  },
  required: ['free', 'one'],
}

it('fills forms in two ways, both of which fit', () => {
  const [first, other] = [contentFor(schema), contentFor(schema, true)]
  expect([valueProblems(schema, first), valueProblems(schema, other)]).toEqual([[], []])
  expect(Object.keys(first)).toEqual(Object.keys(schema.properties))
  expect(first.yes).toBe(true)
  const same = Object.keys(first).filter((name) => JSON.stringify(first[name]) === JSON.stringify(other[name]))
  expect(same).toEqual(['titledOnes', 'below'])
})

it('answers each kind of question in its way, and opens no URL', () => {
  const inputRequests = {
    form: {
      method: 'elicitation/create',
      params: { message: 'm', requestedSchema: { properties: { a: { type: 'boolean' } } } },
    },
    url: { method: 'elicitation/create', params: { mode: 'url', url: 'https://example.com/' } },
    sampled: { method: 'sampling/createMessage', params: {} },
    roots: { method: 'roots/list' },
    odd: 5,
  }
  const answers = answersTo({ inputRequests })
  expect(Object.keys(answers)).toEqual(Object.keys(inputRequests))
  expect(answers.form).toEqual({ action: 'accept', content: { a: true } })
  expect(answers.url).toEqual({ action: 'accept' })
  expect([answers.sampled!.role, Array.isArray(answers.roots!.roots)]).toEqual(['assistant', true])
  expect(answersTo({ inputRequests: 'none' })).toEqual({})
})
