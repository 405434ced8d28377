import { isModern } from '../protocol/revisions.js'
import { isObject, isResponse, type Message, nextId, request } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import { arrived } from './arrivals.js'
import type { Client } from './client.js'
import { assume, describe, expect, notApplicable, notTestable } from './expect.js'
import type { Fault } from './fault.js'
import type { NamedTool } from './given.js'
import { listeningSession, type Progress, progressIn } from './progress-calls.js'
import { type KnownTool, knownTools, timeOf } from './tool-calls.js'

/** A named tool slow enough to be cancelled, and how long its call took, in ms. */
export interface SlowTool {
  tool: KnownTool
  ms: number
}

/** What happened after a call was cancelled in the middle. */
export interface CancelledCall extends SlowTool {
  /** The call in words. */
  what: string
  /** The response to the cancelled call, if one came all the same. */
  response?: Message
  /** True when the tool is known to report progress. */
  reports: boolean
  /** True when the server may have seen the cancellation only about when all work was done, so that silence proves little. */
  late: boolean
  /** Progress before the cancellation, and after the server must have seen it. */
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
  for (const tool of tools.filter(({ ms }) => ms >= shortest && ms <= longest).sort((a, b) => b.ms - a.ms)) {
    const ms = await timeOf(client, tool, tool.ms)
    if (ms >= shortest) return { tool, ms }
  }
  notTestable(`name a tool whose call takes between ${shortest} and ${longest} ms, so that it can be cancelled`)
}

/** A tools/call ready to be posted, with a progress token. */
export function callOf({ tool }: { tool: NamedTool }, id: string | number = nextId()) {
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

/** Starts slow calls, one with a number as id and one with a text, cancels each in its first half, and watches until it would long have ended; once per run. */
export function cancelledCalls(client: Client): Promise<CancelledCall[]> {
  return client.once('cancelled calls', cancelTwo)
}

async function cancelTwo(client: Client): Promise<CancelledCall[]> {
  const chosen = await slowTool(client)
  // A cancellation may overtake its call on the way: what speaks against the server must come twice.
  const surely = async (id: () => string | number) => {
    let bad: CancelledCall | undefined
    let unsure: CancelledCall | undefined
    for (let attempt = 0; attempt < 5; attempt++) {
      const found = await cancelledCall(client, chosen, id())
      if (!found) continue
      const quiet = !found.response && found.after.length === 0
      if (quiet && found.late) unsure = found
      else if (quiet || bad) return found
      else bad = found
    }
    if (unsure) return unsure
    notTestable(`${chosen.tool.name} ended about when it was cancelled, again and again, which is a race`)
  }
  return Promise.all([surely(nextId), surely(() => client.canary('call'))])
}

/** Undefined when the call ended before it was cancelled, or so soon after that nobody can tell. */
async function cancelledCall(
  client: Client,
  chosen: SlowTool,
  id: string | number,
): Promise<CancelledCall | undefined> {
  const { tool, ms } = chosen
  const session = await listeningSession(client)
  const pending = session.post(callOf(chosen, id), {}, { timeoutMs: ms * 1.2 + 250, resume: false, notOwed: true })
  const responses = () => session.received.filter(({ message }) => isResponse(message) && message.id === id)
  const responded = () => responses()[0]?.message as Message | undefined
  // A call cannot be done so early: what says so on a stream answers the cancellation.
  const early = () => responses().some(({ channel, at }) => channel !== 'answer' && at - started < 0.7 * ms)
  const reports = await reportsProgress(client, tool)
  const started = performance.now()
  // Once later requests have been answered the call has surely been read.
  for (let i = 0; i < 2; i++) await session.request('ping')
  await client.pause(ms / 3 - (performance.now() - started))
  if (reports) await arrived(session, () => progressIn(session.received).length > 0, ms / 6)
  if (responded() !== undefined) return undefined
  const accepted = await cancel(session, id)
  assume(accepted.ok, 'the cancellation is accepted', accepted)
  const mark = session.received.length
  // Where a gateway passes messages on, only an answer shows that what was sent before it has arrived.
  await session.request('ping')
  await client.pause(Math.min(100, ms / 4))
  const later = session.received.length
  const late = performance.now() - started > 0.85 * ms
  if (responded() && !early()) return undefined
  await pending
  const progress = progressIn(session.received)
  const response = responded()
  return {
    ...chosen,
    what: `a call of ${tool.name} with ${typeof id === 'number' ? 'a number' : 'a text'} as its id`,
    ...(response ? { response } : {}),
    reports,
    late,
    before: progress.filter((one) => one.index < mark),
    after: progress.filter((one) => one.index >= later),
  }
}

async function reportsProgress(client: Client, tool: KnownTool): Promise<boolean> {
  const { toolCalls, received } = await client.survey()
  const tokens = toolCalls.filter((call) => call.tool.name === tool.name).map((call) => call.progressToken)
  return progressIn(received).some((one) => tokens.includes(String(one.token)))
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
    // Since 2026-07-28 no client notification is defined over HTTP: a refusal is as right as 202.
    reply.ok || ((!wellFormed || isModern(session.revision)) && reply.status >= 400 && reply.status < 500),
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
