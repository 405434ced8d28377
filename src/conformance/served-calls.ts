import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { CallOptions } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, describe, expect } from './expect.js'
import { offersSubscriptions } from './needs.js'
import { Violation } from './violation.js'

/** A request that the server answered with a complete result in the tour, without the `_meta` it had there. */
export interface ServedCall {
  method: string
  params?: Record<string, unknown>
}

/**
 * One request per method of all that the server serves, of tools/call the quickest named tool: each is its own control for what happens
 * when one thing about it is changed. `methods` narrows them.
 */
export async function servedCalls(client: Client, methods: RegExp = /./): Promise<ServedCall[]> {
  const survey = await client.survey()
  const steps = survey.steps
    .filter((step) => step.label === step.method && methods.test(step.method) && isServed(step.reply))
    .sort((a, b) => (a.reply.at.response ?? 0) - (b.reply.at.response ?? 0))
  return [...new Map(steps.reverse().map((step) => [step.method, withoutMeta(step)])).values()].reverse()
}

/** The methods whose name or URI is repeated in Mcp-Name. */
export const namedMethods = /^(tools\/call|resources\/read|prompts\/get)$/

/** The name or URI that Mcp-Name repeats, for a call of one of those methods. */
export function nameOf({ method, params }: ServedCall): string {
  return String(method === 'resources/read' ? params?.uri : params?.name)
}

/**
 * Sends every served call again with the same change (headers, `meta`, identity …), or with what `options` makes of it, and hands each
 * answer to `judge`. Ends the check where the server served nothing in the tour.
 */
export async function eachServed(
  client: Client,
  options: CallOptions | ((call: ServedCall) => CallOptions),
  judge: (reply: Reply, what: string) => void,
  methods?: RegExp,
): Promise<void> {
  const calls = await servedCalls(client, methods)
  assume(calls.length > 0, 'a valid request is answered with a result')
  // One after another: many checks do this side by side, and a server that is only slow must not seem silent.
  for (const [at, call] of calls.entries()) {
    const changes = typeof options === 'function' ? options(call) : options
    judge(await client.request(call.method, call.params, { ...textAt(client, at), ...changes }), call.method)
  }
}

/**
 * The same for what must be refused: a subscription is asked for as well, where one was served in the tour. What several checks change alike
 * is sent once per run; an answer that is found to break the rule is asked for once more, so that the report can show it.
 */
export async function eachRefused(
  client: Client,
  options: CallOptions,
  judge: (reply: Reply, what: string) => void,
): Promise<void> {
  const said = JSON.stringify(options, (_, value) => (value === undefined ? 'left out' : value))
  for (const { what, reply, ask } of await client.once(`refused with ${said}`, (one) => refusals(one, options)))
    try {
      judge(reply, what)
    } catch (thrown) {
      if (thrown instanceof Violation) await ask(client)
      throw thrown
    }
}

interface Refused {
  what: string
  reply: Reply
  ask(client: Client): Promise<Reply | undefined>
}

async function refusals(client: Client, options: CallOptions): Promise<Refused[]> {
  const calls = await servedCalls(client)
  assume(calls.length > 0, 'a valid request is answered with a result')
  const all: Refused[] = []
  for (const [at, { method, params }] of calls.entries()) {
    const ask = (one: Client) => one.request(method, params, { ...textAt(one, at), ...options })
    all.push({ what: method, reply: await ask(client), ask })
  }
  const ask = (one: Client) => listenAgain(one, options)
  const reply = await ask(client)
  if (!reply) return all
  const what = 'subscriptions/listen'
  expect(!reply.ok || reply.response !== undefined, `${what} is served all the same`, 'an error', describe(reply))
  return [...all, { what, reply, ask }]
}

/** Asks once more for a subscription, with other headers or another `_meta`, and closes it; undefined where none was served in the tour. */
export async function listenAgain(client: Client, options: CallOptions): Promise<Reply | undefined> {
  const { listening } = await client.survey()
  if (!offersSubscriptions(client.facts) || !listening?.reply.isStream) return undefined
  const reply = await client.listen({ toolsListChanged: true }, options)
  reply.close()
  return reply
}

/** An id that is a text for every other request, so that both kinds are tried. */
export function textAt(client: Client, at: number): Pick<CallOptions, 'id'> {
  return at % 2 ? { id: client.canary() } : {}
}

function isServed(reply: Reply): boolean {
  const result: unknown = reply.response?.result
  return isObject(result) && result.isError !== true && result.resultType !== 'input_required'
}

function withoutMeta({ method, params }: ServedCall): ServedCall {
  if (!params) return { method }
  const { _meta, ...rest } = params
  return { method, params: rest }
}
