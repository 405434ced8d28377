import type { HeaderList } from '../wire/headers.js'
import { isNotification } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { bareCall } from './bare.js'
import type { Client } from './client.js'
import { advise, assume, expect, expectEqual, expectResult } from './expect.js'
import { type Fault, onResult } from './fault.js'
import { type Asker, confirmed, type List, lists, walk } from './lists.js'
import { knockAt } from './path-spellings.js'
import { servedCalls } from './served-calls.js'

/** A list as it was shown at one place: the names of all items in their order. */
export interface ListView {
  where: string
  names: string[]
}

/** The lists that belong to a capability: for resources those of resources and of templates. */
export function listsOf(capability: string): List[] {
  return lists.filter((list) => list.capability === capability)
}

/**
 * One request over a connection of its own, which carries nothing else. On a busy machine a new connection is behind those that are in use:
 * silence is asked once more.
 */
export async function requestAlone(client: Client, method: string, params?: Record<string, unknown>): Promise<Reply> {
  const { message, headers } = bareCall(client, method, params)
  const accept = ['Accept', 'application/json, text/event-stream'] as const
  const { pathname, search } = new URL(client.facts.url)
  const own = client.headersOf()
  const fields: HeaderList = [...own, [...accept], ...headers]
  // An answer is owed: it is waited for as long as any other.
  const ask = () => knockAt(client, 'POST', pathname + search, fields, JSON.stringify(message), {})
  const first = await ask()
  return first.ended === 'timeout' ? ask() : first
}

/** Other requests than lists, as a client that uses the server makes them: served ones, and some that are refused. Once per run. */
function use(client: Client): Promise<unknown> {
  return client.once('use of the server', async () => {
    const calls = (await servedCalls(client)).filter((call) => !call.method.endsWith('list'))
    for (const { method, params } of calls) await client.request(method, params)
    await client.request('tools/call', { name: client.canary(), arguments: {} })
    await client.request(client.canary('gauntlet/unknown'))
  })
}

/** A list as it is shown within a moment: on connections that were used for other requests, at the same time, and on new ones. */
export async function viewsOf(client: Client, list: List): Promise<ListView[]> {
  await use(client)
  const session = await client.session()
  const fresh: Asker = { request: (method, params) => requestAlone(client, method, params) }
  const places: [string, Asker][] = [
    ['a used connection', session],
    ['another connection at the same time', session],
    ['a third connection at the same time', session],
    ['new connections', fresh],
  ]
  const walked = await Promise.all(
    places.map(async ([where, asker]): Promise<ListView[]> => {
      const { pages, ended } = await walk(asker, list)
      return ended ? [{ where, names: pages.flat() }] : []
    }),
  )
  const late = await walk(session, list)
  const views = [
    ...walked.flat(),
    ...(late.ended ? [{ where: 'a connection used again', names: late.pages.flat() }] : []),
  ]
  assume(views.length > 1, `${list.method} is answered to its end`)
  return views
}

/** The first page of a list must be answered with an array: to every form of the request, first or later, alone or among others. */
export async function expectListAnswered(client: Client, { method, member }: List): Promise<void> {
  const able = await client.as({ capabilities: { elicitation: {}, sampling: {}, roots: {} } })
  const ways = [
    () => requestAlone(client, method),
    () => client.request(method),
    () => client.request(method, {}, { id: client.canary() }),
    () => client.request(method, { _meta: { progressToken: client.canary() } }),
    () => client.request(method, undefined, { meta: { clientInfo: undefined } }),
    () => able.request(method),
  ]
  const replies = await Promise.all(ways.map((ask) => ask()))
  replies.push(await client.request(method))
  for (const [at, first] of replies.entries()) {
    // Silence among many may be a busy server's.
    const reply = first.ended === 'timeout' ? await (ways[at] ?? ways[1]!)() : first
    assume(reply.ended !== 'timeout', `${method} is answered in time`, reply)
    const result = expectResult(reply, method)
    expect(Array.isArray(result[member]), `${method} must return an array`, `{"${member}": [...]}`, result)
  }
}

/** The views of a list, made once per run. */
export function firstViews(client: Client, list: List): Promise<ListView[]> {
  return client.once(`views of ${list.method}`, () => viewsOf(client, list))
}

/** Judges the views of a list; where they break a rule they are made anew and judged again, since a list may change at any time. */
export async function judgeViews(client: Client, list: List, judge: (views: ListView[]) => void): Promise<void> {
  let attempt = 0
  await confirmed(async () => judge(await (attempt++ === 0 ? firstViews(client, list) : viewsOf(client, list))))
}

/** A list must show the same items on every connection, and after other requests what it showed before. */
export async function expectSameEverywhere(client: Client, list: List): Promise<void> {
  const sorted = (names: readonly unknown[]) => names.map(String).sort()
  await judgeViews(client, list, ([first, ...others]) => {
    for (const { where, names } of others)
      expectEqual(sorted(names), sorted(first!.names), `${list.method} on ${where}, compared with ${first!.where},`)
  })
  const survey = await client.survey()
  const pages = survey.all(list.method).map(({ reply }) => reply.response?.result?.[list.member])
  const toured = pages.flatMap((items) => (Array.isArray(items) ? items.map((item) => item?.[list.name]) : []))
  const [view] = await firstViews(client, list)
  const [before, after] = [sorted(toured), sorted(view!.names)]
  // A change that is announced may be one of the world behind the server.
  const told = survey.received.some(({ message }) => isNotification(message) && message.method.endsWith('list_changed'))
  const same = told || before.join('\n') === after.join('\n')
  advise(same, `${list.method} shows something else after other requests, and nobody was told`, before, after)
}

/** A fault: lists lack their first item on connections that carry one request alone. */
export function forgetsOnNewConnections(method: string, member: string): Fault {
  return onResult(method, (result, _message, { request }) =>
    request.headers.connection === 'close' ? { ...result, [member]: result[member].slice(1) } : result,
  )
}
