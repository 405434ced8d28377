import { modernCodes } from '../protocol/modern.js'
import { isObject, isResponse, type Message } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { CallOptions } from '../wire/session.js'
import { isForm } from './answers.js'
import type { Client } from './client.js'
import { ableCalls, inputRequired, requestsOf } from './input-required.js'
import { withOtherIds } from './other-ids.js'
import { everyRound } from './rounds.js'
import { namedMethods, nameOf, servedCalls } from './served-calls.js'
import { Undecided } from './violation.js'

/** Every message with a result that the server sent in the tour, on its subscription, and to a client that declares everything. */
export async function everyModernResult(client: Client): Promise<Message[]> {
  const survey = await client.survey()
  const rounds = await everyRound(client).catch((thrown) => {
    if (thrown instanceof Undecided) return []
    throw thrown
  })
  const again = await withOtherIds(client)
  const able = [...(await ableCalls(client)), ...rounds.map(({ last }) => ({ reply: last })), ...again]
  const messages = [...survey.received.map(({ message }) => message), ...able.flatMap(({ reply }) => reply.messages)]
  return messages.filter((message): message is Message => isResponse(message) && isObject(message.result))
}

/** An error with what led to it; `fitting` are those of the protocol's own codes whose meaning fits that. */
export interface ModernError {
  error: any
  what: string
  fitting: readonly number[]
}

/** Requests that are broken in one way, with the protocol's own codes that may be said of it. */
const flaws: readonly { what: string; options: CallOptions; fitting: readonly number[] }[] = [
  {
    what: 'in an unknown version',
    options: { meta: { protocolVersion: '1999-01-01' } },
    fitting: [modernCodes.unsupportedVersion],
  },
  { what: 'without capabilities', options: { meta: { clientCapabilities: undefined } }, fitting: [] },
  { what: 'with a text for its capabilities', options: { meta: { clientCapabilities: 'all' } }, fitting: [] },
  { what: 'with an unknown log level', options: { meta: { logLevel: 'loud' } }, fitting: [] },
  {
    what: 'with another method in the header',
    options: { headers: { 'mcp-method': 'gauntlet/other' } },
    fitting: [modernCodes.headerMismatch],
  },
]

/** Every error of the tour, of an able client, and of requests that are broken in one way; once per run. */
export function everyModernError(client: Client): Promise<ModernError[]> {
  return client.once('errors', async () => {
    const { steps } = await client.survey()
    const missing = (method: string) => (namedMethods.test(method) ? [modernCodes.missingClientCapability] : [])
    // A call without a name has none for its header either.
    const fits = (label: string, method: string) =>
      label.endsWith('without name') ? [modernCodes.headerMismatch] : missing(method)
    const toured = steps.map(({ label, method, reply }) => ({ what: label, reply, fitting: fits(label, method) }))
    const able = (await ableCalls(client)).map((call) => ({
      what: `${call.method} of ${nameOf(call)} by a client that declares everything`,
      reply: call.reply,
      fitting: [],
    }))
    const calls = await servedCalls(client, /^(server\/discover|tools\/call|resources\/read)$/)
    const broken = calls.flatMap((call) =>
      flaws.map(async ({ what, options, fitting }) => {
        const reply = await client.request(call.method, call.params, options)
        return { what: `${call.method} ${what}`, reply, fitting }
      }),
    )
    const others = [await unfitListen(client), ...(await emptyElicitations(client))]
    return [...toured, ...able, ...(await Promise.all(broken)), ...others].flatMap(({ what, reply, fitting }) => {
      const error: unknown = reply.response?.error
      return isObject(error) ? [{ what, error, fitting }] : []
    })
  })
}

/** Hands every such error to `judge`, then every other one that this revision was answered with in the run: for rules of codes alone, in checks that run last. */
export async function eachModernError(client: Client, judge: (error: any, what: string) => void): Promise<void> {
  for (const { error, what } of await everyModernError(client)) judge(error, what)
  for (const { message, version, account } of client.heard()) {
    if (version !== client.revision || !isObject(message.error)) continue
    try {
      judge(message.error, 'a request of another check')
    } catch (thrown) {
      client.witness(account)
      throw thrown
    }
  }
}

/** A subscription whose filter is no object; what comes of it where the server takes it all the same is closed. */
async function unfitListen(client: Client): Promise<{ what: string; reply: Reply; fitting: readonly number[] }> {
  const reply = await client.listen([] as object)
  reply.close()
  return { what: 'subscriptions/listen with a list for its filter', reply, fitting: [] }
}

/** Calls that ask by forms, made by clients whose elicitation is empty: that declares forms. Spec: 2026-07-28/client/elicitation#capabilities. */
async function emptyElicitations(
  client: Client,
): Promise<{ what: string; reply: Reply; fitting: readonly number[] }[]> {
  const forms = (await inputRequired(client)).filter(({ result }) =>
    requestsOf(result).every(({ method, params }) => method === 'elicitation/create' && isForm(params)),
  )
  const calls = forms.map(async (call) => ({
    what: `${call.method} of ${nameOf(call)} by a client whose elicitation is empty`,
    reply: await client.request(call.method, call.params, { meta: { clientCapabilities: { elicitation: {} } } }),
    fitting: [],
  }))
  return Promise.all(calls)
}
