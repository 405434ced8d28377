import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { CallOptions } from '../wire/session.js'
import { answersTo, type InputResponses } from './answers.js'
import type { Client } from './client.js'
import { throttled } from './crash.js'
import { assume } from './expect.js'
import { ableClient, callAble, type InputRequired, needQuestions, questionOf, requestsOf } from './input-required.js'
import type { ServedCall } from './served-calls.js'

/** A call over all its rounds. */
export interface Rounds {
  call: ServedCall
  /** The questions of each round. */
  questions: [InputRequired, ...InputRequired[]]
  /** What came when all was answered, or after the last round that was played. */
  last: Reply
}

/** What stands in a retry: what is left out is what a good client sends. */
export interface Retry {
  responses?: unknown
  /** `null` leaves it out. */
  state?: unknown
  /** Other params of the call itself. */
  params?: Record<string, unknown>
}

/** A server may ask again and again. */
const mostRounds = 4

/** Sends a call again with answers to its questions and with its state, under a new id. Spec: 2026-07-28/basic/patterns/mrtr. */
export function retry(client: Client, asked: InputRequired, change: Retry = {}, options?: CallOptions): Promise<Reply> {
  return client.request(asked.method, retryParams(asked, change), {
    ...options,
    meta: { clientCapabilities: ableClient, ...(options?.meta || {}) },
  })
}

/** The params of such a retry. */
export function retryParams({ params, result }: InputRequired, change: Retry = {}): Record<string, unknown> {
  const { responses = requestsOf(result).length > 0 ? answersTo(result) : undefined, state = result.requestState } =
    change
  return {
    ...(change.params ?? params),
    ...(responses === undefined || responses === null ? {} : { inputResponses: responses }),
    ...(state === undefined || state === null ? {} : { requestState: state }),
  }
}

/** Makes a call anew; the control is that it asks once more. */
export async function askAnew(client: Client, call: ServedCall): Promise<InputRequired> {
  const made = await callAble(client, call)
  const question = questionOf(made)
  assume(question !== undefined, `${nameOfCall(call)} asks for input each time it is called`, made.reply)
  return question
}

/** Makes a call and answers its questions, until it is complete or has asked too often. */
export async function play(
  client: Client,
  first: InputRequired,
  give: (result: Record<string, any>) => InputResponses = answersTo,
): Promise<Rounds> {
  const questions: Rounds['questions'] = [first]
  for (;;) {
    const asked = questions.at(-1)!
    const last = await retry(client, asked, { responses: give(asked.result) })
    const next = questionOf({ ...asked, reply: last })
    if (!next || questions.length >= mostRounds)
      return { call: { method: first.method, params: first.params }, questions, last }
    questions.push(next)
  }
}

/** Every call that asks for input, played to its end with good answers; once per run. Ends the check when nobody asks. */
export async function everyRound(client: Client): Promise<Rounds[]> {
  const asked = await needQuestions(client)
  return client.once('rounds', () => Promise.all(asked.map((question) => play(client, question))))
}

/** Those that come to a good end, for checks of what answers do: the control. */
export async function completedRounds(client: Client): Promise<[Rounds, ...Rounds[]]> {
  const rounds = await everyRound(client)
  const [first, ...rest] = rounds.filter(({ last }) => isDone(last))
  assume(first !== undefined, 'a call whose questions are answered is completed', rounds[0]?.last)
  return [first, ...rest]
}

/** Every question in every round. */
export async function everyQuestion(client: Client): Promise<InputRequired[]> {
  return (await everyRound(client)).flatMap(({ questions }) => questions)
}

/** What came of calls with several questions of which only the first was answered; once per run. */
export async function partlyAnswered(client: Client): Promise<Reply[]> {
  const rounds = await everyRound(client)
  return client.once('calls answered in part', async () => {
    const several = rounds.filter(({ questions: [first] }) => requestsOf(first.result).length > 1)
    const replies = several.map(async ({ call }) => {
      const asked = await askAnew(client, call)
      const [[key, answer] = ['', {}]] = Object.entries(answersTo(asked.result))
      return retry(client, asked, { responses: { [key]: answer } })
    })
    return Promise.all(replies)
  })
}

/** True for a complete result that is no failure. */
export function isDone({ response }: Reply): boolean {
  const result: unknown = response?.result
  return isObject(result) && result.resultType !== 'input_required' && result.isError !== true
}

/** True when the answers were taken: the call is complete, or goes on with questions that were not asked before. */
export function isTaken(reply: Reply, asked: InputRequired): boolean {
  if (isDone(reply)) return true
  const before = wordings(asked)
  const next = questionOf({ ...asked, reply })
  return next !== undefined && wordings(next).some((one) => !before.includes(one))
}

/** True when the server asks instead of failing, or needs no more. */
export function asksOrIsDone(reply: Reply): boolean {
  return isDone(reply) || reply.response?.result?.resultType === 'input_required' || throttled(reply)
}

/** What a result says, apart from what differs by chance. */
export function outcomeOf({ response }: Reply): string {
  const { _meta, ttlMs, ...rest } = isObject(response?.result) ? response.result : {}
  return JSON.stringify(rest)
}

/** A call in words. */
export function nameOfCall({ method, params }: ServedCall): string {
  return `${method} of ${String(params?.name ?? params?.uri)}`
}

function wordings({ result }: InputRequired): string[] {
  return requestsOf(result).map(({ request }) => JSON.stringify(request))
}
