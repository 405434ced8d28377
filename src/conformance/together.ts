import type { Reply } from '../wire/reply.js'
import { answersTo } from './answers.js'
import type { Client } from './client.js'
import { throttled } from './crash.js'
import { assume, expect } from './expect.js'
import type { Fault } from './fault.js'
import { ableClient, callAble, inputRequired, questionOf } from './input-required.js'
import { nameOfCall, outcomeOf, play } from './rounds.js'
import { type ServedCall, servedCalls } from './served-calls.js'
import { knownTools } from './tool-calls.js'

/** Something that one client does on its own, over one request or several. */
interface Task {
  what: string
  run: () => Promise<Reply>
}

/** A tool that takes longer is not called beside others, in ms. */
const patienceMs = 500

/** What different clients do with a server, each of which must know nothing of the others. */
async function tasksOf(client: Client): Promise<Task[]> {
  const plain = (await servedCalls(client)).filter(({ method }) => method !== 'tools/call')
  const tools = (await knownTools(client)).filter(({ ms }) => ms < patienceMs)
  const calls = [
    ...plain,
    ...tools.map(({ name, arguments: args }) => ({ method: 'tools/call', params: { name, arguments: args } })),
  ].map(({ method, params }: ServedCall) => ({
    what: `${method} ${String(params?.name ?? params?.uri ?? '')}`.trim(),
    run: () => client.request(method, params),
  }))
  const rounds = (await inputRequired(client)).flatMap((call): Task[] => [
    ...[false, true].map((other) => ({
      what: `${nameOfCall(call)} with its questions answered`,
      run: async () => {
        const made = await callAble(client, call)
        const question = questionOf(made)
        return question ? (await play(client, question, (result) => answersTo(result, other))).last : made.reply
      },
    })),
    { what: `${nameOfCall(call)} without capabilities`, run: () => client.request(call.method, call.params) },
  ])
  const able = plain.slice(0, 2).map(({ method, params }) => ({
    what: `${method} with capabilities`,
    run: () => client.request(method, params, { meta: { clientCapabilities: ableClient } }),
  }))
  return [...calls, ...rounds, ...able]
}

/** Does everything alone and then all at once, some of it twice: no task may get the outcome of another, or fail for the others. */
export async function expectApart(client: Client): Promise<void> {
  const tasks = await tasksOf(client)
  const alone: Reply[] = []
  for (const { run } of tasks) alone.push(await run())
  assume(
    alone.some(({ response }) => response?.result !== undefined),
    'a request alone is answered with a result',
  )
  const own = alone.map(outcome)
  const order = [...tasks.keys(), ...tasks.keys()]
  const together = await Promise.all(order.map(async (at) => ({ at, reply: await tasks[at]!.run() })))
  if (together.some(({ reply }) => throttled(reply))) return
  for (const { at, reply } of together) {
    const { what, run } = tasks[at]!
    const late = reply.ended === 'timeout' || reply.status === 0
    const foreign = own.findIndex((one) => one !== own[at] && one === outcome(reply))
    if ((late || kind(reply) === kind(alone[at]!)) && foreign < 0) continue
    // What changes from one time to the next says nothing of the others.
    if (outcome(await run()) !== own[at]) continue
    expect(
      late || kind(reply) === kind(alone[at]!),
      `${what}, among others, is answered otherwise`,
      own[at],
      outcome(reply),
    )
    expect(foreign < 0, `${what} got the outcome of ${tasks[foreign]?.what}`, own[at], outcome(reply))
  }
}

function outcome(reply: Reply): string {
  return reply.response?.error ? `error ${reply.response.error.code}` : outcomeOf(reply)
}

function kind({ response }: Reply): string {
  return String(response?.error?.code ?? response?.result?.resultType ?? 'complete')
}

/** A fault: where several clients do something at once, results of one kind of request are given to another client. */
export function sharedAnswers(): Fault {
  let inFlight = 0
  const last = new Map<string, unknown>()
  return {
    request(request) {
      if (request.message?.method === 'tools/call') inFlight++
    },
    message(message, { call }) {
      if (call?.method !== 'tools/call' || !('result' in message || 'error' in message)) return undefined
      const before = last.get('result')
      if ('result' in message) last.set('result', message.result)
      const mixed = inFlight > 1 && before !== undefined && 'result' in message
      inFlight--
      return mixed ? { ...message, result: before } : undefined
    },
  }
}
