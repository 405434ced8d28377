import type { Json } from '../core/types.js'

const text = (description: string): Json => ({ type: 'string', description, maxLength: 4000 })
const form = (properties: Json, required: string[]): Json => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

/** Description of a tool, before it is cut down to a revision. */
export interface ToolCard {
  name: string
  title: string
  description: string
  inputSchema: Json
  outputSchema?: Json
}

/** All tools, in list order. */
export const TOOL_CARDS: ToolCard[] = [
  {
    name: 'parrot',
    title: 'Parrot',
    description: 'Says the phrase back',
    inputSchema: form({ phrase: text('What to say') }, ['phrase']),
  },
  {
    name: 'sum_pair',
    title: 'Sum of two',
    description: 'Adds two numbers',
    inputSchema: form({ left: { type: 'number' }, right: { type: 'number' } }, ['left', 'right']),
    outputSchema: {
      type: 'object',
      properties: { total: { type: 'number' }, sign: { type: 'string', enum: ['plus', 'minus', 'zero'] } },
      required: ['total', 'sign'],
      additionalProperties: false,
    },
  },
  {
    name: 'long_haul',
    title: 'Long haul',
    description: 'Takes a number of steps of about 50 ms each',
    inputSchema: form({ steps: { type: 'integer', minimum: 1, maximum: 200 }, label: text('Name of the trip') }, [
      'steps',
    ]),
  },
  {
    name: 'fragile',
    title: 'Fragile',
    description: 'Always ends in a domain failure',
    inputSchema: form({ reason: text('Why it breaks') }, []),
  },
  {
    name: 'gallery',
    title: 'Gallery',
    description: 'Shows every kind of content',
    inputSchema: { type: 'object', additionalProperties: false },
  },
  {
    name: 'jot',
    title: 'Jot down',
    description: 'Keeps a memo for this session and lists the memos kept so far',
    inputSchema: form({ memo: text('The memo') }, ['memo']),
  },
  {
    name: 'ledger.lookup',
    title: 'Look up',
    description: 'Finds the balance of an account',
    inputSchema: form({ account: { type: 'string', enum: ['acc-001', 'acc-002', 'acc-003'] } }, ['account']),
  },
]

/** Tools a tester may call, with arguments that work. */
export const SAFE_TOOLS: { name: string; arguments: Json }[] = [
  { name: 'parrot', arguments: { phrase: 'good morning, Zoë' } },
  { name: 'sum_pair', arguments: { left: 2, right: 40 } },
  { name: 'long_haul', arguments: { steps: 6, label: 'round trip' } },
  { name: 'fragile', arguments: { reason: 'by design' } },
  { name: 'gallery', arguments: {} },
  { name: 'jot', arguments: { memo: 'buy milk' } },
]

/** The card as the given revision knows it. */
export function describeTool(card: ToolCard, revision: string): Json {
  const tool: Json = { name: card.name, description: card.description, inputSchema: card.inputSchema }
  if (revision >= '2025-03-26') tool.annotations = { readOnlyHint: card.name !== 'jot', openWorldHint: false }
  if (revision >= '2025-06-18') {
    tool.title = card.title
    tool._meta = { 'org.example.ledger/rank': TOOL_CARDS.indexOf(card) }
    if (card.outputSchema !== undefined) tool.outputSchema = card.outputSchema
  }
  if (revision >= '2025-11-25' && card.name === 'gallery') {
    tool.icons = [{ src: 'data:image/png;base64,iVBORw0KGgo=', mimeType: 'image/png', sizes: ['16x16'], theme: 'dark' }]
  }
  return tool
}
