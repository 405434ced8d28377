import { withFreeText } from '../protocol/arguments.js'
import { isObject, parseJson } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { answersTo } from './answers.js'
import type { Client } from './client.js'
import { advise, describe, expect, notApplicable, notTestable } from './expect.js'
import { callAble, type InputRequired, questionOf, requestsOf } from './input-required.js'
import { askAnew, completedRounds, isTaken, nameOfCall, retry } from './rounds.js'
import type { ServedCall } from './served-calls.js'

/** A requestState that somebody has changed. */
export interface AlteredState {
  what: string
  state: string
  /** True where the state shows a part that looks like its signature, which no longer fits. */
  signed: boolean
}

/** The most values inside a readable state that are changed, one at a time. */
const mostValues = 6

/** A signature is no shorter, in characters. */
const leastSignature = 16

/**
 * A state in forms its server never gave: characters changed, cut, extended, the signature changed or left out, values changed inside what
 * is only encoded. `mark` stands in the place of texts.
 */
export function alteredStates(state: string, mark: string): AlteredState[] {
  const parts = state.split('.')
  const signature = parts.at(-1)!
  const signed = parts.length > 1 && signature.length >= leastSignature
  const front = parts.slice(0, -1).join('.')
  const atSignature = [
    { what: 'its signature changed', state: `${front}.${flipped(signature, 0.5)}` },
    { what: 'no signature', state: front },
    { what: 'an empty signature', state: `${front}.` },
  ]
  const inside = parts.flatMap((part, place) =>
    valuesChanged(part, mark).map((changed) => ({
      what: 'a value in it changed',
      state: parts.map((one, other) => (other === place ? changed : one)).join('.'),
    })),
  )
  const plain = [0.25, 0.5, 0.75].map((share) => ({ what: 'a character changed', state: flipped(state, share) }))
  return [
    ...inside.map((one) => ({ ...one, signed })),
    ...(signed ? atSignature.map((one) => ({ ...one, signed })) : []),
    ...plain.map((one) => ({ ...one, signed })),
    { what: 'its half cut off', state: state.slice(0, Math.ceil(state.length / 2)), signed },
    { what: 'something added', state: `${state}${mark}`, signed: false },
  ].filter((one) => one.state !== state)
}

function flipped(text: string, share: number): string {
  const at = Math.floor(text.length * share)
  const to = /[a-z]/.test(text[at] ?? '') ? (text[at] === 'k' ? 'q' : 'k') : text[at] === '7' ? '4' : '7'
  return text.slice(0, at) + to + text.slice(at + 1)
}

/** JSON, or JSON in base64, with one value changed at a time. */
function valuesChanged(part: string, mark: string): string[] {
  const open = parseJson(part)
  const decoded = isObject(open) ? open : parseJson(Buffer.from(part, 'base64').toString())
  if (!isObject(decoded)) return []
  const changed = [...changes(decoded, mark)].slice(0, mostValues).map((value) => JSON.stringify(value))
  if (isObject(open)) return changed
  return changed.map((text) => Buffer.from(text).toString(/[+/=]/.test(part) ? 'base64' : 'base64url'))
}

function* changes(value: unknown, mark: string): Generator<unknown> {
  if (typeof value === 'string') yield mark
  if (typeof value === 'number') yield value + 1
  if (typeof value === 'boolean') yield !value
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value))
    for (const other of changes(member, mark))
      yield Array.isArray(value)
        ? value.map((one, at) => (String(at) === name ? other : one))
        : { ...value, [name]: other }
}

/**
 * Retries with altered states: none may be taken. Where the alteration shows in the result, or breaks what looks like a signature while
 * made-up states are refused, that is a violation; else a warning, since the text excuses servers to whom the state means nothing.
 */
export async function tamperWithState(client: Client): Promise<void> {
  let judged = 0
  for (const { call } of await completedRounds(client)) {
    for (const asked of await statesOf(client, call)) {
      judged++
      const mark = client.canary()
      const looks = !isTaken(await retry(client, asked, { state: mark }), asked)
      const altered = alteredStates(asked.result.requestState, mark)
      const tried = altered.map(async (one) => ({ ...one, reply: await retry(client, asked, { state: one.state }) }))
      for (const { what, signed, reply } of await Promise.all(tried)) {
        if (!isTaken(reply, asked)) continue
        const shown = JSON.stringify(reply.response ?? null).includes(mark)
        const words = `${nameOfCall(call)} goes on with a state that has ${what}`
        expect(!shown && !(looks && signed), words, 'an error, or the questions again', describe(reply))
        advise(false, words, 'an error, or the questions again', describe(reply))
      }
    }
  }
  if (judged === 0) notApplicable('no call that asks for input gives a requestState')
}

/** The call with a state as it is first given, and with one that holds the answer to its first question. */
export async function statesOf(client: Client, call: ServedCall): Promise<InputRequired[]> {
  const first = await askAnew(client, call)
  const [key] = requestsOf(first.result).map((request) => request.key)
  const only = key === undefined ? {} : { [key]: answersTo(first.result)[key] }
  const several = requestsOf(first.result).length > 1
  const second = several ? questionOf({ ...first, reply: await retry(client, first, { responses: only }) }) : undefined
  return [first, ...(second ? [second] : [])].filter(({ result }) => typeof result.requestState === 'string')
}

/** Retries whose state was given for another request: with other arguments, or for another call that asks as well. */
export async function replaysOfState(client: Client): Promise<{ what: string; taken: boolean; reply: Reply }[]> {
  const found: { what: string; taken: boolean; reply: Reply }[] = []
  const rounds = await completedRounds(client)
  let states = 0
  for (const { call } of rounds) {
    const asked = await askAnew(client, call)
    if (typeof asked.result.requestState !== 'string') continue
    states++
    const others = rounds.map((one) => one.call).filter((one) => nameOfCall(one) !== nameOfCall(call))
    for (const other of [...(await variantsOf(client, call)), ...others]) {
      const target = questionOf(await callAble(client, other))
      if (!target) continue
      const reply = await retry(client, target, { state: asked.result.requestState })
      const what = `${nameOfCall(other)} with the state of another call`
      found.push({ what, taken: isTaken(reply, target), reply })
    }
  }
  if (states === 0) notApplicable('no call that asks for input gives a requestState')
  if (found.length === 0) notTestable('no other call, and no other arguments, lead to questions')
  return found
}

/** The call with other arguments: those of the operator for the same tool, or one free text changed. */
async function variantsOf(client: Client, call: ServedCall): Promise<ServedCall[]> {
  if (call.method !== 'tools/call') return []
  const { tools } = await client.survey()
  const schema = tools.find(({ name }) => name === call.params?.name)?.inputSchema
  const own = isObject(call.params?.arguments) ? call.params.arguments : {}
  const given = client.tools.filter((one) => one.name === call.params?.name).map((one) => one.arguments)
  const variants = [...given, ...withFreeText(schema, own, 'Gauntlet').map((one) => one.arguments)]
  const others = variants.filter((one) => JSON.stringify(one) !== JSON.stringify(own))
  return others.map((args) => ({ method: call.method, params: { ...call.params, arguments: args } }))
}
