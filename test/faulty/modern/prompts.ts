import { CHIRP, PIXEL } from '../content/blobs.js'
import { sanitise } from '../content/tools.js'
import { isObject, Refusal } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import { ACCOUNTS, ALPHA } from './resources.js'
import type { Turn } from './types.js'

/** The prompts. */
export const PROMPTS: Json[] = [
  {
    name: 'letter',
    title: 'Letter',
    arguments: [
      { name: 'to', description: 'Who gets it', required: true },
      { name: 'tone', description: 'How it sounds' },
    ],
  },
  { name: 'poster', description: 'Words, a picture, a sound and a book' },
  { name: 'recap', description: 'A short one' },
  { name: 'tally', description: 'Another short one' },
]

const STYLES = ['formal', 'friendly', 'frosty']
const says = (content: Json): Json => ({ role: 'user', content })

/** Answers prompts/get. */
export function getPrompt({ params }: Turn): Json {
  const prompt = PROMPTS.find(({ name }) => name === params.name)
  if (prompt === undefined) throw new Refusal(-32602, 'there is no such prompt')
  const given = params.arguments ?? {}
  if (!isObject(given) || Object.values(given).some((value) => typeof value !== 'string')) {
    throw new Refusal(-32602, 'the arguments of a prompt are strings')
  }
  if (params.name === 'letter') {
    if (given.to === undefined) throw new Refusal(-32602, 'the argument "to" is required')
    const tone = String(given.tone ?? 'friendly')
    return { messages: [says({ type: 'text', text: sanitise(`Write a ${tone} letter to ${given.to}`) })] }
  }
  if (params.name !== 'poster') return { messages: [says({ type: 'text', text: 'Keep it short' })] }
  return {
    messages: [
      says({ type: 'image', data: PIXEL, mimeType: 'image/png' }),
      says({ type: 'audio', data: CHIRP, mimeType: 'audio/wav' }),
      says({ type: 'resource', resource: { uri: ALPHA, mimeType: 'text/plain', text: 'Alpha: page one' } }),
    ],
  }
}

function pool(ref: Json, argument: unknown): string[] {
  if (ref.type === 'ref/prompt') {
    const prompt = PROMPTS.find(({ name }) => name === ref.name)
    if (prompt === undefined) throw new Refusal(-32602, 'there is no such prompt')
    return ref.name === 'letter' && argument === 'tone' ? STYLES : []
  }
  if (ref.type !== 'ref/resource' || typeof ref.uri !== 'string') throw new Refusal(-32602, 'this ref is of no kind')
  if (!ref.uri.startsWith('ledger:///')) throw new Refusal(-32602, 'there is no such template')
  return ref.uri.includes('{account}') && argument === 'account' ? ACCOUNTS : []
}

/** Answers completion/complete. */
export function complete({ params }: Turn): Json {
  const { ref, argument } = params
  if (!isObject(ref)) throw new Refusal(-32602, 'ref is needed')
  if (!isObject(argument) || typeof argument.name !== 'string' || typeof argument.value !== 'string') {
    throw new Refusal(-32602, 'argument has a name and a value')
  }
  const { value } = argument
  const all = pool(ref, argument.name).filter((one) => one.startsWith(value))
  return { completion: { values: all.slice(0, 100), total: all.length, hasMore: all.length > 100 } }
}
