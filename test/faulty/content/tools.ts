import { setTimeout as pause } from 'node:timers/promises'
import { isObject, Refusal, shapeOf } from '../core/jsonrpc.js'
import { severity } from '../core/session.js'
import type { Json, Reply, Turn } from '../core/types.js'
import { findComplaint } from './arguments.js'
import { CHIRP, PIXEL } from './blobs.js'
import { TOOL_CARDS } from './tool-cards.js'

/** Removes control characters that could drive a terminal. */
export function sanitise(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}

const words = (text: string): Json => ({ type: 'text', text })
const done = (...content: Json[]): Json => ({ content, isError: false })

/** Sends a log message about a call when the level of the session allows it. */
export function tell(turn: Turn, level: string, data: unknown): void {
  const { session } = turn.ex
  if (session === undefined || severity(level) < severity(session.level)) return
  turn.say({ jsonrpc: '2.0', method: 'notifications/message', params: { level, logger: 'trips', data } })
}

function sumPair(turn: Turn, given: Json): Json {
  const total = Number(given.left) + Number(given.right)
  const structured = { total, sign: total > 0 ? 'plus' : total < 0 ? 'minus' : 'zero' }
  const result = done(words(JSON.stringify(structured)))
  if (turn.ex.revision >= '2025-06-18') result.structuredContent = structured
  return result
}

async function longHaul(turn: Turn, given: Json): Promise<Json> {
  const steps = Number(given.steps)
  const meta = isObject(turn.params._meta) ? turn.params._meta : {}
  const token = meta.progressToken
  tell(turn, 'info', { trip: given.label ?? 'unnamed', phase: 'start' })
  for (let step = 1; step <= steps; step += 1) {
    await pause(50, undefined, { signal: turn.signal, ref: false })
    tell(turn, 'debug', { step })
    if (step === Math.ceil(steps / 2)) tell(turn, 'warning', 'half of the way is behind us')
    if (typeof token === 'string' || Number.isInteger(token)) {
      const params: Json = { progressToken: token, progress: step, total: steps }
      if (shapeOf(turn.ex) >= '2025-03-26') params.message = `step ${step}`
      turn.say({ jsonrpc: '2.0', method: 'notifications/progress', params })
    }
  }
  await pause(10, undefined, { signal: turn.signal, ref: false })
  tell(turn, 'notice', { phase: 'arrived' })
  return done(words(`arrived after ${steps} steps: ${sanitise(String(given.label ?? 'unnamed'))}`))
}

function gallery(turn: Turn): Json {
  const revision = shapeOf(turn.ex)
  const marks: Json = { audience: ['user'], priority: 0.5 }
  if (revision >= '2025-06-18') marks.lastModified = '2025-10-01T08:00:00Z'
  const content: Json[] = [
    words('five exhibits'),
    { type: 'image', data: PIXEL, mimeType: 'image/png', annotations: marks },
    {
      type: 'resource',
      resource: { uri: 'ledger:///books/alpha.txt', mimeType: 'text/plain', text: 'Alpha: page one' },
    },
  ]
  if (revision >= '2025-03-26') content.push({ type: 'audio', data: CHIRP, mimeType: 'audio/wav' })
  if (revision >= '2025-06-18') {
    content.push({ type: 'resource_link', uri: 'ledger:///books/logo.png', name: 'logo', mimeType: 'image/png' })
  }
  return done(...content)
}

function jot(turn: Turn, given: Json): Json {
  const memo = sanitise(String(given.memo))
  const memos = turn.ex.session?.memos ?? []
  memos.push(memo)
  if (memos.length > 20) memos.shift()
  return done(words(memos.join('\n')))
}

/** Runs a tool whose arguments have been checked. */
export async function perform(name: string, given: Json, turn: Turn): Promise<Json> {
  switch (name) {
    case 'parrot':
      return done(words(sanitise(String(given.phrase))))
    case 'sum_pair':
      return sumPair(turn, given)
    case 'long_haul':
      return longHaul(turn, given)
    case 'fragile':
      return { content: [words(`it broke: ${sanitise(String(given.reason ?? 'no reason given'))}`)], isError: true }
    case 'gallery':
      return gallery(turn)
    case 'jot':
      return jot(turn, given)
    default:
      return done(words(`balance of ${String(given.account)}: 42.00`))
  }
}

let windowStart = 0
let callsInWindow = 0

function overLimit(): boolean {
  const now = Date.now()
  if (now - windowStart > 1000) {
    windowStart = now
    callsInWindow = 0
  }
  callsInWindow += 1
  return callsInWindow > 5000
}

/** Answers tools/call. */
export async function callTool(turn: Turn): Promise<Reply> {
  const { name, arguments: given = {} } = turn.params
  if (typeof name !== 'string') throw new Refusal(-32602, 'tools/call needs the name of a tool')
  if (!isObject(given)) throw new Refusal(-32602, 'the arguments of a tool are an object')
  const card = TOOL_CARDS.find((candidate) => candidate.name === name)
  if (card === undefined) throw new Refusal(-32602, `there is no tool called ${JSON.stringify(name.slice(0, 60))}`)
  if (overLimit()) return { result: { content: [words('too many calls, slow down')], isError: true } }
  const complaint = findComplaint(card.inputSchema, given)
  if (complaint === undefined) return { result: await perform(name, given, turn) }
  if (turn.ex.revision < '2025-11-25') throw new Refusal(-32602, sanitise(complaint))
  return { result: { content: [words(sanitise(complaint))], isError: true } }
}
