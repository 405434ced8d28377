import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Received, Session } from '../wire/session.js'
import { arrived } from './arrivals.js'
import { callOf } from './cancelled-call.js'
import type { Client } from './client.js'
import { slowStream, stateOf } from './closed-call.js'
import { assume, notTestable } from './expect.js'
import { listeningSession } from './progress-calls.js'
import type { KnownTool } from './tool-calls.js'
import { watchableUris } from './watchable.js'

/** What a call leaves behind beside its own stream, by kind and in words, when it is left alone; nothing where it does so too after its connection was dropped. */
export interface DroppedWork {
  tool: KnownTool
  missing: string[]
}

/** What speaks against the server must be seen so often, or it may come by itself. */
const rounds = 3

/** What is heard sooner after the connection was dropped may have been under way; what comes later than that after an answer is none of its signs. In ms. */
const graceMs = 60

/**
 * Calls the slowest named tool in turn without disturbing it, not at all, and dropping its connection, until something that shows its work
 * in the first case does so in the second, too. Ends the check where no tool is slow or streams, or nothing shows its work for sure.
 */
export async function droppedWork(client: Client): Promise<DroppedWork> {
  const { tool, shows } = await workShown(client)
  if (!shows) notTestable(unseen(tool))
  const session = await listeningSession(client)
  await listenClosely(client, session, tool)
  const always = new Set<string>()
  let missing: string[] | undefined
  for (let round = 0; round < rounds; round++) {
    const whole = await signsOf(client, session, tool, 'whole')
    if (whole.length === 0) notTestable(unseen(tool))
    for (const sign of await signsOf(client, session, tool, 'idle')) always.add(sign)
    const shows = whole.filter((sign) => !always.has(sign))
    const dropped = await signsOf(client, session, tool, 'dropped', (sign) => shows.includes(sign))
    if (dropped.some((sign) => shows.includes(sign))) return { tool, missing: [] }
    missing = missing?.filter((sign) => shows.includes(sign)) ?? shows
    if (missing.length === 0) notTestable(`what shows the work of ${tool.name} comes without a call as well`)
  }
  return { tool, missing: missing! }
}

/** The slowest named tool, and whether anything beside its own stream shows that it works; once per run and revision. */
export function workShown(client: Client): Promise<{ tool: KnownTool; shows: boolean }> {
  return client.once('what shows the work of a tool', async (own) => {
    const tool = await slowStream(own)
    if (!(await maySee(own, tool))) return { tool, shows: false }
    const session = await listeningSession(own)
    await listenClosely(own, session, tool)
    return { tool, shows: (await signsOf(own, session, tool, 'whole')).length > 0 }
  })
}

function unseen({ name }: KnownTool): string {
  return `nothing beside its own stream shows whether ${name} works: name a slow tool that logs or updates a resource`
}

/** False where a tool says that it only reads, and nothing came on the GET stream while it ran in the tour. */
async function maySee(client: Client, tool: KnownTool): Promise<boolean> {
  if (!onlyReads(tool)) return true
  const { received, toolCalls } = await client.survey()
  const calls = toolCalls.filter((call) => call.tool.name === tool.name).map(({ reply }) => reply)
  return received.some(
    (one) =>
      isElsewhere(one) &&
      calls.some(({ started, at }) => one.at > started && one.at <= started + (at.end ?? 0) + graceMs),
  )
}

/** Has the session told all it can be; a tool that only reads changes no resource. */
async function listenClosely(client: Client, session: Session, tool: KnownTool): Promise<void> {
  const { logging, resources } = client.facts.capabilities
  const uris = resources?.subscribe && !onlyReads(tool) ? await watchableUris(client) : []
  await Promise.all([
    logging && session.request('logging/setLevel', { level: 'debug' }),
    ...uris.map((uri) => session.request('resources/subscribe', { uri })),
  ])
}

function onlyReads({ definition }: KnownTool): boolean {
  return definition.annotations?.readOnlyHint === true
}

/** From a moment after the first quarter of a call, until it must have ended or something `wanted` came. */
async function signsOf(
  client: Client,
  session: Session,
  tool: KnownTool,
  how: 'whole' | 'dropped' | 'idle',
  wanted: (sign: string) => boolean = () => false,
): Promise<string[]> {
  const state = async () => (onlyReads(tool) ? new Map<string, string>() : stateOf(client, session))
  const before = await state()
  const started = performance.now()
  const reply = how === 'idle' ? undefined : await begin(session, tool)
  await client.pause(started + tool.ms / 4 - performance.now())
  if (how === 'dropped') {
    assume(!reply!.ended && !reply!.response, 'the call is still running when its connection is dropped', reply)
    reply!.close()
  }
  await client.pause(graceMs)
  const from = session.received.length
  const heard = () => [...new Set(session.received.slice(from).filter(isElsewhere).map(kindOf))]
  if (how === 'whole') {
    await reply!.until(({ response }) => response !== undefined, tool.ms * 3 + 2000)
    reply!.close()
  }
  await arrived(session, () => heard().some(wanted), how === 'whole' ? graceMs : tool.ms * 1.2 + 300)
  const told = heard()
  const after = await state()
  return [...told, ...[...before].filter(([name, text]) => after.get(name) !== text).map(([name]) => name)]
}

function kindOf({ message }: { message: Record<string, any> }): string {
  return `${message.method} ${message.params?.uri ?? message.params?.level ?? ''}`.trim()
}

function begin(session: Session, tool: KnownTool): Promise<Reply> {
  const timeoutMs = tool.ms * 3 + 2000
  return session.post(callOf({ tool }), {}, { live: true, resume: false, timeoutMs })
}

/** A notification that came on a stream that no request has opened. */
function isElsewhere(one: Received): one is Received & { message: Record<string, any> } {
  return (
    one.channel === 'get-stream' &&
    isObject(one.message) &&
    typeof one.message.method === 'string' &&
    !('id' in one.message)
  )
}
