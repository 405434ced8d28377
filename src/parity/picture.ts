import { setTimeout as pause } from 'node:timers/promises'
import type { NamedTool } from '../conformance/given.js'
import { isObject } from '../wire/jsonrpc.js'
import { type Listing, type ListName, listed, readList } from './lists.js'
import type { Answer, Side } from './side.js'
import { wrongArguments } from './wrong-arguments.js'

/** All that is compared of one form of a server: the document that differences and the JSON Patch speak of. */
export interface Picture {
  revisions: readonly string[]
  capabilities: unknown
  serverInfo: unknown
  instructions: unknown
  /** The lists by name of their entries, and apart from them the order. */
  tools: Listing['entries']
  resources: Listing['entries']
  resourceTemplates: Listing['entries']
  prompts: Listing['entries']
  order: Record<string, string[]>
  /** Lists that gave no list. */
  failedLists: Record<string, Answer>
  /** Named calls by label, with what arrived while they ran. */
  calls: Record<string, Answer & { notifications: unknown[] }>
  reads: Record<string, Answer>
  /** Prompts that want no arguments. */
  promptMessages: Record<string, Answer>
  /** Requests that must be refused, by what is wrong with them. */
  refusals: Record<string, Answer>
  /** Answers to logging/setLevel and to ping. */
  plain: Record<string, Answer>
  /** Methods of notifications that came outside of named calls. */
  unasked: string[]
}

/** The most resources and prompts that are read. */
export const mostReads = 25

/** Takes one picture of a form: asks what changes nothing, and calls the named tools. */
export async function takePicture(side: Side, tools: readonly NamedTool[]): Promise<Picture> {
  const { capabilities, serverInfo, instructions } = side.hello
  const plain: Picture['plain'] = {}
  if (!side.modern) plain.ping = await side.ask('ping')
  if (capabilities.logging !== undefined && !side.modern)
    plain['logging/setLevel'] = await side.ask('logging/setLevel', { level: 'debug' })
  const lists = {} as Record<ListName, Listing>
  for (const name of Object.keys(listed) as ListName[]) lists[name] = await readList(side, name)
  const before = side.received.length
  const reads = await each(lists.resources.order, (uri) => side.ask('resources/read', { uri }))
  const free = lists.prompts.order.filter((name) => wantsNothing(lists.prompts.entries[name]))
  const promptMessages = await each(free, (name) => side.ask('prompts/get', { name }))
  const refusals = await takeRefusals(side, tools, lists)
  const unasked = methods(side.received.slice(before))
  const calls: Picture['calls'] = {}
  for (const tool of tools) calls[labelOf(tool, tools)] = await takeCall(side, tool)
  return {
    revisions: side.revisions,
    capabilities,
    serverInfo,
    ...(instructions === undefined ? { instructions: null } : { instructions }),
    tools: lists.tools.entries,
    resources: lists.resources.entries,
    resourceTemplates: lists.resourceTemplates.entries,
    prompts: lists.prompts.entries,
    order: Object.fromEntries(Object.entries(lists).map(([name, { order }]) => [name, order])),
    failedLists: Object.fromEntries(
      Object.entries(lists).flatMap(([name, { failed }]) => (failed ? [[name, failed]] : [])),
    ),
    calls,
    reads,
    promptMessages,
    refusals,
    plain,
    unasked,
  }
}

/** What must be refused: names that do not exist, and named tools with wrong arguments. */
async function takeRefusals(
  side: Side,
  tools: readonly NamedTool[],
  lists: Record<ListName, Listing>,
): Promise<Picture['refusals']> {
  const { capabilities } = side.hello
  const nothing = 'mcp-gauntlet-no-such-thing'
  const refusals: Picture['refusals'] = { 'an unknown method': await side.ask(`${nothing}/method`) }
  if (capabilities.tools) refusals['an unknown tool'] = await side.ask('tools/call', { name: nothing, arguments: {} })
  if (capabilities.resources)
    refusals['an unknown resource'] = await side.ask('resources/read', { uri: `${nothing}://nowhere` })
  if (capabilities.prompts) refusals['an unknown prompt'] = await side.ask('prompts/get', { name: nothing })
  for (const tool of tools)
    for (const wrong of wrongArguments(tool, lists.tools.entries[tool.name]?.inputSchema))
      refusals[wrong.label] ??= await side.ask('tools/call', { name: tool.name, arguments: wrong.arguments })
  return refusals
}

async function takeCall(side: Side, tool: NamedTool): Promise<Answer & { notifications: unknown[] }> {
  const before = side.received.length
  const answer = await side.ask('tools/call', { ...tool, _meta: { progressToken: `mcp-gauntlet-${before}` } })
  if (side.settleMs > 0) await pause(side.settleMs)
  return { ...answer, notifications: side.received.slice(before).map(plainMessage) }
}

/** A notification without what only tells which request it belongs to. */
function plainMessage(message: unknown): unknown {
  const { method, params } = message as { method: unknown; params?: unknown }
  if (!isObject(params)) return { method, ...(params === undefined ? {} : { params }) }
  const { progressToken: _, ...rest } = params
  return { method, params: rest }
}

function methods(messages: readonly unknown[]): string[] {
  return [...new Set(messages.map((message) => String((message as { method: unknown }).method)))].sort()
}

/** A named tool by its name, with the arguments where it is named more than once. */
export function labelOf(tool: NamedTool, tools: readonly NamedTool[]): string {
  const alike = tools.filter((other) => other.name === tool.name)
  return alike.length > 1 ? `${tool.name} ${JSON.stringify(tool.arguments)}` : tool.name
}

/** True for a prompt that can be had without arguments. */
export function wantsNothing(prompt: Record<string, unknown> | undefined): boolean {
  const wanted = prompt?.arguments
  return !Array.isArray(wanted) || !wanted.some((one) => isObject(one) && one.required === true)
}

async function each(names: readonly string[], ask: (name: string) => Promise<Answer>): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {}
  for (const name of names.slice(0, mostReads)) answers[name] = await ask(name)
  return answers
}
