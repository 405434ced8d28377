import type { Reply } from '../wire/reply.js'
import type { CallOptions } from '../wire/session.js'
import type { Client } from './client.js'
import { throttled } from './crash.js'
import { advise, assume, describe, expect, notTestable } from './expect.js'
import { type Flaw, type FlawedRequest, nameFlaws, requestFlaws } from './header-flaws.js'
import { flawedArguments } from './mirrored-arguments.js'
import { offersSubscriptions } from './needs.js'
import { expectNoResult } from './refusal.js'
import { nameOf, type ServedCall, servedCalls, textAt } from './served-calls.js'
import { Violation } from './violation.js'

/**
 * Hands the answers to all requests with these flaws to `judge`. They are sent once per run, all side by side; one that is found to break
 * the rule is sent once more, so that the report can show it. Ends the check where there is nothing to make flawed.
 */
export async function eachFlawed(
  client: Client,
  flaws: readonly Flaw[],
  judge: (reply: Reply, what: string) => void,
): Promise<void> {
  const tried = (await Promise.all(flaws.map((flaw) => tries(client, flaw)))).flat()
  if (tried.length === 0) notTestable(`name a tool that is safe to call: --tool 'name={"argument":"value"}'`)
  for (const { request, reply } of tried) {
    const what = `${request.call.method} with ${request.words}`
    try {
      judge(reply, what)
    } catch (thrown) {
      if (!(thrown instanceof Violation)) throw thrown
      const again = await send(client, request)
      // Silence may be that of a server that was just busy.
      if (reply.status !== 0) throw thrown
      judge(again, what)
    }
  }
}

/** None of the requests with these flaws may be served. */
export function expectFlawsRefused(client: Client, ...flaws: Flaw[]): Promise<void> {
  return eachFlawed(client, flaws, (reply, what) => {
    if (throttled(reply)) return
    expect(!reply.ok || reply.response !== undefined, `${what} must be refused`, 'HTTP 400', describe(reply))
    expectNoResult(reply, what)
  })
}

/** The same header twice, with the right value and another, should be refused: gateways differ in which of the two they read. */
export function adviseTwiceRefused(client: Client, header: 'mcp-method' | 'mcp-name'): Promise<void> {
  return eachFlawed(client, [`${header} twice`], (reply, what) =>
    advise(reply.response?.result === undefined, `${what} should be refused`, 'HTTP 400', describe(reply)),
  )
}

/** Every flaw that is a failed validation of headers without any doubt, whatever else the server serves. */
export function certainFlaws(client: Client): Flaw[] {
  const everywhere: Flaw[] = ['method missing', 'method other', 'name missing', 'name other', 'case']
  // A server of two eras may take a request without the right version for one of the other era.
  const versions: Flaw[] = client.facts.otherEra ? [] : ['version missing']
  return [...versions, ...everywhere, 'argument missing', 'argument other', 'argument case']
}

/** The flaws whose refusal may come from the HTTP layer, or whose code is open to doubt; the status is not. */
export const doubtfulFlaws: readonly Flaw[] = ['bytes', 'base64', 'argument bytes', 'argument base64']

function tries(client: Client, flaw: Flaw): Promise<{ request: FlawedRequest; reply: Reply }[]> {
  return client.once(`headers with ${flaw}`, async () => {
    const requests = flaw.startsWith('argument') ? await flawedArguments(client, flaw) : await flawed(client, flaw)
    return Promise.all(
      requests.map(async (request, at) => ({ request, reply: await send(client, request, variety(client, at)) })),
    )
  })
}

/** What else differs from request to request: the kind of id, and the size of every third one. */
function variety(client: Client, at: number): CallOptions {
  const large = { 'com.example/padding': 'x'.repeat(8192) }
  return { ...textAt(client, at), ...(at % 3 === 2 ? { meta: large } : {}) }
}

async function send(client: Client, { call, headers }: FlawedRequest, options: CallOptions = {}): Promise<Reply> {
  if (call.method !== 'subscriptions/listen') return client.request(call.method, call.params, { ...options, headers })
  const reply = await client.listen(call.params!.notifications as object, { ...options, headers })
  reply.close()
  return reply
}

async function flawed(client: Client, flaw: Flaw): Promise<FlawedRequest[]> {
  const served = await servedCalls(client)
  assume(served.length > 0, 'a valid request is answered with a result')
  const listen: ServedCall = { method: 'subscriptions/listen', params: { notifications: { toolsListChanged: true } } }
  const calls = offersSubscriptions(client.facts) ? [...served, listen] : served
  const methods = calls.map((call) => call.method)
  const { prompts, resources } = await client.survey()
  const others: Record<string, unknown[]> = {
    'tools/call': client.tools.map((tool) => tool.name),
    'prompts/get': prompts.map((prompt) => prompt.name),
    'resources/read': resources.map((resource) => resource.uri),
  }
  return calls.flatMap((call) => {
    const known = others[call.method]
    const named = known ? nameFlaws(call, flaw, nameOf(call), known, client.canary()) : []
    return [...requestFlaws(call, flaw, methods), ...named]
  })
}
