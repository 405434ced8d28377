import { isObject } from '../../core/jsonrpc.js'
import type { AuthKind, Json, Reply } from '../../core/types.js'
import type { Objection, Policy, ResponseKind, Turn } from '../types.js'

/** One way to run the server, as `modern/response/auth`. */
export type ModernCombo = `modern/${ResponseKind}/${AuthKind}`

/** One fault: the rule it breaks and the override that breaks it. */
export interface ModernFault {
  id: string
  /** Id of the requirement in the catalogue. */
  requirement: string
  level: 'MUST' | 'SHOULD'
  /** Where it shows; the first entry is where it is measured by default. */
  combos: ModernCombo[]
  summary: string
  change: Change
}

/** Short names of the combinations: how it answers, then what guards it. */
export const COMBOS = {
  J: 'modern/json/none',
  S: 'modern/sse/none',
  M: 'modern/mixed/none',
  JK: 'modern/json/apikey',
  MK: 'modern/mixed/apikey',
  SO: 'modern/sse/oauth',
} as const satisfies Record<string, ModernCombo>

type Change = (base: Policy) => Partial<Policy>
type Look = (message: Json, turn: Turn | undefined) => Json | Json[] | undefined

const ofLevel =
  (level: ModernFault['level']) =>
  (id: string, requirement: string, where: string, summary: string, change: Change): ModernFault => ({
    ...{ id, requirement, level, summary, change },
    combos: where.split(' ').map((name) => COMBOS[name as keyof typeof COMBOS]),
  })

/** A fault against a MUST or MUST NOT. */
export const must = ofLevel('MUST')
/** A fault against a SHOULD or SHOULD NOT. */
export const should = ofLevel('SHOULD')

/** Changes messages on their way out. */
export const sent =
  (look: Look): Change =>
  (base) => ({
    outgoing: (message, turn) =>
      base.outgoing(message, turn).flatMap<Json>((one) => look(structuredClone(one), turn) ?? []),
  })

/** Changes results, of one method or of all. */
export const result = (method: string | undefined, change: (result: Json, turn: Turn) => void): Change =>
  sent((message, turn) => {
    const fits = turn !== undefined && (method === undefined || turn.method === method)
    if (fits && isObject(message.result)) change(message.result, turn)
    return message
  })

/** Changes what one tool gives back. */
export const ofTool = (tool: string, change: (result: Json, turn: Turn) => void): Change =>
  result('tools/call', (one, turn) => {
    if (turn.params.name === tool) change(one, turn)
  })

/** Changes the listing of one tool. */
export const listing = (tool: string, change: (card: Json) => void): Change =>
  result('tools/list', ({ tools }) => {
    for (const card of tools as Json[]) if (card.name === tool) change(card)
  })

/** Changes errors. */
export const failure = (change: (error: Json, turn: Turn | undefined, message: Json) => void): Change =>
  sent((message, turn) => {
    if (isObject(message.error)) change(message.error, turn, message)
    return message
  })

/** Changes notifications of one method. */
export const notice = (method: string, change: (params: Json, turn: Turn, message: Json) => void): Change =>
  sent((message, turn) => {
    if (message.method === method && turn !== undefined) change(message.params as Json, turn, message)
    return message
  })

/** Replaces the reply to some requests; undefined leaves the correct one. */
export const instead =
  (make: (turn: Turn) => Reply | undefined): Change =>
  (base) => ({ dispatch: async (turn) => make(turn) ?? base.dispatch(turn) })

/** Changes what a request looks like to its method. */
export const seenAs =
  (change: (turn: Turn) => Partial<Turn>): Change =>
  (base) => ({ dispatch: (turn) => base.dispatch({ ...turn, ...change(turn) }) })

type Gate = 'metaFault' | 'versionFault' | 'methodFault' | 'nameFault'

/** Lets some objections of one check pass. */
export const lenient =
  (gate: Gate, pass: (found: Objection, turn: Turn) => boolean): Change =>
  (base) => ({
    [gate](turn: Turn) {
      const found = base[gate](turn)
      return found !== undefined && pass(found, turn) ? undefined : found
    },
  })

/** Changes what one check objects to. */
export const strict =
  (gate: Gate, change: (found: Objection | undefined, turn: Turn) => Objection | undefined): Change =>
  (base) => ({ [gate]: (turn: Turn) => change(base[gate](turn), turn) })

/** Two changes, one on top of the other. */
export const both =
  (first: Change, second: Change): Change =>
  (base) => {
    const below = first(base)
    return { ...below, ...second({ ...base, ...below }) }
  }

/** True for a call of the tool. */
export const calls = (turn: Turn | undefined, tool: string): boolean =>
  turn?.method === 'tools/call' && turn.params.name === tool
