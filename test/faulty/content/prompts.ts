import { isObject, Refusal, shapeOf } from '../core/jsonrpc.js'
import type { Json, Turn } from '../core/types.js'
import { CHIRP, PIXEL } from './blobs.js'
import { ACCOUNTS } from './resources.js'
import { sanitise } from './tools.js'

const BOOK_NAMES = ['alpha', 'beta', 'gamma']

/** The prompts. */
export function describePrompts(revision: string): Json[] {
  const summary: Json = {
    name: 'summarise_book',
    description: 'Asks for a summary of a book',
    arguments: [
      { name: 'book', description: 'Which book', required: true },
      { name: 'tone', description: 'How to sound', required: false },
    ],
  }
  if (revision >= '2025-06-18') summary.title = 'Summarise a book'
  return [summary, { name: 'poster', description: 'Shows a poster' }, { name: 'greeting', description: 'Says hello' }]
}

function poster(revision: string): Json[] {
  const messages: Json[] = [
    { role: 'user', content: { type: 'image', data: PIXEL, mimeType: 'image/png' } },
    {
      role: 'assistant',
      content: {
        type: 'resource',
        resource: { uri: 'ledger:///books/alpha.txt', mimeType: 'text/plain', text: 'Alpha: page one' },
      },
    },
  ]
  if (revision >= '2025-03-26') {
    messages.push({ role: 'user', content: { type: 'audio', data: CHIRP, mimeType: 'audio/wav' } })
  }
  return messages
}

/** Answers prompts/get. */
export function getPrompt(turn: Turn): Json {
  const { name, arguments: given = {} } = turn.params
  const card = describePrompts(turn.ex.revision).find((prompt) => prompt.name === name)
  if (typeof name !== 'string' || card === undefined) throw new Refusal(-32602, 'no prompt goes by that name')
  if (!isObject(given)) throw new Refusal(-32602, 'prompt arguments are an object')
  for (const value of Object.values(given)) {
    if (typeof value !== 'string' || value.length > 4000)
      throw new Refusal(-32602, 'prompt arguments are short strings')
  }
  if (name === 'poster') return { messages: poster(shapeOf(turn.ex)) }
  if (name === 'greeting') return { messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }] }
  if (given.book === undefined) throw new Refusal(-32602, 'the argument book is missing')
  const text = `Summarise ${sanitise(String(given.book))} in a ${sanitise(String(given.tone ?? 'neutral'))} tone`
  return { description: 'Summary of a book', messages: [{ role: 'user', content: { type: 'text', text } }] }
}

function candidates(ref: Json, argument: unknown): string[] {
  if (ref.type === 'ref/prompt') {
    if (ref.name !== 'summarise_book') throw new Refusal(-32602, 'no such prompt takes arguments')
    if (argument === 'book') return BOOK_NAMES
    if (argument === 'tone') return ['neutral', 'nice', 'noble']
  } else if (ref.type === 'ref/resource') {
    if (ref.uri === 'ledger:///accounts/{account}') {
      if (argument === 'account') return ACCOUNTS
    } else if (ref.uri !== 'ledger:///entries/{year}/{number}') {
      throw new Refusal(-32602, 'no such resource template')
    } else if (argument === 'year' || argument === 'number') return []
  } else throw new Refusal(-32602, 'ref has to be a prompt or a resource')
  throw new Refusal(-32602, 'there is no such argument')
}

/** Answers completion/complete. */
export function complete(turn: Turn): Json {
  const { ref, argument } = turn.params
  if (!isObject(ref) || !isObject(argument)) throw new Refusal(-32602, 'ref and argument are required')
  if (typeof argument.value !== 'string' || argument.value.length > 4000) {
    throw new Refusal(-32602, 'argument.value has to be a string')
  }
  const prefix = argument.value
  const values = candidates(ref, argument.name).filter((value) => value.startsWith(prefix))
  return { completion: { values: values.slice(0, 100), total: values.length, hasMore: values.length > 100 } }
}
