import { isObject, isResponse, type Message, nextId } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Received, Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, notApplicable } from './expect.js'
import { callTool, type KnownTool, knownTools } from './tool-calls.js'

/** A progress notification as it arrived; `index` is its place among everything the session received. */
export interface Progress extends Received {
  message: Message
  token: unknown
  progress: unknown
  index: number
}

/** Every progress notification in a list of received messages, in order of arrival. */
export function progressIn(received: readonly Received[]): Progress[] {
  return received.flatMap((one, index) => {
    const { message } = one
    if (!isObject(message) || message.method !== 'notifications/progress') return []
    return [{ ...one, message, index, token: message.params?.progressToken, progress: message.params?.progress }]
  })
}

/** The named tools that send progress; ends the check when none does, which is every server's right. */
export async function progressingTools(client: Client): Promise<[KnownTool, ...KnownTool[]]> {
  const survey = await client.survey()
  const seen = progressIn(survey.received)
  if (seen.length === 0) notApplicable('no named tool sends progress, which is its right')
  const calls = survey.toolCalls.filter((call) => call.reply.response !== undefined)
  // Tokens may be wrong, so the stream tells first, then the response that came next, and the token last.
  const senders = [
    ...calls.filter((call) => seen.some((one) => one.reply === call.reply)),
    ...calls.filter((call) =>
      seen.some((one) => one.channel !== 'post-stream' && nextResponse(survey.received, one) === call.reply.response),
    ),
    ...calls.filter((call) => seen.some((one) => one.token === call.progressToken)),
  ]
  const known = await knownTools(client)
  const [first, ...rest] = [...new Set(senders.map((call) => call.tool.name))].map(
    (name) => known.find((tool) => tool.name === name)!,
  )
  assume(first !== undefined, 'a call that reports progress is answered')
  return [first, ...rest]
}

function nextResponse(received: readonly Received[], { index }: Progress): unknown {
  return received.slice(index).find(({ message }) => isResponse(message))?.message
}

/** A further session with its GET stream open where the server has one, so that nothing it sends is missed. */
export async function listeningSession(client: Client): Promise<Session> {
  const session = await client.open()
  if (client.facts.getStream && session.transport === 'streamable-http') await session.get()
  return session
}

/** Calls a tool once per token, all at the same time, and returns the progress the session received meanwhile; there must be some. */
export async function progressFor(
  session: Session,
  tool: KnownTool,
  tokens: readonly (string | number)[],
): Promise<Progress[]> {
  return (await progressOf(session, tool, tokens)).seen
}

async function progressOf(
  session: Session,
  tool: KnownTool,
  tokens: readonly (string | number)[],
): Promise<ProgressCrowd> {
  const from = session.received.length
  const replies = await Promise.all(
    tokens.map((progressToken) => callTool(session, tool.name, tool.arguments, { progressToken })),
  )
  assume(
    replies.some((reply) => isObject(reply.response?.result)),
    `${tool.name} answers`,
    replies[0],
  )
  const seen = progressIn(session.received).filter((one) => one.index >= from)
  assume(seen.length > 0, `${tool.name} sends progress again`, replies[0])
  return { tokens, replies, seen }
}

/** What came of many calls at once. */
export interface ProgressCrowd {
  /** The token of each call, and the answer to it. */
  tokens: readonly (string | number)[]
  replies: readonly Reply[]
  seen: Progress[]
}

/** Calls the first tool that sends progress, all at once in one session, with tokens of every kind; once per run and revision. */
export function progressCrowd(client: Client): Promise<ProgressCrowd> {
  return client.once('progress of many calls', async (one) => {
    const [tool] = await progressingTools(one)
    const canaries = [one.canary('token'), one.canary('tök en/%41+'), one.canary(`Token-${'Long'.repeat(16)}`)]
    const odd = [`${nextId()}00000`, nextId() + 4_000_000, 0, -7, '', 9_007_199_254_740_991]
    return progressOf(await listeningSession(one), tool, [...canaries, ...odd])
  })
}

/** Two clients at once, each with a token of its own and one that both use, and the progress each was sent; once per run and revision. */
export function progressOfTwo(client: Client): Promise<ProgressCrowd[]> {
  return client.once('progress of two clients', async (one) => {
    const [tool] = await progressingTools(one)
    const sessions = await Promise.all([listeningSession(one), listeningSession(one)])
    const common = one.canary('token')
    return Promise.all(sessions.map((session) => progressOf(session, tool, [one.canary('token'), common])))
  })
}

/** The first two values of one token on one stream that do not increase, or undefined. */
export function standstill(seen: readonly Progress[]): unknown[] | undefined {
  for (const [i, one] of seen.entries()) {
    const before = seen.slice(0, i).findLast((other) => other.token === one.token && other.reply === one.reply)
    if (
      before &&
      typeof before.progress === 'number' &&
      typeof one.progress === 'number' &&
      one.progress <= before.progress
    )
      return [before.progress, one.progress]
  }
  return undefined
}
