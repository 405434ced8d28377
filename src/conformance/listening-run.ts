import { type Id, type Message, nextId, request } from '../wire/jsonrpc.js'
import type { ModernSession, SubscriptionFilter } from '../wire/modern.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { expect, notTestable } from './expect.js'
import { type List, walk } from './lists.js'
import { offersSubscriptions } from './needs.js'
import {
  acknowledgedFilter,
  asksFor,
  changeKinds,
  deliveredOn,
  opened,
  type Subscription,
  subscribe,
} from './subscriptions.js'
import { type KnownTool, knownTools } from './tool-calls.js'
import { watchableUris } from './watchable.js'

/** A call of a named tool made while subscriptions were open, with its progress token and log level debug. */
export interface WatchedCall {
  tool: KnownTool
  token: string | number
  reply: Reply
}

/** What came of several subscriptions side by side while the named tools ran. */
export interface ListeningRun {
  /** Each asks for something else, with ids of both types; the last one was opened in the midst of the calls. */
  subscriptions: Subscription[]
  calls: WatchedCall[]
  /** Lists (tools, prompts, resources) and URIs that changed through the calls, or of which a subscription was told so. */
  changed: string[]
}

/** A tool that takes longer is left to the tour. */
const longestMs = 3000
const lists: readonly (List & { member: string })[] = [
  { method: 'tools/list', member: 'tools', name: 'name' },
  { method: 'prompts/list', member: 'prompts', name: 'name' },
  { method: 'resources/list', member: 'resources', name: 'uri' },
]

/**
 * Opens a handful of subscriptions, calls each named tool twice at the same time, and watches what comes; once per run. A server
 * that declares nothing to subscribe to is asked for one.
 */
export function listeningRun(client: Client): Promise<ListeningRun> {
  return client.once('listening run', make)
}

/** The subscriptions of that run, and the one of the tour that is open until the run ends. */
export async function everySubscription(client: Client): Promise<Subscription[]> {
  const [{ subscriptions }, { listening }] = await Promise.all([listeningRun(client), client.survey()])
  return [...subscriptions, ...(listening ? [listening] : [])]
}

async function make(client: Client): Promise<ListeningRun> {
  const session = await client.as({})
  const uris = client.facts.capabilities.resources?.subscribe ? await watchableUris(client) : []
  const filters = filtersFor(client, uris)
  const subscriptions = await Promise.all(filters.map(([filter, id]) => subscribe(session, filter, id)))
  const before = await contents(client, session, uris)
  const from = subscriptions.map((one) => deliveredOn(one).length)
  const calling = Promise.all((await callable(client)).flatMap((tool) => [call(session, tool), call(session, tool, 1)]))
  await client.pause(20)
  const late = await subscribe(session, filters[0]![0])
  const calls = await calling
  const heard = subscriptions.flatMap((one, at) => deliveredOn(one).slice(from[at]).flatMap(changeIn))
  const after = await contents(client, session, uris)
  // What must not come has this long to come; what must come has longer.
  await client.pause(200)
  const differing = [...before].filter(([name, content]) => after.get(name) !== content).map(([name]) => name)
  const told = (name: string) => expecting(subscriptions, name).every((one) => wasTold(one, name))
  const changed = differing.every(told) ? differing : await notByThemselves(client, session, uris, differing, after)
  const names = [...new Set([...changed, ...heard])]
  await Promise.all(subscriptions.map(({ reply }) => reply.until(() => names.every(told), 800)))
  for (const { reply } of [...subscriptions, late]) reply.close()
  return { subscriptions: [...subscriptions, late], calls, changed: names }
}

/** Everything a filter can ask for, then less: each kind on its own, with `false` and left out, and nothing at all. */
function filtersFor(client: Client, uris: string[]): [SubscriptionFilter, Id][] {
  if (!offersSubscriptions(client.facts)) return [[{ toolsListChanged: true }, nextId()]]
  const { tools, prompts, resources } = client.facts.capabilities
  const every = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true }
  const all: SubscriptionFilter = { ...every, ...(uris.length > 0 ? { resourceSubscriptions: uris } : {}) }
  const others: SubscriptionFilter = {
    ...(prompts?.listChanged ? { promptsListChanged: true } : {}),
    ...(resources?.listChanged ? { resourcesListChanged: true } : {}),
  }
  return [
    // A text that reads as a number, and a long one: the id has to come back as the text it is.
    [all, `${nextId()}${'0'.repeat(8)}`],
    [{}, nextId()],
    ...(tools?.listChanged ? [[{ toolsListChanged: true, promptsListChanged: false }, nextId()] as [object, Id]] : []),
    ...(Object.keys(others).length > 0
      ? [[{ toolsListChanged: false, ...others }, client.canary('listen')] as [object, Id]]
      : []),
    ...(tools?.listChanged && prompts?.listChanged
      ? [[{ toolsListChanged: true, promptsListChanged: true }, nextId()] as [object, Id]]
      : []),
    // Whichever resource changes, one of these two did not ask for it.
    ...(uris.length > 0 ? [[{ resourceSubscriptions: uris.slice(0, 1) }, nextId()] as [object, Id]] : []),
    ...(uris.length > 1 ? [[{ resourceSubscriptions: uris.slice(1) }, nextId()] as [object, Id]] : []),
  ]
}

async function callable(client: Client): Promise<KnownTool[]> {
  return (await knownTools(client)).filter((tool) => tool.ms <= longestMs)
}

async function call(session: ModernSession, tool: KnownTool, round = 0): Promise<WatchedCall> {
  const id = nextId()
  const token = round === 0 ? `gauntlet-${id}` : 1_000_000 + id
  const params = { name: tool.name, arguments: tool.arguments, _meta: { progressToken: token } }
  const reply = await session.post(request('tools/call', params, id), {}, { meta: { logLevel: 'debug' } })
  return { tool, token, reply }
}

async function contents(client: Client, session: ModernSession, uris: string[]): Promise<Map<string, string>> {
  const listed = lists
    .filter(({ member }) => client.facts.capabilities[member]?.listChanged)
    .map(async (list) => [list.member, JSON.stringify((await walk(session, list)).pages)] as const)
  const reads = uris.slice(0, 10).map(async (uri) => {
    const { response } = await session.request('resources/read', { uri })
    return [uri, JSON.stringify(response?.result?.contents ?? null)] as const
  })
  return new Map(await Promise.all([...listed, ...reads]))
}

/** Those that stay as they are for a second while no tool runs: the others tell the time, and nobody changed them. */
async function notByThemselves(
  client: Client,
  session: ModernSession,
  uris: string[],
  names: string[],
  after: Map<string, string>,
): Promise<string[]> {
  await client.pause(1100)
  const now = await contents(client, session, uris)
  return names.filter((name) => now.get(name) === after.get(name))
}

/** The list or URI that a notification tells of; none for other notifications. */
function changeIn({ method, params }: Message): string[] {
  const kind = changeKinds.find((one) => one.method === method)
  if (!kind) return []
  return kind.list ? [kind.list] : typeof params?.uri === 'string' ? [params.uri] : []
}

/** Those that asked for news of that list or URI and had it acknowledged. */
function expecting(subscriptions: readonly Subscription[], name: string): Subscription[] {
  const kind = changeKinds.find(({ list }) => list === name)
  return subscriptions.filter((one) => {
    const honoured = acknowledgedFilter(one)
    const asked = kind ? asksFor(one.filter, kind.member) : one.filter.resourceSubscriptions?.includes(name)
    return asked && (kind ? asksFor(honoured, kind.member) : honoured.resourceSubscriptions?.includes?.(name))
  })
}

/** True where a subscription was told that this list or URI changed. */
function wasTold(subscription: Subscription, name: string): boolean {
  const kind = changeKinds.find(({ list }) => list === name)
  return deliveredOn(subscription).some(({ method, params }) =>
    kind ? method === kind.method : method === changeKinds[3].method && String(params?.uri).startsWith(name),
  )
}

/** Whoever asked for news of that list or URI, and had it acknowledged, must have been told when it changed. */
export function expectTold({ subscriptions }: ListeningRun, name: string): void {
  const all = expecting(subscriptions.slice(0, -1), name)
  const deaf = all.find((one) => !wasTold(one, name))
  expect(
    deaf === undefined,
    `${name} changed while the named tools ran, and ${all.some((one) => wasTold(one, name)) ? 'only some of its subscribers were' : 'no subscriber was'} told`,
    'a notification on each subscription that asked for it',
    deaf && { asked: deaf.filter, came: deliveredOn(deaf) },
  )
}

/** The same for one of the lists tools, prompts and resources; ends the check where no named tool changed it. */
export async function expectListChangeTold(client: Client, list: 'tools' | 'prompts' | 'resources'): Promise<void> {
  const run = await listeningRun(client)
  opened(run.subscriptions)
  if (!run.changed.includes(list)) notTestable(`no named tool changed the list of ${list}`)
  expectTold(run, list)
}
