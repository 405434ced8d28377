import { setTimeout as pause } from 'node:timers/promises'
import { isObject } from '../core/jsonrpc.js'
import type { AuthKind, Json, Mode, Policy, Reply, ResponseKind, Turn } from '../core/types.js'

/** One way to run the server, as `mode/response/auth`. */
export type Combo = `${Mode}/${ResponseKind}/${AuthKind}`

/** One fault: the rule it breaks and the override that breaks it. */
export interface Fault {
  id: string
  /** Id of the requirement in the catalogue. */
  requirement: string
  level: 'MUST' | 'SHOULD'
  /** Where it shows; the first entry is where it is measured by default. */
  combos: Combo[]
  summary: string
  change(base: Policy): Partial<Policy>
}

/** Short names of the combinations. */
export const COMBOS = {
  FS: 'stateful/sse/none',
  FJ: 'stateful/json/none',
  LS: 'stateless/sse/none',
  LJ: 'stateless/json/none',
  CH: 'sse/sse/none',
  FJK: 'stateful/json/apikey',
  FSK: 'stateful/sse/apikey',
  LJK: 'stateless/json/apikey',
  CHK: 'sse/sse/apikey',
  FJO: 'stateful/json/oauth',
  FSO: 'stateful/sse/oauth',
  LSO: 'stateless/sse/oauth',
  CHO: 'sse/sse/oauth',
} as const satisfies Record<string, Combo>

type Change = (base: Policy) => Partial<Policy>

function build(level: Fault['level']) {
  return (id: string, requirement: string, where: string, summary: string, change: Change): Fault => {
    const combos = where.split(' ').map((name) => COMBOS[name as keyof typeof COMBOS])
    return { id, requirement, level, combos, summary, change }
  }
}

/** A fault against a MUST or MUST NOT. */
export const must = build('MUST')
/** A fault against a SHOULD or SHOULD NOT. */
export const should = build('SHOULD')

/** Changes every message of one kind on its way out. */
export function mend(
  base: Policy,
  change: (message: Json, turn: Turn | undefined) => Json | Json[] | undefined,
): Partial<Policy> {
  return {
    outgoing(message, whence) {
      return base.outgoing(message, whence).flatMap<Json>((one) => change(structuredClone(one), whence.turn) ?? [])
    },
  }
}

/** Changes responses only. */
export function onResponse(base: Policy, change: (message: Json, turn: Turn) => Json | Json[]): Partial<Policy> {
  return mend(base, (message, turn) => (turn === undefined || 'method' in message ? message : change(message, turn)))
}

/** Changes the result of one method. */
export function onResult(base: Policy, method: string, change: (result: Json, turn: Turn) => void): Partial<Policy> {
  return onResponse(base, (message, turn) => {
    if (turn.method === method && isObject(message.result)) change(message.result, turn)
    return message
  })
}

/** Changes the first item, or all items, of a list result. */
export function onItems(
  base: Policy,
  method: string,
  key: string,
  change: (item: Json, index: number) => void,
): Partial<Policy> {
  return onResult(base, method, (result) => {
    const items = result[key]
    if (Array.isArray(items)) for (const [index, item] of items.entries()) change(item as Json, index)
  })
}

/** Changes the result of one tool. */
export function onTool(base: Policy, tool: string, change: (result: Json, turn: Turn) => void): Partial<Policy> {
  return onResult(base, 'tools/call', (result, turn) => {
    if (turn.params.name === tool) change(result, turn)
  })
}

/** Changes error responses. */
export function onError(
  base: Policy,
  change: (message: Json, error: Json, turn: Turn | undefined) => void,
): Partial<Policy> {
  return mend(base, (message, turn) => {
    if (isObject(message.error)) change(message, message.error, turn)
    return message
  })
}

/** Changes notifications with the given method. */
export function onNotice(base: Policy, method: string, change: (message: Json, params: Json) => void): Partial<Policy> {
  return mend(base, (message) => {
    if (message.method === method) change(message, message.params as Json)
    return message
  })
}

/** Replaces the reply to some requests; undefined leaves the correct one. */
export function instead(base: Policy, make: (turn: Turn) => Reply | undefined): Partial<Policy> {
  return { dispatch: async (turn) => make(turn) ?? base.dispatch(turn) }
}

/** Changes the code of errors of requests that match. */
export function recode(base: Policy, from: number, to: number, matches: (turn: Turn) => boolean): Partial<Policy> {
  return onError(base, (_message, error, turn) => {
    if (turn !== undefined && error.code === from && matches(turn)) error.code = to
  })
}

/** The name member of the parameters. */
export function nameOf(turn: Turn): string {
  return String(turn.params.name)
}

/** A short wait that gives other requests the chance to arrive. */
export function moment(milliseconds = 25): Promise<void> {
  return pause(milliseconds, undefined, { ref: false })
}

/** Changes what initialize declares; what is served stays the same. */
export function declare(base: Policy, change: (capabilities: Json) => Json): Partial<Policy> {
  return onResult(base, 'initialize', (result) => {
    result.capabilities = change(result.capabilities as Json)
  })
}

/** True for a call of the tool. */
export function isCall(turn: Turn, tool: string): boolean {
  return turn.method === 'tools/call' && nameOf(turn) === tool
}
