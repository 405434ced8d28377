import { expect, it } from 'vitest'
import { annotationsOf } from './header-annotations.js'

const annotated = { type: 'string', 'x-mcp-header': 'Region' }
const placesIn = (inputSchema: unknown) =>
  annotationsOf('sql', inputSchema).map(({ path, reachable }) => [path, reachable])

it('properties of the root and of objects below it can be reached', () => {
  const nested = { type: 'object', properties: { region: annotated } }
  expect(placesIn({ type: 'object', properties: { region: annotated, place: nested } })).toEqual([
    ['properties.region', true],
    ['properties.place.properties.region', true],
  ])
})

it.each<[string, object]>([
  ['the root itself', { ...annotated }],
  ['items', { properties: { list: { type: 'array', items: annotated } } }],
  ['prefixItems', { properties: { list: { prefixItems: [annotated] } } }],
  ['a composition', { properties: { region: { anyOf: [annotated, { type: 'null' }] } } }],
  ['a composition with properties', { allOf: [{ properties: { region: annotated } }] }],
  ['a condition', { if: {}, else: { properties: { region: annotated } } }],
  ['a definition', { $defs: { region: annotated } }],
  ['a pattern', { patternProperties: { '^r': annotated } }],
  ['further properties', { additionalProperties: annotated }],
])('below %s it cannot be reached', (_, inputSchema) => {
  expect(placesIn(inputSchema).map(([, reachable]) => reachable)).toEqual([false])
})

it('a property of that name and values in examples are no annotations', () => {
  const schema = { type: 'object', properties: { 'x-mcp-header': { type: 'string' } }, default: annotated }
  expect(placesIn({ ...schema, examples: [{ properties: { region: annotated } }] })).toEqual([])
  for (const odd of [undefined, null, true, 'text', [annotated]]) expect(placesIn(odd)).toEqual([])
})
