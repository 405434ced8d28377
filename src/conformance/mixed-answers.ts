import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { throttled } from './crash.js'
import { assume, describe, expect, notTestable } from './expect.js'
import type { Fault } from './fault.js'
import { evenly } from './sample.js'

/** One of many calls in flight: a text that no other call carries stands in its name or in its arguments. */
export interface MarkedCall {
  session: Session
  id: string | number
  name: string
  arguments?: Record<string, unknown>
  /** The text; the name itself when it is left out. */
  canary?: string
}

/** The most ms that a volley of calls may take on a slow server. */
const longest = 30_000

/** For so many ms a volley may keep a server busy that takes one call after the other, if it is no smaller than this. */
const busyMs = 1500
const fewest = 4

/**
 * Sends all calls at once, or fewer to a slow server: each must be answered, under its own id, and no answer may carry the text of
 * another call. An answer that lacks its own text although the same call alone brings it back is another's as well.
 */
export async function expectOwnAnswers(client: Client, all: readonly MarkedCall[]): Promise<void> {
  const first = all[0]!
  const alone = await send(first, client.canary('alone'), client.timeoutMs)
  assume(alone.response !== undefined, 'a single call is answered', alone)
  const calls = sample(all, alone)
  const inARow = (alone.at.response ?? 0) * calls.length
  const replies = await Promise.all(
    calls.map((call) => send(call, call.id, Math.min(longest, client.timeoutMs + inARow))),
  )
  if (replies.some(throttled)) notTestable('the server limits the rate of calls')
  const late = replies.filter(
    (reply) => reply.response === undefined && (reply.ended === 'timeout' || reply.ended === undefined),
  )
  if (late.length > 0 && inARow > client.timeoutMs)
    notTestable(`the server is too slow to be asked ${calls.length} times at once`)
  const marks = calls.map(({ canary, name }) => canary ?? name)
  const said = replies.map((reply) => JSON.stringify(reply.response ?? null))
  for (const [i, reply] of replies.entries()) {
    const what = `one of ${calls.length} calls at once`
    expect(
      reply.status !== 0 && reply.status < 500 && reply.response !== undefined,
      `${what} must be answered`,
      'a response',
      describe(reply),
    )
    expect(reply.response.id === calls[i]!.id, `${what} was answered under another id`, calls[i]!.id, reply.response.id)
    // A tool may keep what it was told and repeat it; an answer is another's when its own text is missing.
    const own = said[i]!.includes(marks[i]!)
    const foreign = marks.findIndex((mark, other) => other !== i && !own && said[i]!.includes(mark))
    expect(foreign < 0, `${what} got the answer of another`, `an answer to the call with "${marks[i]}"`, reply.response)
  }
  const silent = said.findIndex((text, i) => !text.includes(marks[i]!))
  if (silent < 0) return
  // A tool that does not say even alone what it was told has nothing to be asked again.
  const echoes = JSON.stringify(alone.response).includes(first.canary ?? first.name)
  if (!echoes && calls[silent]!.name === first.name) return
  const again = await send(calls[silent]!, client.canary('again'), client.timeoutMs)
  expect(
    !JSON.stringify(again.response ?? null).includes(marks[silent]!),
    'a call among others was answered with something else than alone',
    again.response,
    replies[silent]!.response,
  )
}

/** As many of the calls as a server can answer in time that takes as long for each as it took for one. */
function sample(calls: readonly MarkedCall[], { at }: Reply): readonly MarkedCall[] {
  return evenly(calls, Math.max(fewest, Math.floor(busyMs / (at.response ?? busyMs))))
}

function send(
  { session, name, arguments: args = {} }: MarkedCall,
  id: string | number,
  timeoutMs: number,
): Promise<Reply> {
  return session.request('tools/call', { name, arguments: args }, { id, timeoutMs })
}

/** A fault: under concurrency, answers to tools/call carry what belongs to the call before, as when one variable is shared by all requests. */
export function mixedAnswers(): Fault {
  let inFlight = 0
  let last: object | undefined
  return {
    request(request) {
      if (request.message?.method === 'tools/call') inFlight++
      return undefined
    },
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !('result' in message || 'error' in message)) return undefined
      const { result, error, ...envelope } = message
      const own = error === undefined ? { result } : { error }
      const given = inFlight > 1 && last ? last : own
      inFlight--
      last = own
      return { ...envelope, ...given }
    },
  }
}
