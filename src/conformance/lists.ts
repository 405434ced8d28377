import { isObject } from '../wire/jsonrpc.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { Violation } from './violation.js'

/** A list a server offers: its method, the member of the result that holds the items, and the member that names an item. */
export interface List {
  method: string
  member: string
  name: string
}

/** What one walk through a list found. */
export interface Walk {
  /** The names of the items, page by page. */
  pages: string[][]
  /** The cursors that led to the second page and on, in order. */
  cursors: unknown[]
  /** False when the walk was given up before a page without nextCursor came. */
  ended: boolean
}

/** Every list of the protocol, with the capability it belongs to. */
export const lists: readonly (List & { capability: string })[] = [
  { method: 'tools/list', member: 'tools', name: 'name', capability: 'tools' },
  { method: 'resources/list', member: 'resources', name: 'uri', capability: 'resources' },
  { method: 'resources/templates/list', member: 'resourceTemplates', name: 'uriTemplate', capability: 'resources' },
  { method: 'prompts/list', member: 'prompts', name: 'name', capability: 'prompts' },
]

/** The lists of the declared capabilities that are answered with a result. */
export async function offeredLists(client: Client): Promise<List[]> {
  const survey = await client.survey()
  return lists.filter((list) => client.facts.capabilities[list.capability] && survey.results(list.method).length > 0)
}

/** The offered lists that have more than one page. */
export async function pagedLists(client: Client): Promise<List[]> {
  const survey = await client.survey()
  return (await offeredLists(client)).filter((list) => typeof survey.results(list.method)[0]?.nextCursor === 'string')
}

/** One page of a list as item names; undefined when no result came. */
export async function page(
  session: Asker,
  list: List,
  params?: Record<string, unknown>,
): Promise<{ names: string[]; next: unknown } | undefined> {
  const reply = await session.request(list.method, params)
  const result = reply.response?.result
  if (!isObject(result)) return undefined
  const items: unknown[] = Array.isArray(result[list.member]) ? result[list.member] : []
  return { names: items.map((item) => String(isObject(item) ? item[list.name] : item)), next: result.nextCursor }
}

/** Something that asks for a list: a session, or what stands in for one. */
export type Asker = Pick<Session, 'request'>

/** Follows the cursors of a list from its first page, over at most `most` pages; stops at a cursor it has seen before. */
export async function walk(session: Asker, list: List, most = 100): Promise<Walk> {
  const found: Walk = { pages: [], cursors: [], ended: false }
  let cursor: unknown
  while (found.pages.length < most) {
    const one = await page(session, list, cursor === undefined ? undefined : { cursor })
    if (!one) return found
    found.pages.push(one.names)
    if (typeof one.next !== 'string') return { ...found, ended: true }
    const seen = found.cursors.includes(one.next)
    found.cursors.push(one.next)
    if (seen) return found
    cursor = one.next
  }
  return found
}

/** For so many ms a list is left alone before it is judged again: the tools that other checks call may change it. */
const restMs = [0, 150, 600]

/** Judges a few times before it accuses: a list may change at any time, even between two requests. */
export async function confirmed(judge: () => Promise<void>): Promise<void> {
  for (const rest of restMs) {
    try {
      return await judge()
    } catch (thrown) {
      if (!(thrown instanceof Violation)) throw thrown
      await new Promise((resolve) => setTimeout(resolve, rest))
    }
  }
  await judge()
}

/**
 * Judges a listed item a few times before it accuses, and only as long as the list shows it: tools that other checks call may take away what was
 * listed a moment ago.
 */
export async function whileListed(
  client: Client,
  method: string,
  name: unknown,
  judge: () => Promise<void>,
): Promise<void> {
  const list = lists.find((one) => one.method === method)!
  await confirmed(async () => {
    try {
      await judge()
    } catch (thrown) {
      if (!(thrown instanceof Violation)) throw thrown
      if ((await walk(client, list)).pages.flat().includes(String(name))) throw thrown
    }
  })
}

/** Every page of the tour but the first of each list, with the cursor that led to it. */
export async function everyPage(client: Client): Promise<{ method: string; cursor: string }[]> {
  const { steps } = await client.survey()
  return steps.flatMap(({ label, method, params }) =>
    label === method && method.endsWith('/list') && typeof params?.cursor === 'string'
      ? [{ method, cursor: params.cursor }]
      : [],
  )
}
