import { type BreachKind, breachesOf } from '../protocol/arguments.js'
import type { Reply } from '../wire/reply.js'
import { answersTo, contentFor, type InputResponses, isForm } from './answers.js'
import type { Client } from './client.js'
import { expectNoCrash, throttled } from './crash.js'
import { advise, describe, expect, notApplicable } from './expect.js'
import type { Fault } from './fault.js'
import { type InputRequest, type InputRequired, requestsOf } from './input-required.js'
import { onRetry } from './round-faults.js'
import { askAnew, completedRounds, isTaken, nameOfCall, outcomeOf, play, retry } from './rounds.js'
import type { ServedCall } from './served-calls.js'

/** An answer that does not fit its question. */
export interface UnfitAnswer {
  what: string
  answer: unknown
}

/** What came of one answer among good ones. */
export interface Answered {
  asked: InputRequired
  reply: Reply
  what: string
  /** What comes where the question is declined or cancelled: a server may take unfit answers for that. */
  refusals: string[]
}

/** How many unfit contents of each kind one form is answered with. */
const mostOf: readonly [BreachKind, number][] = [
  ['missing', 1],
  ['type', 2],
  ['bounds', 1],
]

/** Answers that are no answers to the method that was asked. */
export function unfitAnswers({ method }: InputRequest): UnfitAnswer[] {
  const form = { what: 'an answer to a form', answer: { action: 'accept', content: { gauntlet: true } } }
  const message = {
    what: 'an answer to sampling',
    answer: { role: 'assistant', content: { type: 'text', text: 'gauntlet' }, model: 'gauntlet' },
  }
  const roots = { what: 'an answer to roots/list', answer: { roots: [{ uri: 'file:///gauntlet' }] } }
  const nothing = { what: 'an empty object', answer: {} }
  if (method === 'elicitation/create')
    return [{ what: 'an unknown action', answer: { action: 'gauntlet' } }, message, roots, nothing]
  return method === 'roots/list' ? [form, message, nothing] : [form, roots, nothing]
}

/** Answers to a form whose content breaks its schema in one place. */
export function unfitContents({ method, params }: InputRequest): UnfitAnswer[] {
  if (method !== 'elicitation/create' || !isForm(params)) return []
  const all = breachesOf(params.requestedSchema, contentFor(params.requestedSchema))
  const found = mostOf.flatMap(([kind, most]) => all.filter((one) => one.kind === kind).slice(0, most))
  const contents = found.map((one) => ({ what: one.what, answer: { action: 'accept', content: one.arguments } }))
  const needs = all.some(({ kind }) => kind === 'missing')
  return needs ? [...contents, { what: 'no content at all', answer: { action: 'accept' } }] : contents
}

/** Makes a call anew and answers its questions well, but for the one at that place. */
export async function answerOne(
  client: Client,
  call: ServedCall,
  place: number,
  answer: unknown,
): Promise<{ asked: InputRequired; reply: Reply }> {
  const asked = await askAnew(client, call)
  const key = requestsOf(asked.result)[place]?.key ?? ''
  const responses = { ...answersTo(asked.result), [key]: answer }
  return { asked, reply: await retry(client, asked, { responses }) }
}

/** Gives each unfit answer to each question of every call that can be completed, one at a time. */
export async function eachUnfitAnswer(
  client: Client,
  unfitFor: (request: InputRequest) => UnfitAnswer[],
  judge: (answered: Answered) => void,
): Promise<void> {
  let judged = 0
  for (const { call, questions } of await completedRounds(client))
    for (const [place, request] of requestsOf(questions[0].result).entries()) {
      const unfit = unfitFor(request)
      if (unfit.length === 0) continue
      const refused = [{ action: 'decline' }, { action: 'cancel' }].map((answer) =>
        answerOne(client, call, place, answer),
      )
      const refusals = (await Promise.all(refused)).map(({ reply }) => outcomeOf(reply))
      const given = unfit.map(async ({ what, answer }) => {
        const { asked, reply } = await answerOne(client, call, place, answer)
        judge({ asked, reply, refusals, what: `${nameOfCall(call)}, answered with ${what},` })
      })
      await Promise.all(given)
      judged += unfit.length
    }
  if (judged === 0) notApplicable('no question can be answered in a way that does not fit')
}

/** An unfit answer must lead to an error, to the question again, or to what comes where it is declined. */
export function expectAnswerNotTaken({ asked, reply, what, refusals }: Answered): void {
  if (throttled(reply)) return
  expectNoCrash(reply, what)
  const taken = isTaken(reply, asked) && !refusals.includes(outcomeOf(reply))
  expect(!taken, `${what} goes on as if the answer were good`, 'an error, or the question again', describe(reply))
}

/** A fault: contents that differ from the first ones of a question are taken for those. */
export function breaksForms(): Fault {
  const good: Record<string, unknown> = {}
  return onRetry((params) => {
    const answers = Object.entries<any>(params.inputResponses ?? {})
    if (answers.some(([, answer]) => answer?.action !== 'accept')) return undefined
    for (const [key, answer] of answers) good[key] ??= answer
    return { ...params, inputResponses: Object.fromEntries(answers.map(([key]) => [key, good[key]])) }
  })
}

/**
 * Declines and cancels each question of every call that can be completed, with and without content: each is answered in good order, and
 * content that came with it makes no difference.
 */
export async function expectDeclineHandled(client: Client): Promise<void> {
  let judged = 0
  for (const { call, questions, last } of await completedRounds(client)) {
    const forms = requestsOf(questions[0].result).filter(({ method }) => method === 'elicitation/create')
    if (forms.length === 0) continue
    judged++
    const others = await play(client, await askAnew(client, call), (result) => answersTo(result, true))
    const accepted = [outcomeOf(last), outcomeOf(others.last)]
    for (const action of ['decline', 'cancel']) {
      for (const [place, { method }] of requestsOf(questions[0].result).entries()) {
        if (method !== 'elicitation/create') continue
        const { reply } = await answerOne(client, call, place, { action })
        expectOrderly(reply, `${nameOfCall(call)}, answered with ${action},`)
      }
      const outcomes: string[] = []
      for (const other of [false, true]) {
        const given = await play(client, await askAnew(client, call), (result) => refusing(result, action, other))
        expectOrderly(given.last, `${nameOfCall(call)}, answered with ${action} and a content,`)
        outcomes.push(outcomeOf(given.last))
      }
      const followed = accepted[0] !== accepted[1] && outcomes.join() === accepted.join()
      expect(!followed, `${nameOfCall(call)} goes by what came with ${action}`, 'another outcome', outcomes)
    }
  }
  if (judged === 0) notApplicable('no call that can be completed asks the user by elicitation')
}

function refusing(result: Record<string, any>, action: string, other: boolean): InputResponses {
  const answers = Object.entries(answersTo(result, other))
  return Object.fromEntries(answers.map(([key, one]) => [key, 'action' in one ? { ...one, action } : one]))
}

function expectOrderly(reply: Reply, what: string): void {
  if (throttled(reply)) return
  expectNoCrash(reply, what)
  const internal = reply.response?.error?.code === -32603
  advise(!internal, `${what} leads to an internal error`, 'a result, or the question again', describe(reply))
}
