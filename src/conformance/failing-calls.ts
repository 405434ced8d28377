import { dividingByZero, withFarId, withFreeText } from '../protocol/arguments.js'
import { valueProblems } from '../protocol/json-schema.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { throttled } from './crash.js'
import { notTestable } from './expect.js'
import { callTool, knownTools, quickTools } from './tool-calls.js'

/** A call of a named tool whose arguments fit its schema, in words, and its answer. */
export interface FittingCall {
  what: string
  reply: Reply
}

/** So many calls are made. */
const mostCalls = 12

/** The method, where the tool wants a task, and an elicitation, where it wants one first: neither says that a tool failed. */
const otherCodes: unknown[] = [-32601, -32042]

/**
 * Calls quick named tools with what may make them fail although it fits: a division by zero, and texts and ids that nothing is known by; with them the
 * calls of the tour that failed. Left out is what was refused, throttled, timed out, or wants something else of the client first. Ends the check
 * where no tool can be called so. Once per run and revision.
 */
export function failingCalls(client: Client): Promise<FittingCall[]> {
  return client.once('calls that may fail', make)
}

async function make(client: Client): Promise<FittingCall[]> {
  const tools = await quickTools(client)
  const zeros = tools.flatMap((tool) =>
    dividingByZero(tool.definition.inputSchema, tool.arguments).map(({ argument, arguments: args }) => {
      return {
        name: tool.name,
        args,
        what: `${tool.name} called with "${argument}" = ${JSON.stringify(args[argument])}`,
      }
    }),
  )
  const texts = tools.flatMap((tool) =>
    [
      // A text for each tool: one may keep what it was told, and then another knows it.
      ...withFreeText(tool.definition.inputSchema, tool.arguments, client.canary()),
      ...withFarId(tool.definition.inputSchema, tool.arguments),
    ].map(({ argument, arguments: args }) => {
      return { name: tool.name, args, what: `${tool.name} called with an unknown "${argument}"` }
    }),
  )
  const calls = [...zeros, ...texts].slice(0, mostCalls)
  const toured = await touredErrors(client)
  if (calls.length + toured.length === 0)
    notTestable('no named tool takes free text or an id, or divides, so that it could be made to fail')
  const session = await client.session()
  const made = await Promise.all(
    calls.map(async ({ name, args, what }) => ({ what, reply: await callTool(session, name, args) })),
  )
  return [...toured, ...made].filter(({ reply }) => !saysNothing(reply))
}

function saysNothing(reply: Reply): boolean {
  const refused = reply.status === 401 || reply.status === 403
  return refused || throttled(reply) || reply.ended === 'timeout' || otherCodes.includes(reply.response?.error?.code)
}

/** The calls of the tour that ended in an error, though their arguments fit what tools/list shows. */
async function touredErrors(client: Client): Promise<FittingCall[]> {
  const { toolCalls } = await client.survey()
  const known = await knownTools(client)
  return toolCalls.flatMap(({ tool, reply }) => {
    const definition = known.find(({ name }) => name === tool.name)?.definition
    const fits = valueProblems(definition?.inputSchema, tool.arguments)?.length === 0
    return fits && reply.response?.error ? [{ what: `${tool.name} called as it was named`, reply }] : []
  })
}
