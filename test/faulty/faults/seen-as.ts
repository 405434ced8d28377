import type { Json, Policy, Turn } from '../core/types.js'
import { onResponse } from './fault.js'

/** Shows a method other parameters than were sent. */
export const seenAs =
  (change: (turn: Turn) => Json | undefined) =>
  (base: Policy): Partial<Policy> => ({
    dispatch: (turn) => base.dispatch({ ...turn, params: change(turn) ?? turn.params }),
  })

/** The arguments of a call. */
export const argumentsOf = ({ params }: Turn): Json => (params.arguments ?? {}) as Json
/** The parameters of a call with other arguments. */
export const withArguments = (turn: Turn, given: Json): Json => ({ ...turn.params, arguments: given })
/** The number a text stands for, or the value as it is. */
export const number = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value

/** Changes ids of text in responses. */
export const textIds = (change: (id: string) => string) => (base: Policy) =>
  onResponse(base, (message) => (typeof message.id === 'string' ? { ...message, id: change(message.id) } : message))
