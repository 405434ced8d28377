import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { isObject, Refusal } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import { takesForms } from './meta.js'
import type { Turn } from './types.js'

const LIFETIME = 120_000
const QUESTIONS: Record<string, { message: string; field: string; schema: Json; fits(value: unknown): boolean }> = {
  guest: {
    message: 'On which name?',
    field: 'name',
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    fits: (value) => typeof value === 'string' && value.length > 0 && value.length <= 80,
  },
  seats: {
    message: 'How many seats?',
    field: 'seats',
    schema: { type: 'integer', minimum: 1, maximum: 12 },
    fits: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 12,
  },
}

const digest = (turn: Turn): string =>
  createHash('sha256')
    .update(JSON.stringify([turn.method, turn.params.name, turn.params.arguments]))
    .digest('hex')

const sign = (turn: Turn, body: string): string =>
  createHmac('sha256', turn.visit.world.secret).update(body).digest('base64url')

/** Packs what is known so far, bound to the caller, the request and a short time. */
export function seal(turn: Turn, known: Json): string {
  const state = { sub: turn.visit.subject, request: digest(turn), until: Date.now() + LIFETIME, known }
  const body = Buffer.from(JSON.stringify(state)).toString('base64url')
  return `${body}.${sign(turn, body)}`
}

/** Which parts of the check of requestState to leave out. */
export interface Slack {
  seal?: boolean
  subject?: boolean
  request?: boolean
}

/** Opens requestState; undefined when it does not belong here. */
export function unseal(turn: Turn, state: unknown, slack: Slack = {}): Json | undefined {
  if (typeof state !== 'string' || !/^[\w-]+\.[\w-]+$/.test(state)) return undefined
  const [body = '', seal = ''] = state.split('.')
  const wanted = Buffer.from(sign(turn, body))
  const given = Buffer.from(seal)
  if (!slack.seal && (wanted.length !== given.length || !timingSafeEqual(wanted, given))) return undefined
  try {
    const plain: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
    if (!isObject(plain) || Number(plain.until) < Date.now()) return undefined
    if (!slack.subject && plain.sub !== turn.visit.subject) return undefined
    if (!slack.request && plain.request !== digest(turn)) return undefined
    return isObject(plain.known) ? plain.known : undefined
  } catch {
    return undefined
  }
}

/** The elicitation of one question. */
export function question(key: string): Json {
  const { message = '', field = '', schema = {} } = QUESTIONS[key] ?? {}
  const requestedSchema = { type: 'object', properties: { [field]: schema }, required: [field] }
  return { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema } }
}

function take(known: Json, key: string, answer: unknown): boolean {
  const rule = QUESTIONS[key]
  if (rule === undefined) return true
  if (!isObject(answer) || !['accept', 'decline', 'cancel'].includes(String(answer.action))) {
    throw new Refusal(-32602, `the answer to ${key} is not a result of an elicitation`)
  }
  if (answer.action !== 'accept') return false
  const value = isObject(answer.content) ? answer.content[rule.field] : undefined
  if (!rule.fits(value)) throw new Refusal(-32602, `the answer to ${key} does not fit its schema`)
  known[key] = value
  return true
}

/** Books a table, asking for what is missing. */
export function bookTable(turn: Turn): Json {
  const { requestState, inputResponses } = turn.params
  const known: Json = {}
  if (requestState !== undefined) {
    const opened = turn.visit.world.policy.unseal(turn, requestState)
    if (opened === undefined) throw new Refusal(-32602, 'this requestState was not issued for this request')
    Object.assign(known, opened)
  }
  if (inputResponses !== undefined && !isObject(inputResponses)) throw new Refusal(-32602, 'inputResponses is a map')
  const answers = requestState === undefined ? {} : (inputResponses ?? {})
  const words = (text: string): Json[] => [{ type: 'text', text }]
  for (const [key, answer] of Object.entries(answers as Json)) {
    if (!take(known, key, answer)) return { content: words('nothing was booked'), isError: true }
  }
  const missing = Object.keys(QUESTIONS).filter((key) => known[key] === undefined)
  if (missing.length === 0) return { content: words(`booked ${known.seats} seats for ${known.guest}`), isError: false }
  if (!takesForms(turn)) {
    const data = { requiredCapabilities: { elicitation: { form: {} } } }
    throw new Refusal(-32021, 'this tool asks questions in forms', data)
  }
  const inputRequests = Object.fromEntries(missing.map((key) => [key, question(key)]))
  return { resultType: 'input_required', inputRequests, requestState: seal(turn, known) }
}
