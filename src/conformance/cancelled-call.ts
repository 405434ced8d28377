import { isModern } from '../protocol/revisions.js'
import { isObject, isResponse, type Message, nextId, request } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, describe, expect, notApplicable, notTestable } from './expect.js'
import type { Fault } from './fault.js'
import { listeningSession, type Progress, progressIn } from './progress-calls.js'
import { type KnownTool, knownTools } from './tool-calls.js'

/** A named tool slow enough to be cancelled, and how long its call took, in ms. */
export interface SlowTool {
  tool: KnownTool
  ms: number
}

/** What happened after a call was cancelled in the middle. */
export interface CancelledCall extends SlowTool {
  /** The response to the cancelled call, if one came all the same. */
  response?: Message
  /** Progress before the cancellation, and more than 100 ms after it. */
  before: Progress[]
  after: Progress[]
}

/** Shorter calls cannot be cancelled with certainty before they end; longer ones take too much of the run. */
const [shortest, longest] = [150, 3000]

/** The slowest of the named tools that take long enough but not too long; ends the check when there is none, or no session in which a cancellation could find its call. */
export async function slowTool(client: Client): Promise<SlowTool> {
  const { sessions, transport } = client.facts
  if (!sessions && transport !== 'http+sse')
    notApplicable('without sessions the server cannot know which call a cancellation means')
  const survey = await client.survey()
  const failed = survey.toolCalls.filter(
    ({ reply }) => !isObject(reply.response?.result) || reply.response.result.isError === true,
  )
  const tools = (await knownTools(client)).filter((tool) => !failed.some((call) => call.tool.name === tool.name))
  const [tool] = tools.filter(({ ms }) => ms >= shortest && ms <= longest).sort((a, b) => b.ms - a.ms)
  if (!tool)
    notTestable(`name a tool whose call takes between ${shortest} and ${longest} ms, so that it can be cancelled`)
  return { tool, ms: tool.ms }
}

/** A tools/call ready to be posted, with a progress token. */
export function callOf({ tool }: SlowTool, id: string | number = nextId()) {
  return request(
    'tools/call',
    { name: tool.name, arguments: tool.arguments, _meta: { progressToken: `gauntlet-${nextId()}` } },
    id,
  )
}

/** Cancels a request of a session. */
export function cancel(session: Session, requestId: unknown): Promise<Reply> {
  return session.notify('notifications/cancelled', { requestId, reason: 'mcp-gauntlet tests cancellation' })
}

/** Starts a slow call, cancels it in its first third, and watches until it would long have ended. */
export async function cancelledCall(client: Client): Promise<CancelledCall> {
  const chosen = await slowTool(client)
  const session = await listeningSession(client)
  const call = callOf(chosen)
  const pending = session.post(call, {}, { timeoutMs: chosen.ms * 1.2 + 150, resume: false })
  await client.pause(chosen.ms / 3)
  const responded = () =>
    session.received.map(({ message }) => message).find((one): one is Message => isResponse(one) && one.id === call.id)
  assume(responded() === undefined, 'the call is still running when it is cancelled')
  const accepted = await cancel(session, call.id)
  assume(accepted.ok, 'the cancellation is accepted', accepted)
  const mark = session.received.length
  await client.pause(100)
  const later = session.received.length
  await pending
  const progress = progressIn(session.received)
  const response = responded()
  const answeredAt = session.received.findIndex(({ message }) => message === response)
  if (response && answeredAt < later) notTestable('the call ended within 100 ms of its cancellation, which is a race')
  return {
    ...chosen,
    ...(response ? { response } : {}),
    before: progress.filter((one) => one.index < mark),
    after: progress.filter((one) => one.index >= later),
  }
}

/** A cancellation that names nothing must be ignored: accepted (a malformed one may be refused), answered by no message, without harm to the session. */
export async function expectIgnored(
  session: Session,
  params: Record<string, unknown> | undefined,
  wellFormed: boolean,
): Promise<void> {
  const what = `notifications/cancelled with params ${JSON.stringify(params) ?? 'left out'}`
  const from = session.received.length
  const reply = await session.notify('notifications/cancelled', params)
  const ping = await session.request(isModern(session.revision) ? 'server/discover' : 'ping')
  expect(
    isObject(ping.response?.result),
    `after ${what} the server must go on`,
    'a request is answered',
    describe(ping),
  )
  expect(
    reply.ok || (!wellFormed && reply.status >= 400 && reply.status < 500),
    `${what} must be ignored`,
    'HTTP 202',
    describe(reply),
  )
  const said = session.received
    .slice(from)
    .filter((one) => isResponse(one.message) && one.message !== ping.response && (reply.ok || one.reply !== reply))
  expect(said.length === 0, `${what} must not be answered`, 'no message', said[0]?.message)
}

/** A fault: once anything has been cancelled, no call is answered with a result any more. */
export function cancelsEverything(): Fault {
  let cancelled = false
  return {
    request({ message }) {
      cancelled ||= message?.method === 'notifications/cancelled'
      return undefined
    },
    message: (message, { call }) =>
      cancelled && call?.method === 'tools/call' && 'result' in message ? null : undefined,
  }
}
