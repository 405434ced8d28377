import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { type Fault, instead, moment, must, nameOf, onNotice, should } from './fault.js'

const note = (method: string, params: Json): Json => ({ jsonrpc: '2.0', method: `notifications/${method}`, params })
const isLong = (turn: Turn): boolean => turn.method === 'tools/call' && nameOf(turn) === 'long_haul'
const tokenOf = (turn: Turn): unknown => (isObject(turn.params._meta) ? turn.params._meta.progressToken : undefined)
const progress =
  (change: (params: Json) => void) =>
  (base: Policy): Partial<Policy> =>
    onNotice(base, 'notifications/progress', (_message, params) => change(params))

/** Gives each session a private variable. */
function memory<T>(): WeakMap<object, T> {
  return new WeakMap<object, T>()
}

/** Faults of progress. */
export const progressFaults: Fault[] = [
  must(
    'progress/constant',
    'progress-monotonic',
    'FS LS',
    'progress stays the same',
    progress((params) => {
      params.progress = 1
    }),
  ),
  must(
    'progress/one-repeat',
    'progress-monotonic',
    'CH',
    'one value is sent twice',
    progress((params) => {
      if (params.progress === 3) params.progress = 2
    }),
  ),
  must(
    'progress/backwards',
    'progress-monotonic',
    'LS',
    'progress counts down',
    progress((params) => {
      params.progress = Number(params.total) - Number(params.progress)
    }),
  ),
  must(
    'progress/token-text',
    'progress-known-token',
    'FS CH',
    'numeric tokens come back as strings',
    progress((params) => {
      params.progressToken = String(params.progressToken)
    }),
  ),
  must(
    'progress/token-number',
    'progress-known-token',
    'LS',
    'tokens of digits come back as numbers',
    progress((params) => {
      if (/^\d+$/.test(String(params.progressToken))) params.progressToken = Number(params.progressToken)
    }),
  ),
  must(
    'progress/token-is-id',
    'progress-known-token',
    'FS',
    'progress carries the request id instead of the token',
    (base) => ({
      outgoing(message, whence) {
        if (message.method !== 'notifications/progress' || whence.turn === undefined)
          return base.outgoing(message, whence)
        return [{ ...message, params: { ...(message.params as Json), progressToken: whence.turn.id } }]
      },
    }),
  ),
  must('progress/token-missing', 'progress-known-token', 'LS', 'progress is sent although no token was given', (base) =>
    instead(base, (turn) => {
      if (isLong(turn) && tokenOf(turn) === undefined) turn.say(note('progress', { progressToken: 0, progress: 1 }))
      return undefined
    }),
  ),
  must(
    'progress/token-of-last',
    'progress-known-token',
    'CH FS',
    'a call without token reports on the token of the last one',
    (base) => {
      const last = memory<unknown>()
      return instead(base, (turn) => {
        const { session } = turn.ex
        if (!isLong(turn) || session === undefined) return undefined
        const token = tokenOf(turn)
        if (token !== undefined) last.set(session, token)
        else if (last.has(session)) turn.say(note('progress', { progressToken: last.get(session), progress: 100 }))
        return undefined
      })
    },
  ),
  must(
    'progress/after-response',
    'progress-stops-at-completion',
    'FS LS',
    'a last progress follows the response',
    (base) => ({
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        const progressToken = tokenOf(turn)
        if (isLong(turn) && progressToken !== undefined) turn.say(note('progress', { progressToken, progress: 1000 }))
      },
    }),
  ),
  must(
    'progress/long-after',
    'progress-stops-at-completion',
    'CH',
    'progress goes on half a second after the response',
    (base) => ({
      async settle(message, turn, send) {
        await base.settle(message, turn, send)
        const progressToken = tokenOf(turn)
        if (!isLong(turn) || progressToken === undefined) return
        await moment(500)
        turn.say(note('progress', { progressToken, progress: 1000 }))
      },
    }),
  ),
  should('progress/flood', 'progress-rate-limited', 'FS', 'hundreds of progress messages at once', (base) =>
    instead(base, (turn) => {
      const progressToken = tokenOf(turn)
      if (!isLong(turn) || progressToken === undefined) return undefined
      for (let step = 1; step <= 900; step += 1) turn.say(note('progress', { progressToken, progress: step / 1000 }))
      return undefined
    }),
  ),
]
