import { isObject, isResponse, nextId, request } from '../wire/jsonrpc.js'
import type { ModernSession } from '../wire/modern.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, notApplicable, notTestable } from './expect.js'
import type { Fault } from './fault.js'
import { offersSubscriptions } from './needs.js'
import { deliveredOn, type Subscription, subscribe } from './subscriptions.js'
import { callTool, type KnownTool, knownTools, timeOf } from './tool-calls.js'
import { watchableUris } from './watchable.js'

/** What happened after the client had closed the stream of a running call. */
export interface ClosedCall {
  tool: KnownTool
  /** The answer to a call of the same tool that ran beside the closed one and was left open. */
  kept: Reply
  /** Messages for the closed call that came anywhere after it had been closed. */
  strays: unknown[]
  /** Signs of its work after it had been closed, in words: soon after, and about when it would have ended. Undefined when nothing shows whether the tool works. */
  signs?: { soon: string[]; late: string[] }
}

/** Shorter calls may end before they are closed; longer ones take too much of the run. */
const [shortest, longest] = [150, 3000]

/** How long work may go on after its client has gone, in ms, before it counts. */
const graceMs = 60

/** How long is waited for what a server sends without any work, in ms. */
const longestIdle = 1500

/**
 * Closes the stream of a slow call early on, once beside another call and once alone, and watches what its work leaves behind:
 * updates of resources, lists and what can be read. Once per run; ends the check where no named tool is slow or streams.
 */
export function closedCall(client: Client): Promise<ClosedCall> {
  return client.once('closed call', make)
}

async function make(client: Client): Promise<ClosedCall> {
  const tool = await slowStream(client)
  const session = await client.as({})
  const watch = await watching(client, session)
  const [left, right] = [callOf(tool), callOf(tool)]
  const started = performance.now()
  const open = session.post(left, {}, { timeoutMs: longest * 2 })
  const beside = await closeEarly(session, right, tool.ms / 4)
  const visible = await signsUntil(client, session, watch, open, started, tool.ms)
  const kept = await open
  const ms = kept.at.response ?? tool.ms
  const { call: alone, reply: closed, started: again } = await closedInTime(client, session, tool, ms)
  const signs = await signsUntil(client, session, watch, client.pause(ms * 0.7 + 60), again, ms)
  const shown = visible.soon.length + visible.late.length > 0
  const idle: string[] = []
  const byWork = (sign: string) => !idle.includes(sign)
  // What comes by itself may come seldom: the second time it is waited for longer.
  for (const wait of [ms, longestIdle])
    if (shown && [...signs.soon, ...signs.late].some(byWork))
      idle.push(...(await idleSigns(client, session, watch, wait)))
  const tour = (await client.survey()).session
  const strays = [right, alone].flatMap((call, at) =>
    [tour, session].flatMap((one) => messagesFor(one, call, [beside, closed][at]!)),
  )
  watch?.reply.close()
  return {
    tool,
    kept,
    strays,
    ...(shown ? { signs: { soon: signs.soon.filter(byWork), late: signs.late.filter(byWork) } } : {}),
  }
}

/** The named tool whose calls stream for longest, though not for too long; tools that say they only read leave nothing behind that would show whether they work. */
export async function slowStream(client: Client): Promise<KnownTool> {
  const { toolCalls } = await client.survey()
  const streamed = toolCalls.filter(({ reply }) => reply.isStream && reply.response?.result)
  if (streamed.length === 0)
    notApplicable('no call of a named tool is answered by an event stream that could be closed')
  const spread = ({ name }: KnownTool) => {
    const reply = streamed.find((call) => call.tool.name === name)?.reply
    return (reply?.at.response ?? 0) - (reply?.events[0]?.at ?? 0)
  }
  const slow = (await knownTools(client)).filter(
    (tool) => tool.ms >= shortest && tool.ms <= longest && streamed.some((call) => call.tool.name === tool.name),
  )
  const reads = ({ definition }: KnownTool) => (definition.annotations?.readOnlyHint === true ? 1 : 0)
  const inOrder = slow.sort(
    (one, other) => reads(one) - reads(other) || spread(other) - spread(one) || other.ms - one.ms,
  )
  for (const tool of inOrder) if ((await timeOf(client, tool, tool.ms)) >= shortest) return tool
  notTestable(`name a tool whose call takes between ${shortest} and ${longest} ms, so that its stream can be closed`)
}

function callOf(tool: KnownTool) {
  const id = nextId()
  const _meta = { progressToken: tokenOf(id) }
  return request('tools/call', { name: tool.name, arguments: tool.arguments, _meta }, id)
}

function tokenOf(id: unknown): string {
  return `gauntlet-${id}`
}

async function watching(client: Client, session: ModernSession): Promise<Subscription | undefined> {
  if (!offersSubscriptions(client.facts)) return undefined
  const uris = client.facts.capabilities.resources?.subscribe ? await watchableUris(client) : []
  const lists = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true }
  return subscribe(session, { ...lists, ...(uris.length > 0 ? { resourceSubscriptions: uris } : {}) })
}

/** On a busy machine a call may be all but over before the server has had its chance to see the close: then it is begun anew. */
async function closedInTime(client: Client, session: ModernSession, tool: KnownTool, ms: number) {
  for (let left = 6; ; left--) {
    const call = callOf(tool)
    const started = performance.now()
    const reply = await closeEarly(session, call, ms / 4)
    const seen = await session.request(client.plainMethod)
    if (performance.now() - started < ms / 2) return { call, reply, started }
    assume(left > 1, 'a request right after the close is answered in good time', seen)
    await client.pause(ms)
  }
}

async function closeEarly(session: ModernSession, call: ReturnType<typeof callOf>, ms: number): Promise<Reply> {
  const reply = await session.post(call, {}, { live: true, timeoutMs: longest * 2 })
  // Its first message shows that it runs; without one the clock has to do.
  await reply.until(({ messages }) => messages.length > 0, ms)
  assume(!reply.ended && reply.response === undefined, 'the call is still running when its stream is closed', reply)
  reply.close()
  return reply
}

/** What shows that a tool works, from a moment after now until `end`: updates as they come, and what reads otherwise halfway and at the end. */
async function signsUntil(
  client: Client,
  session: ModernSession,
  watch: Subscription | undefined,
  end: Promise<unknown>,
  started: number,
  ms: number,
): Promise<{ soon: string[]; late: string[] }> {
  const left = started + ms - performance.now()
  await client.pause(graceMs)
  const from = watch ? deliveredOn(watch).length : 0
  await client.pause(Math.max(0, left / 2 - graceMs))
  const halfway = await stateOf(client, session)
  const lateFrom = watch ? deliveredOn(watch).length : 0
  await end
  const last = await stateOf(client, session)
  const updates = watch ? deliveredOn(watch).map(({ method, params }) => `${method} ${params?.uri ?? ''}`) : []
  const differing = [...halfway].filter(([name, text]) => last.get(name) !== text).map(([name]) => name)
  return { soon: updates.slice(from), late: [...updates.slice(lateFrom), ...differing] }
}

async function idleSigns(
  client: Client,
  session: ModernSession,
  watch: Subscription | undefined,
  ms: number,
): Promise<string[]> {
  const { soon, late } = await signsUntil(client, session, watch, client.pause(ms), performance.now(), ms)
  return [...soon, ...late]
}

/** What listed resources read as, and what quick tools say that only read: counters of work done or running may be among them. */
export async function stateOf(client: Client, session: Session): Promise<Map<string, string>> {
  const uris = (await client.survey()).resources.map(({ uri }) => uri).filter((uri) => typeof uri === 'string')
  const readers = (await knownTools(client)).filter(
    ({ ms, definition }) => ms < 100 && definition.annotations?.readOnlyHint === true,
  )
  const asked = [
    ...uris.slice(0, 5).map(async (uri) => [uri, (await session.request('resources/read', { uri })).response] as const),
    ...readers.slice(0, 3).map(async ({ name, arguments: args }) => {
      return [name, (await callTool(session, name, args)).response] as const
    }),
  ]
  return new Map(
    (await Promise.all(asked)).map(([name, response]) => [
      `another answer of ${name}`,
      JSON.stringify(response?.result?.contents ?? response?.result?.content ?? null),
    ]),
  )
}

/** Progress and responses of a call that came over other streams than its own. */
function messagesFor(session: Session, call: ReturnType<typeof callOf>, own: Reply): unknown[] {
  return session.received
    .filter(({ message, reply }) => {
      if (reply === own || !isObject(message)) return false
      return message.params?.progressToken === tokenOf(call.id) || (isResponse(message) && message.id === call.id)
    })
    .map(({ message }) => message)
}

/** A fault: a server that does not notice that the client of a tool call has gone. */
export function worksOn(): Fault {
  return { hangup: ({ message }) => (message?.method === 'tools/call' ? 'unnoticed' : undefined) }
}
