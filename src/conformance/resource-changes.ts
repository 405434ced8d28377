import type { Message } from '../wire/jsonrpc.js'
import { isObject } from '../wire/jsonrpc.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { notApplicable, notTestable } from './expect.js'
import { lists, walk } from './lists.js'

/** So many resources are subscribed to from either end of the list. */
const most = 5

/** What became of subscriptions while the named tools ran. */
export interface SubscriptionRun {
  /** The URIs subscribed to. */
  uris: string[]
  /** Updates in the subscribed session, and in one beside it that has subscribed to nothing. */
  updates: Message[]
  beside: Message[]
  /** Updates that came for the same tool calls after everything had been unsubscribed. */
  afterwards: Message[]
  /** True where somebody else who had subscribed to the same heard nothing more either, though a newcomer did. */
  othersLost: boolean
  /** URIs whose contents were steady before the calls and different after them. */
  changed: string[]
  /** True where anything that was read differed from one time to another. */
  moved: boolean
}

/** Subscribes to listed resources, calls the named tools, unsubscribes and calls them again; once per run and revision. */
export async function subscriptionRun(client: Client): Promise<SubscriptionRun> {
  if (client.tools.length === 0) notTestable(`name a tool that changes a resource: --tool 'name={"argument":"value"}'`)
  const { transport, answers, getStream, sessions } = client.facts
  if (transport === 'streamable-http' && !sessions)
    notApplicable('the server keeps no sessions, so no subscription outlives its request')
  if (transport === 'streamable-http' && answers === 'json' && !getStream)
    notApplicable('the server has no stream for notifications')
  return client.once('subscriptions', run)
}

/** The same, once more where other checks may have changed what was read: for a check that runs alone. */
export async function subscriptionAlone(client: Client): Promise<SubscriptionRun> {
  const found = await subscriptionRun(client)
  return found.moved && found.updates.length + found.changed.length === 0 ? run(client) : found
}

/** The updates a session has received so far. */
export function updatesIn(received: Session['received']): Message[] {
  return received
    .map(({ message }) => message)
    .filter((message): message is Message => isObject(message) && message.method === 'notifications/resources/updated')
}

async function run(client: Client): Promise<SubscriptionRun> {
  const [session, other, witness] = await Promise.all([client.open(), client.open(), client.open()])
  if (client.facts.getStream) await Promise.all([session.get(), other.get(), witness.get()])
  const listed = (await walk(session, lists.find(({ method }) => method === 'resources/list')!, 20)).pages.flat()
  // Those of which the tour heard change by themselves.
  const restless = updatesIn((await client.survey()).received).map(({ params }) => params?.uri)
  const first = restless.filter((uri) => typeof uri === 'string').slice(0, 1)
  // What changes often stands behind what was there from the start.
  const wanted = [...new Set([...first, ...listed.slice(0, most), ...listed.slice(-most)])]
  const early = await texts(session, wanted)
  const [own = [], theirs = []] = await Promise.all(
    [session, witness].map((one) => asked(one, 'resources/subscribe', wanted)),
  )
  // What a tool of another check took away in the meantime cannot be subscribed to, and nobody need be told of it.
  const uris = own.filter((uri) => theirs.includes(uri))
  const before = await texts(session, uris)
  await callTools(client, session)
  await settled(session)
  const updates = updatesIn(session.received)
  const after = await texts(session, uris)
  const witnessed = updatesIn(witness.received).length
  const left = await asked(session, 'resources/unsubscribe', uris)
  // What comes once may have been on its way on another connection: what comes a second time was sent.
  let afterwards = updates.length > 0 ? await toldOf(client, session, 50) : []
  if (afterwards.length > 0) afterwards = await toldOf(client, session, 500)
  const kept = uris.filter((uri) => !left.includes(uri))
  afterwards = afterwards.filter(({ params }) => !kept.some((uri) => String(params?.uri).startsWith(uri)))
  const silenced = updates.length > 0 && witnessed > 0 && updatesIn(witness.received).length === witnessed
  const othersLost = silenced && (await newcomerAlone(client, session, witness, uris))
  const steady = uris.filter(
    (uri) =>
      before.has(uri) && after.has(uri) && early.get(uri) === before.get(uri) && before.get(uri) !== after.get(uri),
  )
  const changed = steady.length > 0 && updates.length === 0 ? await notByThemselves(client, session, steady) : steady
  return {
    uris,
    updates,
    beside: updatesIn(other.received),
    afterwards,
    othersLost,
    changed,
    moved: uris.some((uri) => early.get(uri) !== after.get(uri)),
  }
}

/** Those of the URIs for which the method is answered with a result. */
async function asked(session: Session, method: string, uris: string[]): Promise<string[]> {
  const replies = await Promise.all(uris.map((uri) => session.request(method, { uri })))
  return uris.filter((_, at) => replies[at]?.response?.result !== undefined)
}

/** True where whoever subscribes now hears twice of what the tools change, and the witness, who never unsubscribed, not at all. */
async function newcomerAlone(client: Client, caller: Session, witness: Session, uris: string[]): Promise<boolean> {
  const heard = updatesIn(witness.received).length
  const newcomer = await client.open()
  if (client.facts.getStream) await newcomer.get()
  await asked(newcomer, 'resources/subscribe', uris)
  for (let round = 0; round < 2; round++) {
    const before = updatesIn(newcomer.received).length
    await callTools(client, caller)
    await settled(newcomer, before, 600)
    if (updatesIn(newcomer.received).length === before) return false
  }
  await heardAfter(client, witness, 200)
  return updatesIn(witness.received).length === heard
}

/** What each of the resources holds; those that cannot be read are left out. */
async function texts(session: Session, uris: string[]): Promise<Map<string, string>> {
  const replies = await Promise.all(uris.map((uri) => session.request('resources/read', { uri })))
  const read = uris.map((uri, at) => [uri, JSON.stringify(replies[at]?.response?.result)] as const)
  return new Map(read.filter(([, text]) => text !== undefined))
}

/** Those that stay as they are for a second while no tool runs: the others tell the time, and nobody changed them. */
async function notByThemselves(client: Client, session: Session, uris: string[]): Promise<string[]> {
  const before = await texts(session, uris)
  await client.pause(1100)
  const after = await texts(session, uris)
  return uris.filter((uri) => before.get(uri) === after.get(uri))
}

async function callTools(client: Client, session: Session): Promise<void> {
  await Promise.all(client.tools.map((tool) => session.request('tools/call', { ...tool })))
}

/**
 * How many updates a session has received after a pause. What a busy server had still to send has come by then: it has answered a request
 * that was sent after the pause.
 */
export async function heardAfter(client: Client, session: Session, pauseMs: number): Promise<number> {
  await client.pause(pauseMs)
  await session.request(client.plainMethod)
  await client.pause(20)
  return updatesIn(session.received).length
}

/** The updates that come when the named tools are called after a pause. */
async function toldOf(client: Client, session: Session, pauseMs: number): Promise<Message[]> {
  const heard = await heardAfter(client, session, pauseMs)
  await callTools(client, session)
  await client.pause(100)
  return updatesIn(session.received).slice(heard)
}

async function settled(session: Session, heard = 0, ms = 150): Promise<void> {
  const until = performance.now() + ms
  while (updatesIn(session.received).length === heard && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 10))
  await new Promise((resolve) => setTimeout(resolve, 30))
}
