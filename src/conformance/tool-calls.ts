import { type ArgumentBreach, type BreachKind, breachesOf } from '../protocol/arguments.js'
import { modernCodes } from '../protocol/modern.js'
import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { Client, NamedTool } from './client.js'
import { expectNotServed, throttled } from './crash.js'
import { assume, notApplicable, notTestable } from './expect.js'
import type { Fault, FaultRequest } from './fault.js'

/** A named tool with its listing; `definition` is empty when tools/list does not show it. */
export interface KnownTool extends NamedTool {
  definition: Record<string, any>
  /** How long its call took in the tour, in ms; without an answer it counts as endless. */
  ms: number
}

/** What a named tool returned for the operator's arguments. */
export interface ToolResult {
  tool: KnownTool
  result: Record<string, any>
  /** The call in words. */
  what: string
}

/** A call whose arguments break the tool's input schema, and its answer. */
export interface BreachingCall {
  tool: KnownTool
  breach: ArgumentBreach
  what: string
  reply: Reply
}

/** A tool that takes longer is called no more often than needed. */
const patienceMs = 1000

/** The most calls with broken arguments that one check makes of one tool. */
const mostBreaches = 15

/** Calls a tool in a session. */
export function callTool(
  session: Session,
  name: string,
  args?: Record<string, unknown>,
  meta?: Record<string, unknown>,
): Promise<Reply> {
  return session.request('tools/call', { name, ...(args ? { arguments: args } : {}), ...(meta ? { _meta: meta } : {}) })
}

/** True where the server wants something of the client before it goes on: a capability, or input. Only since 2026-07-28. */
export function wantsInput({ response }: Reply): boolean {
  return (
    response?.error?.code === modernCodes.missingClientCapability || response?.result?.resultType === 'input_required'
  )
}

/** The tools the operator named, with what tools/list says of them; those that want input of the client are left out. */
export async function knownTools(client: Client): Promise<KnownTool[]> {
  const { tools, toolCalls } = await client.anySurvey()
  const asking = toolCalls.filter(({ reply }) => wantsInput(reply)).map((call) => call.tool)
  const usable = client.tools.filter((tool) => !asking.includes(tool))
  return Promise.all(
    usable.map(async (tool) => {
      const definition = tools.find((one) => one.name === tool.name) ?? {}
      const ms = toolCalls.find((call) => call.tool === tool)?.reply.at.response ?? Number.POSITIVE_INFINITY
      // A quick tool may have waited in the crowd of the tour.
      return { ...tool, definition, ms: ms > patienceMs && ms < 3 * patienceMs ? await timeOf(client, tool, ms) : ms }
    }),
  )
}

/** A request that asks for no work takes longer than this only where the machine is busy or the server far away, in ms. */
const farMs = 30

/**
 * How long a tool works, in ms: the shortest time of three calls, of which the first took `ms`. On a busy machine, and far from the server, every
 * call is slow: there it is what the quickest takes beyond the quickest request that asks for no work, and 0 where that is less than the latter takes,
 * in six tries. Measured once per run and revision.
 */
export function timeOf(client: Client, { name, arguments: args }: NamedTool, ms: number): Promise<number> {
  return client.once(`the time ${name} takes`, async (one) => {
    const session = await one.session()
    const timed = async () => (await callTool(session, name, args)).at.response ?? ms
    const times = [ms, ...(await Promise.all([timed(), timed()]))]
    const shortest = Math.min(...times)
    // What works long takes alike long; times that differ are those of a quick tool that waited in a crowd.
    const differ = Math.max(...times) > 1.3 * shortest
    const idle: number[] = []
    while (idle.length < 6) {
      const plain = (await session.request(one.plainMethod, undefined, { lingerMs: 0 })).at.response ?? 0
      if (plain < farMs) return differ ? Math.min(shortest, await timed()) : shortest
      idle.push(plain)
      times.push(await timed())
      const rest = Math.min(...idle)
      const work = Math.min(...times) - Math.max(0, rest - farMs)
      if (idle.length >= 3 && work > rest) return work
    }
    return 0
  })
}

/** The named tools that answer within a second, for checks that call them often; ends the check when there is none. */
export async function quickTools(client: Client): Promise<[KnownTool, ...KnownTool[]]> {
  const [first, ...rest] = (await knownTools(client))
    .filter((tool) => tool.ms <= patienceMs)
    .sort((a, b) => a.ms - b.ms)
  if (!first) notTestable('name a tool that answers within a second')
  return [first, ...rest]
}

/** Every result object the named tools returned in the tour; with `again`, also those of one further call each, without a progress token. */
export async function toolResults(client: Client, again = false): Promise<ToolResult[]> {
  const survey = await client.survey()
  const tools = await knownTools(client)
  const call = ({ name, arguments: args }: KnownTool) => client.ask('tools/call', { name, arguments: args })
  const repeated = await Promise.all(tools.map(async (tool) => ({ tool, reply: again ? await call(tool) : undefined })))
  const toured = survey.toolCalls.flatMap(({ tool, reply }) => {
    const known = tools.find((one) => one.name === tool.name)
    return known ? [{ tool: known, reply }] : []
  })
  const found = [...toured, ...repeated].flatMap(({ tool, reply }) => {
    const result = reply?.response?.result
    return isObject(result) && !(reply && throttled(reply))
      ? [{ tool, result, what: `the result of ${tool.name}` }]
      : []
  })
  assume(found.length > 0, 'a named tool answers its call with a result', survey.toolCalls[0]?.reply)
  return found
}

/** Every content block of some results, with its place in words. */
export function blocksOf(
  results: readonly ToolResult[],
): { block: Record<string, any>; what: string; tool: KnownTool }[] {
  return results.flatMap(({ tool, result, what }) => {
    const content: unknown[] = Array.isArray(result.content) ? result.content : []
    return content.flatMap((block, index) =>
      isObject(block) ? [{ block, tool, what: `content[${index}] of ${what}` }] : [],
    )
  })
}

/** Calls every named tool with arguments that break its schema, one breach at a time; each answer is handed to `judge` as it comes. */
export async function eachBreach(
  client: Client,
  kinds: readonly BreachKind[],
  most: number,
  judge: (call: BreachingCall) => void,
): Promise<void> {
  let judged = 0
  const tools = await knownTools(client)
  if (tools.every((tool) => tool.definition.inputSchema === undefined))
    notTestable('none of the named tools stands in tools/list with its input schema')
  const jobs = tools.map(async (tool) => {
    const breaches = breachesOf(tool.definition.inputSchema, tool.arguments).filter((one) => kinds.includes(one.kind))
    for (const breach of client.sample(spread(breaches, kinds, Math.min(most, mostBreaches)), 4)) {
      const reply = await client.ask('tools/call', { name: tool.name, arguments: breach.arguments })
      // Of a value that fits no header it is the missing header that is refused, before anybody looks at arguments.
      const unmirrored = reply.response?.error?.code === modernCodes.headerMismatch
      if (throttled(reply) || unmirrored) continue
      judge({ tool, breach, what: `${tool.name} called with ${breach.what}`, reply })
      judged++
    }
  })
  await Promise.all(jobs)
  if (judged === 0) notApplicable('no named tool has an input schema that arguments could break in this way')
}

/** The calls of `eachBreach` must all be refused. */
export function expectBreachesRefused(client: Client, kinds: readonly BreachKind[]): Promise<void> {
  return eachBreach(client, kinds, mostBreaches, ({ reply, what }) => expectNotServed(reply, what))
}

/** A fault: a server that looks at no argument and answers refused calls with success. */
export function servesAnything(when: (args: any, request: FaultRequest) => boolean = () => true): Fault {
  return {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !when(context.call.params?.arguments, context.request))
        return undefined
      if (message.result?.isError !== true) return undefined
      return { ...message, result: { content: [{ type: 'text', text: 'done' }] } }
    },
  }
}

/** Some breaches of each kind in turn, so that a bound leaves none out. */
function spread(breaches: ArgumentBreach[], kinds: readonly BreachKind[], most: number): ArgumentBreach[] {
  const queues = kinds.map((kind) => breaches.filter((one) => one.kind === kind))
  const longest = Math.max(0, ...queues.map((queue) => queue.length))
  return Array.from({ length: longest }, (_, i) => queues.flatMap((queue) => queue.slice(i, i + 1)))
    .flat()
    .slice(0, most)
}
