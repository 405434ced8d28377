import { setTimeout as pause } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { CHIRP, PIXEL } from '../content/blobs.js'
import { sanitise } from '../content/tools.js'
import { isObject, Refusal } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import { bookTable } from './asking.js'
import { CARDS, type Card } from './cards.js'
import { KEY, LEVELS } from './meta.js'
import { ALPHA } from './resources.js'
import type { Turn } from './types.js'

const ajv = new Ajv2020({ strict: false })
const checks = new Map(CARDS.map((card) => [card.name, ajv.compile(card.inputSchema)]))
const words = (text: string): Json => ({ type: 'text', text })
const done = (...content: Json[]): Json => ({ content, isError: false })

/** Sends a log message when the request asked for messages of its level. */
export function tell(turn: Turn, level: string, data: unknown): void {
  const wanted = turn.meta[KEY.level]
  if (wanted === undefined || LEVELS.indexOf(level) < LEVELS.indexOf(String(wanted))) return
  turn.say({ jsonrpc: '2.0', method: 'notifications/message', params: { level, logger: 'trips', data } })
}

/** Sends a progress notification when the request asked for it. */
export function advance(turn: Turn, progress: number, total: number): void {
  const { progressToken } = turn.meta
  if (progressToken === undefined) return
  const params = { progressToken, progress, total, message: `step ${progress}` }
  turn.say({ jsonrpc: '2.0', method: 'notifications/progress', params })
}

async function longHaul(turn: Turn, given: Json): Promise<Json> {
  const steps = Number(given.steps)
  turn.open()
  tell(turn, 'info', { phase: 'start' })
  for (let step = 1; step <= steps; step += 1) {
    await pause(50, undefined, { signal: turn.signal, ref: false })
    tell(turn, 'debug', { step })
    advance(turn, step, steps)
  }
  tell(turn, 'warning', { phase: 'end' })
  return done(words(`went ${steps} steps`))
}

function gallery(): Json {
  const annotations = { audience: ['user'], priority: 0.5, lastModified: '2026-08-01T08:00:00Z' }
  return done(
    words('five exhibits'),
    { type: 'image', data: PIXEL, mimeType: 'image/png', annotations },
    { type: 'audio', data: CHIRP, mimeType: 'audio/wav' },
    { type: 'resource_link', uri: ALPHA, name: 'alpha.txt', mimeType: 'text/plain' },
    { type: 'resource', resource: { uri: ALPHA, mimeType: 'text/plain', text: 'Alpha: page one' } },
  )
}

function sumPair(given: Json): Json {
  const total = Number(given.left) + Number(given.right)
  const structuredContent = { total, sign: total > 0 ? 'plus' : total < 0 ? 'minus' : 'zero' }
  return { ...done(words(JSON.stringify(structuredContent))), structuredContent }
}

function stir(turn: Turn): Json {
  for (const listener of turn.visit.world.listeners) {
    listener.listChanged()
    listener.updated(ALPHA)
  }
  return done(words('stirred'))
}

/** Runs a tool whose arguments have been checked. */
export async function perform(name: string, given: Json, turn: Turn): Promise<Json> {
  switch (name) {
    case 'parrot':
      return done(words(sanitise(String(given.phrase))))
    case 'sum_pair':
      return sumPair(given)
    case 'long_haul':
      return longHaul(turn, given)
    case 'dispatch_parcel':
      return done(words(sanitise(`sent ${given.weight} kg to ${given.region}`)))
    case 'book_table':
      return bookTable(turn)
    case 'gallery':
      return gallery()
    case 'stir':
      return stir(turn)
    default:
      return { content: [words(`it broke: ${sanitise(String(given.reason ?? 'no reason given'))}`)], isError: true }
  }
}

/** The tool a call names. */
export function cardOf(params: Json): Card | undefined {
  return CARDS.find((card) => card.name === params.name)
}

/** Answers tools/call. */
export async function callTool(turn: Turn): Promise<Json> {
  const { name, arguments: given = {} } = turn.params
  if (typeof name !== 'string') throw new Refusal(-32602, 'tools/call needs the name of a tool')
  if (!isObject(given)) throw new Refusal(-32602, 'the arguments of a tool are an object')
  const check = cardOf(turn.params) && checks.get(name)
  if (check === undefined) throw new Refusal(-32602, `there is no tool called ${JSON.stringify(name.slice(0, 60))}`)
  if (check(given)) return perform(name, given, turn)
  return { content: [words(sanitise(ajv.errorsText(check.errors)))], isError: true }
}
