import { isObject } from '../core/jsonrpc.js'
import type { Session } from '../core/session.js'
import type { Json, Policy, Reply, Turn } from '../core/types.js'

const PATIENCE = 4000
/** What a model may say. */
const KINDS = new Set<unknown>(['text', 'image', 'audio', 'tool_use'])
const words = (text: string, isError = false): Reply => ({ result: { content: [{ type: 'text', text }], isError } })

/** Tools that ask the client for something while they run. */
export const ASKING_TOOLS = [
  { name: 'ask_guest', arguments: { day: 'friday' } },
  { name: 'ask_model', arguments: { about: 'wine' } },
  { name: 'ask_roots', arguments: {} },
]

const CARDS: Json[] = [
  {
    name: 'ask_guest',
    description: 'Asks for a name',
    inputSchema: { type: 'object', properties: { day: { type: 'string' } } },
  },
  {
    name: 'ask_model',
    description: 'Asks a model',
    inputSchema: { type: 'object', properties: { about: { type: 'string' } } },
  },
  { name: 'ask_roots', description: 'Asks for the folders', inputSchema: { type: 'object' } },
]

interface Question {
  capability: string
  method: string
  params: Json
}

/** What each tool asks; a fault changes it. */
export function questionOf(name: unknown, turn: Turn): Question | undefined {
  const { revision } = turn.ex
  if (name === 'ask_guest' && revision >= '2025-06-18') {
    const schema = { type: 'object', properties: { name: { type: 'string', title: 'Name' } }, required: ['name'] }
    return {
      capability: 'elicitation',
      method: 'elicitation/create',
      params: { message: 'On which name?', requestedSchema: schema },
    }
  }
  if (name === 'ask_model') {
    const messages = [{ role: 'user', content: { type: 'text', text: 'Suggest a wine' } }]
    return { capability: 'sampling', method: 'sampling/createMessage', params: { messages, maxTokens: 20 } }
  }
  return name === 'ask_roots' ? { capability: 'roots', method: 'roots/list', params: {} } : undefined
}

/** Knobs of a server that asks. */
export interface Asking {
  question(name: unknown, turn: Turn): Question | undefined
  id(count: number): unknown
  /** Milliseconds until it gives up. */
  patience: number
  /** Tells the client that it gave up. */
  gaveUp(turn: Turn, id: unknown): void
  /** True when the answer may be used. */
  fits(question: Question, answer: Json): boolean
  /** Runs when an answer comes that nobody waits for. */
  late(session: Session): void
}

/** A server that gives up in time and says so. */
export const carefully: Asking = {
  question: questionOf,
  id: (count) => `ask-${count}`,
  patience: PATIENCE,
  gaveUp: (turn, id) =>
    turn.say({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: id, reason: 'no answer in time' },
    }),
  fits({ capability }, { result }) {
    if (!isObject(result)) return false
    if (capability === 'roots') return Array.isArray(result.roots)
    if (capability === 'sampling') {
      const blocks = [result.content].flat()
      return blocks.every(
        (block) =>
          isObject(block) && (block.type !== 'text' || typeof block.text === 'string') && KINDS.has(block.type),
      )
    }
    return result.action !== 'accept' || (isObject(result.content) && typeof result.content.name === 'string')
  },
  late: () => undefined,
}

/** Whether that capability lets the client be asked; one that names URLs alone takes no forms. */
function takes(capability: unknown): boolean {
  return isObject(capability) && ('form' in capability || !('url' in capability))
}

/** Adds the tools that ask. */
export function asking(how: Partial<Asking> = {}) {
  const plan: Asking = { ...carefully, ...how }
  return (base: Policy): Partial<Policy> => {
    const able = new WeakMap<Session, Json>()
    const open = new Map<string, (answer: Json) => void>()
    let count = 0
    const ask = async (turn: Turn, question: Question): Promise<Reply> => {
      count += 1
      const id = plan.id(count)
      const key = `${turn.ex.session?.id}:${JSON.stringify(id)}`
      const answer = new Promise<Json | undefined>((resolve) => {
        open.set(key, resolve)
        setTimeout(() => resolve(undefined), plan.patience).unref()
        turn.signal.addEventListener('abort', () => resolve(undefined))
      })
      turn.say({ jsonrpc: '2.0', id, method: question.method, params: question.params })
      const given = await answer
      open.delete(key)
      if (given === undefined) {
        plan.gaveUp(turn, id)
        return words('nobody answered', true)
      }
      if (isObject(given.error)) return words('the client refused', true)
      if (!plan.fits(question, given)) return words('this answer does not fit', true)
      return words('thank you')
    }
    return {
      facts: { ...base.facts, safeTools: [...base.facts.safeTools, ...ASKING_TOOLS] },
      classify(raw, ex) {
        const item = base.classify(raw, ex)
        if (item.kind !== 'response') return item
        const session = ex.session ?? ex.world.sessions.get(String(ex.req.headers['mcp-session-id']))
        const waiting = open.get(`${session?.id}:${JSON.stringify(item.id)}`)
        if (waiting !== undefined) waiting(raw as Json)
        else if (session !== undefined && String(item.id).startsWith('ask-')) plan.late(session)
        return item
      },
      async dispatch(turn) {
        const { session } = turn.ex
        if (turn.method === 'initialize') {
          if (session !== undefined && isObject(turn.params.capabilities)) able.set(session, turn.params.capabilities)
          return base.dispatch(turn)
        }
        const { name } = turn.params
        if (turn.method === 'tools/call' && CARDS.some((card) => card.name === name)) {
          const question = plan.question(name, turn)
          const mine = session === undefined ? {} : (able.get(session) ?? {})
          if (question === undefined || !takes(mine[question.capability]))
            return words('the client cannot be asked', true)
          return ask(turn, question)
        }
        const reply = await base.dispatch(turn)
        if (turn.method === 'tools/list' && 'result' in reply && reply.result.nextCursor === undefined) {
          return { result: { ...reply.result, tools: [...(reply.result.tools as Json[]), ...CARDS] } }
        }
        return reply
      },
    }
  }
}
