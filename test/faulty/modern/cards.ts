import type { Json } from '../core/types.js'

const text = (description: string): Json => ({ type: 'string', description, maxLength: 4000 })
const form = (properties: Json, required: string[]): Json => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

/** A tool as it is listed. */
export interface Card extends Json {
  name: string
  inputSchema: Json
}

/** All tools, in list order. */
export const CARDS: Card[] = [
  {
    name: 'parrot',
    title: 'Parrot',
    description: 'Says the phrase back',
    inputSchema: form({ phrase: text('What to say') }, ['phrase']),
    _meta: { 'org.example.ledger/rank': 1 },
  },
  {
    name: 'sum_pair',
    description: 'Adds two numbers',
    inputSchema: form({ left: { type: 'number' }, right: { type: 'number' } }, ['left', 'right']),
    outputSchema: {
      type: 'object',
      properties: { total: { type: 'number' }, sign: { enum: ['plus', 'minus', 'zero'] } },
      required: ['total', 'sign'],
      additionalProperties: false,
    },
  },
  {
    name: 'long_haul',
    description: 'Takes a number of steps of about 50 ms each',
    inputSchema: form({ steps: { type: 'integer', minimum: 1, maximum: 200 }, label: text('Name') }, ['steps']),
  },
  {
    name: 'dispatch_parcel',
    description: 'Sends a parcel to a region',
    inputSchema: form(
      {
        region: { type: 'string', maxLength: 200, 'x-mcp-header': 'Region' },
        weight: { type: 'integer', minimum: 1, maximum: 1000, 'x-mcp-header': 'Weight' },
        express: { type: 'boolean', 'x-mcp-header': 'Express' },
        note: { type: ['string', 'null'], maxLength: 200, 'x-mcp-header': 'Note' },
        route: form({ hub: { type: 'string', maxLength: 80, 'x-mcp-header': 'Hub' } }, []),
        contents: text('What is inside'),
      },
      ['region', 'weight'],
    ),
  },
  {
    name: 'book_table',
    description: 'Asks for a name and the number of seats, then books a table',
    inputSchema: form({ day: { type: 'string', maxLength: 40 } }, ['day']),
  },
  {
    name: 'fragile',
    description: 'Always ends in a domain failure',
    inputSchema: form({ reason: text('Why it breaks') }, []),
  },
  {
    name: 'gallery',
    description: 'Shows every kind of content',
    inputSchema: { type: 'object', additionalProperties: false },
    icons: [{ src: 'data:image/png;base64,iVBORw0KGgo=', mimeType: 'image/png', sizes: ['16x16'], theme: 'dark' }],
  },
  {
    name: 'stir',
    description: 'Announces a change of every list and of the first book',
    inputSchema: { type: 'object', additionalProperties: false },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
]

/** Tools a tester may call, with arguments that work. */
export const SAFE_TOOLS: { name: string; arguments: Json }[] = [
  { name: 'parrot', arguments: { phrase: 'good morning, Zoë' } },
  { name: 'sum_pair', arguments: { left: 2, right: 40 } },
  { name: 'long_haul', arguments: { steps: 6, label: 'round trip' } },
  { name: 'dispatch_parcel', arguments: { region: 'north', weight: 7, express: true, route: { hub: 'h1' } } },
  { name: 'book_table', arguments: { day: 'friday' } },
  { name: 'fragile', arguments: { reason: 'by design' } },
  { name: 'gallery', arguments: {} },
  { name: 'stir', arguments: {} },
]
