import { isObject } from '../wire/jsonrpc.js'
import type { Answer, Side } from './side.js'

/** The lists of a server, and the member that names their entries. */
export const listed = {
  tools: { method: 'tools/list', capability: 'tools', key: 'name' },
  resources: { method: 'resources/list', capability: 'resources', key: 'uri' },
  resourceTemplates: { method: 'resources/templates/list', capability: 'resources', key: 'uriTemplate' },
  prompts: { method: 'prompts/list', capability: 'prompts', key: 'name' },
} as const

/** The name of a list. */
export type ListName = keyof typeof listed

/** A whole list: its entries by name, and the names in the order they came. */
export interface Listing {
  entries: Record<string, Record<string, unknown>>
  order: string[]
  /** The answer that ended the walk where it was no result. */
  failed?: Answer
}

/** The most pages and entries of one list that are read. */
const most = { pages: 50, entries: 2000 }

/** Reads one list to its end; empty where the server does not declare it. */
export async function readList(side: Side, name: ListName): Promise<Listing> {
  const { method, capability, key } = listed[name]
  const listing: Listing = { entries: {}, order: [] }
  if (side.hello.capabilities[capability] === undefined) return listing
  let cursor: unknown
  for (let page = 0; page < most.pages && listing.order.length < most.entries; page++) {
    const answer = await side.ask(method, cursor === undefined ? undefined : { cursor })
    const result = 'result' in answer && isObject(answer.result) ? answer.result : undefined
    if (!result || !Array.isArray(result[name])) return { ...listing, failed: answer }
    for (const entry of result[name]) if (isObject(entry)) add(listing, String(entry[key]), entry, key)
    cursor = result.nextCursor
    if (typeof cursor !== 'string') break
  }
  return listing
}

/** A name that comes twice is told apart, so that nothing is lost. */
function add({ entries, order }: Listing, name: string, entry: Record<string, unknown>, key: string): void {
  let label = name
  for (let again = 2; Object.hasOwn(entries, label); again++) label = `${name} (${again})`
  const { [key]: _, ...rest } = entry
  entries[label] = rest
  order.push(label)
}
