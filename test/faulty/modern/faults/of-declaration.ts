import type { Json } from '../../core/types.js'
import type { Policy, Turn } from '../types.js'
import { failure, result } from './fault.js'

/** The reply to a method that does not exist. */
export const unknown = { error: { code: -32601, message: 'Method not found' } }
/** A block of text. */
export const text = (words: string): Json => ({ type: 'text', text: words })

/** Serves a capability without declaring it. */
export const undeclared =
  (...names: string[]) =>
  (base: Policy): Partial<Policy> => ({
    capabilities: (world) =>
      Object.fromEntries(Object.entries(base.capabilities(world)).filter(([name]) => !names.includes(name))),
  })

/** Lets one list lose its last item on connections that called a tool before. */
export const thinner =
  (method: string, key: string) =>
  (base: Policy): Partial<Policy> => {
    const busy = new WeakSet<object>()
    return {
      async dispatch(turn) {
        const { socket } = turn.visit.req
        const reply = await base.dispatch(turn)
        if (turn.method === 'tools/call') busy.add(socket)
        if (turn.method !== method || !busy.has(socket) || !('result' in reply)) return reply
        return { result: { ...reply.result, [key]: (reply.result[key] as Json[]).slice(1) } }
      },
    }
  }

/** Changes the code of errors of some requests. */
export const recoded = (from: number, to: number, fits: (turn: Turn) => boolean) =>
  failure((error, turn) => {
    if (turn !== undefined && error.code === from && fits(turn)) error.code = to
  })

/** Changes each part of what is read. */
export const reads = (change: (one: Json) => void) =>
  result('resources/read', (one) => {
    for (const part of one.contents as Json[]) change(part)
  })
